"""One article, one record, whatever its pages say of their own addresses."""

import itertools
from collections import Counter

from tiny_portal import SENTENCE, article_page, crawl, listing_page, records

PATHS = [f"/news/{number}-sayabaq-ashyldy-qalada" for number in range(6)]


LINKS = {"front": "/", "one": "{first}", "foreign": "https://elsewhere.invalid{first}", "loop": "{next}",
         "no-host": "//", "script": "javascript:1", "missing": "/news/404-zhoq-bet-habar"}
FORMS = ("<link rel=canonical href='{}'>", "<meta property='og:url' content='{}'>")


def counts(folder):
    """How many records each title has."""
    return dict(Counter(record["title"] for record in records(folder)))


def test_addresses_that_are_not_its_own(portal, folder):
    """Each article once, under its own address, although all name another one: in a link, in og:url, in both orders."""
    paths, groups = {}, itertools.product(LINKS.values(), FORMS, (1, -1))
    for group, (link, form, step) in enumerate(groups):
        own = [f"/g{group}/news/{number}-sayabaq-ashyldy-qalada" for number in range(3)]
        for place, path in enumerate(own):
            href = link.format(first=own[0], next=own[(place + 1) % 3])
            href = portal.base + href if href.startswith("/") and href != "//" else href
            portal.pages[path] = article_page(f"{group}/{place}", head=form.format(href))
        paths |= dict.fromkeys(own[::step])
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder)
    assert len(records(folder)) == len(paths)
    assert set(counts(folder).values()) == {1}
    assert {record["canonical_url"] for record in records(folder)} == {portal.base + path for path in paths}
    assert len(portal.asked) <= 2 * len(paths) + 10
    crawl(portal, folder)
    assert len(records(folder)) == len(paths)


def test_a_canonical_address_that_redirects_back(portal, folder):
    for place, path in enumerate(PATHS):
        portal.pages[path] = article_page(place, canonical=f"{portal.base}{path}?v=9")
        portal.pages[f"{path}?v=9"] = (302, {"Location": path}, "")
    portal.pages["/"] = listing_page(PATHS)
    crawl(portal, folder)
    assert len(records(folder)) == len(PATHS)
    assert set(counts(folder).values()) == {1}
    assert {record["canonical_url"] for record in records(folder)} == {portal.base + path for path in PATHS}


def test_a_base_on_another_host(portal, folder):
    portal.pages["/"] = listing_page(["news/0-sayabaq-ashyldy-qalada", *PATHS[1:]]).replace(
        "<head>", '<head><base href="http://elsewhere.invalid/">')
    portal.add_articles(range(6))
    crawl(portal, folder)
    assert len(records(folder)) == 6


def test_og_url_and_canonical_disagree(portal, folder):
    paths = PATHS[:2]
    portal.pages["/"] = listing_page([paths[0] + "?print=1", paths[1]])
    for place, path in enumerate(paths):
        portal.pages[path] = article_page(place, canonical=portal.base + path,
                                          head=FORMS[1].format(portal.base + paths[1 - place]))
    crawl(portal, folder)
    assert set(counts(folder).values()) == {1}
    assert len(records(folder)) == 2


def test_further_pages_that_lists_lead_to(portal, folder):
    """A list, a search engine or a related item leads to page 2 of an article."""
    rows = itertools.product(("{}?page={}", "{}/{}"), ((1, 2, 3), (3, 2, 1), (2,)), (None, "first", "own"))
    shown, first = [], []
    for row, (form, order, names) in enumerate(rows):
        own = f"/news/{row}-sayabaq-ashyldy-qalada"
        paths = {part: own if part == 1 else form.format(own, part) for part in (1, 2, 3)}
        pager = "".join(f'<a href="{path}">{part}</a> ' for part, path in paths.items())
        for part, path in paths.items():
            canonical = {"first": own, "own": path}.get(names)
            text = [f"{part}-бөлім, {row}-мақала, {line}-жол. {SENTENCE * 2}" for line in range(3)]
            portal.pages[path] = article_page(row, body=text, foot=pager,
                                               canonical=canonical and portal.base + canonical)
        shown += [paths[part] for part in order]
        first.append(portal.base + own)
    portal.pages["/"] = listing_page(shown)
    crawl(portal, folder)
    assert sorted(record["canonical_url"] for record in records(folder)) == sorted(first)
    assert {record["body"].count("\n\n") for record in records(folder)} == {8}
    crawl(portal, folder)
    assert len(records(folder)) == len(first)


def test_the_same_text_under_two_addresses(portal, folder):
    rows = [("2 сағат бұрын", "3 сағат бұрын", 1), ("2 сағат бұрын", "120 минут бұрын", 1),
            ("кеше", "40 күн бұрын", 2), ("24.04.2024", "25.04.2024", 2), ("24.04.2024", "24.04.2024", 1)]
    for row, (*dates, _) in enumerate(rows):
        title = f"Саябақ ашылды деген {row}-хабар"
        body = "".join(f"<p>{part} {row}. {SENTENCE * 3}</p>" for part in ("Бірінші", "Екінші", "Үшінші"))
        for place, date in enumerate(dates):
            portal.pages[f"/{place}{PATHS[row]}"] = (
                f"<!doctype html><html lang=kk><title>{title}</title><main><article><h1>{title}</h1><p>{date}</p>{body}"
                "</article></main></html>")
    portal.pages["/"] = listing_page([path for path in portal.pages if path.endswith("qalada")])
    crawl(portal, folder, "--timezone", "Asia/Almaty")
    assert [count for _, count in sorted(counts(folder).items())] == [kept for *_, kept in rows]
    before = len(records(folder))
    for file in folder.glob("state.sqlite*"):
        file.unlink()
    crawl(portal, folder, "--timezone", "Asia/Almaty")
    assert len(records(folder)) == before, "after the state was lost"
