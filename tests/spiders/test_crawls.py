"""Whole crawls of a small portal on loopback: complete, once, cheap, exact."""

import json

from tiny_portal import article_page, crawl, listing_page, records, runs

SITEMAP = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'


def sitemap(portal, entries):
    urls = (f"<url><loc>{portal.base}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in entries)
    portal.pages["/sitemap.xml"] = SITEMAP.format("".join(urls))


def stored_paths(folder):
    return [record["canonical_url"].partition("/news/")[2].partition("-")[0] for record in records(folder)]


def test_everything_is_found_once(portal, folder):
    paths = portal.add_articles(range(30))
    portal.pages["/robots.txt"] = f"User-agent: *\nDisallow: /news/29\nSitemap: {portal.base}/sitemap.xml\n"
    sitemap(portal, [(path, "2024-04-24") for path in paths[:10]])
    portal.pages["/"] = listing_page([path + "?utm_source=main" for path in paths[5:15]], following="/?page=2",
                                     more='<a href="/rubric/sport/">Спорт</a><a href="/search?q=a">Іздеу</a>')
    portal.pages["/?page=2"] = listing_page(paths[15:20] + paths[0:3])
    portal.pages["/rubric/sport/"] = listing_page([*paths[20:], "/photo.jpg", "http://other.invalid/news/1-a-b-c-d"])
    done = crawl(portal, folder)
    assert sorted(map(int, stored_paths(folder))) == list(range(29))
    assert "29 stored" in done.stderr
    assert len(portal.paths()) == len(set(portal.paths())), "an address was fetched twice"
    assert not {"/photo.jpg", "/search?q=a", paths[29]} & set(portal.paths())
    run, = runs(folder)
    assert (run["outcome"], run["portals"][portal.name]["stored"]) == ("finished", 29)


def test_a_record_is_complete(portal, folder):
    path, = portal.add_articles([7])
    portal.pages["/"] = listing_page([path])
    crawl(portal, folder, "--timezone", "Asia/Almaty")
    record, = records(folder)
    assert record["url"] == record["canonical_url"] == portal.base + path
    assert (record["portal"], record["revision"]) == (portal.name, 1)
    assert record["title"] == "Нөмірі 7 жаңалық: саябақ ашылды"
    assert record["date_published"] == "2024-04-24"
    assert record["body"].count("\n\n") == 2
    assert record["first_seen_at"] == record["crawled_at"] is not None
    assert len(record["content_hash"]) == 16


def test_a_second_run_is_cheap_and_writes_nothing(portal, folder):
    paths = portal.add_articles(range(60))
    for page in range(6):
        portal.pages["/" if page == 0 else f"/?page={page + 1}"] = listing_page(
            paths[page * 10:page * 10 + 10], following=f"/?page={page + 2}" if page < 5 else None)
    crawl(portal, folder)
    first, portal.asked = len(portal.asked), []
    before = (folder / "articles.jsonl").read_bytes()
    crawl(portal, folder)
    assert (folder / "articles.jsonl").read_bytes() == before
    assert len(portal.asked) <= first * 0.15
    assert "If-None-Match" in dict(portal.asked[-1][1])
    portal.asked = []
    new, = portal.add_articles([100])
    portal.pages["/"] = listing_page([new, *paths[:9]], following="/?page=2")
    crawl(portal, folder)
    assert stored_paths(folder)[60:] == ["100"]


def test_new_articles_beyond_the_first_page_are_found(portal, folder):
    def publish(numbers):
        paths = [f"/news/{number}-sayabaq-ashyldy-qalada" for number in numbers]
        for page in range(0, len(paths), 5):
            portal.pages["/" if page == 0 else f"/?page={page // 5 + 1}"] = listing_page(
                paths[page:page + 5], following=f"/?page={page // 5 + 2}" if page + 5 < len(paths) else None)

    portal.add_articles(range(60))
    publish(range(39, -1, -1))
    crawl(portal, folder)
    assert len(records(folder)) == 40
    publish(range(59, -1, -1))
    crawl(portal, folder)
    assert sorted(map(int, stored_paths(folder))) == list(range(60))


def test_edits_are_revisions(portal, folder):
    paths = portal.add_articles(range(20))
    portal.pages["/"] = listing_page(paths)
    sitemap(portal, [(path, f"2024-04-{number + 1:02}") for number, path in enumerate(paths)])
    crawl(portal, folder)
    portal.pages[paths[3]] = article_page(3, title="Нөмірі 3 жаңалық: саябақ жабылды")
    portal.pages[paths[4]] = article_page(4, foot="<aside>Көрілген: 17</aside>")
    sitemap(portal, [(path, "2024-06-01T10:00:00Z" if number in (3, 4) else f"2024-04-{number + 1:02}")
                     for number, path in enumerate(paths)])
    portal.asked = []
    crawl(portal, folder)
    assert {paths[3], paths[4]} <= set(portal.paths())
    assert len([path for path in portal.paths() if path.startswith("/news/")]) == 2
    first, second = [record for record in records(folder) if "/news/3-" in record["url"]]
    assert (second["id"], second["revision"], second["first_seen_at"]) == (first["id"], 2, first["first_seen_at"])
    assert second["title"].endswith("жабылды")
    assert len(records(folder)) == 21


def test_young_articles_are_asked_for_again(portal, folder):
    from datetime import UTC, datetime, timedelta

    yesterday = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
    old = portal.add_articles(range(30))
    young = portal.add_articles([50], day=yesterday)
    portal.pages["/"] = listing_page(young + old)
    crawl(portal, folder)
    portal.pages[young[0]] = article_page(50, day=yesterday, title="Түзетілген тақырып: саябақ ашылды")
    crawl(portal, folder, "--refresh", "0")
    assert len(records(folder)) == 31
    crawl(portal, folder)
    assert records(folder)[-1]["revision"] == 2


def test_a_deleted_article_is_asked_for_three_times(portal, folder):
    from datetime import UTC, datetime

    paths = portal.add_articles(range(30)) + portal.add_articles([50], day=datetime.now(UTC).isoformat())
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder)
    portal.pages[paths[-1]] = 410
    portal.asked = []
    for _ in range(5):
        crawl(portal, folder)
    assert portal.paths().count(paths[-1]) == 3
    assert len(records(folder)) == 31


def test_failed_pages_are_tried_again(portal, folder):
    paths = portal.add_articles(range(12))
    portal.pages["/"] = listing_page(paths)
    good, portal.pages[paths[5]] = portal.pages[paths[5]], 500
    done = crawl(portal, folder)
    assert f"{paths[5]}: HTTP 500" in done.stderr
    assert len(records(folder)) == 11
    portal.pages[paths[5]] = good
    crawl(portal, folder)
    assert sorted(map(int, stored_paths(folder))) == list(range(12))


def test_limit_and_since_are_exact(portal, folder, tmp_path):
    portal.add_articles(range(10), day="2024-04-24T23:30:00+05:00")
    portal.add_articles(range(10, 20), day="2024-04-25")
    portal.add_articles(range(20, 25), day="")
    paths = [f"/news/{number}-sayabaq-ashyldy-qalada" for number in range(25)]
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder, "--limit", "7")
    assert len(records(folder)) == 7
    assert runs(folder)[-1]["outcome"] == "limit"
    crawl(portal, folder, "--limit", "4")
    assert len(records(folder)) == 11
    crawl(portal, folder)
    assert sorted(map(int, stored_paths(folder))) == list(range(25))
    late = tmp_path / "late"
    crawl(portal, late, "--since", "2024-04-25", "--timezone", "Asia/Almaty")
    assert sorted(map(int, stored_paths(late))) == list(range(10, 20))
    crawl(portal, late, "--since", "2024-04-24")
    assert sorted(map(int, stored_paths(late))) == list(range(20))


def test_canonical_addresses(portal, folder):
    pages, rest = portal.pages, "alma-agash-qala-kuni"
    pages[f"/news/1-{rest}"] = article_page(1)
    pages[f"/kz/1-{rest}"] = article_page(1, canonical=f"/news/1-{rest}")  # another one of the portal
    pages[f"/news/2-{rest}"] = article_page(2, canonical=f"/news/3-{rest}")  # a loop
    pages[f"/news/3-{rest}"] = article_page(2, canonical=f"/news/2-{rest}")
    pages[f"/news/4-{rest}"] = article_page(4, canonical="/")  # the front page
    pages[f"/news/5-{rest}"] = article_page(5, canonical="/news/missing-page-of-that-name")  # 404
    pages[f"/news/6-{rest}"] = article_page(6, canonical="http://other.invalid/6")  # a stranger
    pages[f"/old/7-{rest}"] = (301, {"Location": f"/news/7-{rest}"}, "")
    pages[f"/news/7-{rest}"] = article_page(7)
    pages["/"] = listing_page(list(pages))
    crawl(portal, folder)
    titles = [record["title"].split()[1] for record in records(folder)]
    assert sorted(titles) == ["1", "2", "4", "5", "6", "7"]
    assert portal.base + "/news/1-alma-agash-qala-kuni" in {record["url"] for record in records(folder)}
    portal.asked = []
    crawl(portal, folder)
    assert len(records(folder)) == 6


def test_a_start_that_redirects(portal, folder):
    paths = portal.add_articles(range(8))
    portal.pages["/"] = (302, {"Location": "/kz/"}, "")
    portal.pages["/kz/"] = listing_page(paths[:6])
    crawl(portal, folder)
    assert len(records(folder)) == 6
    portal.pages["/kz/"] = listing_page(paths)
    portal.asked = []
    crawl(portal, folder)
    assert len(records(folder)) == 8
    assert portal.paths().count("/kz/") == 1


def test_the_same_text_under_two_addresses_is_kept_once(portal, folder):
    portal.pages["/qogam/5-sayabaq-ashyldy-qalada"] = portal.pages["/sport/5-sayabaq-ashyldy-qalada"] = article_page(5)
    portal.pages["/"] = listing_page(["/qogam/5-sayabaq-ashyldy-qalada", "/sport/5-sayabaq-ashyldy-qalada"])
    crawl(portal, folder)
    assert len(records(folder)) == 1


def test_an_article_on_several_pages_is_one_record(portal, folder):
    path, other = portal.add_articles([1, 2])
    def part(number):
        pages = "".join(f'<a href="{path}?page={page}">{page}</a>' for page in range(2, 4))
        return article_page(1, body=[f"{number}-бет, {count}-азат жол. " + "Саябақ туралы ұзақ әңгіме жалғасады. " * 6
                                     for count in range(3)], foot=f'<div class="pagination">{pages}</div>')
    portal.pages |= {path: part(1), f"{path}?page=2": part(2), f"{path}?page=3": part(3)}
    portal.pages["/"] = listing_page([path, other])
    crawl(portal, folder)
    one, = [record for record in records(folder) if "/news/1-" in record["url"]]
    assert len(records(folder)) == 2
    assert [block["text"][:5] for block in one["blocks"]] == ["1-бет"] * 3 + ["2-бет"] * 3 + ["3-бет"] * 3
    crawl(portal, folder, "--full")
    assert len(records(folder)) == 2, "its further pages are no articles in a later run"
    assert portal.paths().count(f"{path}?page=3") == 2, "but are asked again with it"


def test_an_endless_calendar_is_left(portal, folder):
    paths = portal.add_articles(range(5))
    portal.pages["/"] = listing_page(paths, more='<a href="/calendar/1">Күнтізбе</a>')
    for day in range(1, 400):
        portal.pages[f"/calendar/{day}"] = listing_page([], more=f'<a href="/calendar/{day + 1}">Келесі күн</a>')
    done = crawl(portal, folder)
    asked = [path for path in portal.paths() if path.startswith("/calendar/")]
    assert 100 <= len(asked) <= 150
    assert "endless-space" in done.stderr
    assert len(records(folder)) == 5


def test_endless_copies_of_an_article_are_left(portal, folder):
    """Session ids in the path: every page links to the same article under a new one."""
    path, = portal.add_articles([1])
    portal.pages["/"] = listing_page([path, "/s/100/1-alma-agash-qala-kuni"])
    for number in range(100, 500):
        links = listing_page([f"/s/{number + 1}/1-alma-agash-qala-kuni"])
        canonical = path if number % 2 else None
        portal.pages[f"/s/{number}/1-alma-agash-qala-kuni"] = article_page(1, canonical=canonical, foot=links)
    crawl(portal, folder)
    assert len(records(folder)) == 1
    assert len(portal.asked) < 180


def test_a_canonical_address_that_is_never_the_same(portal, folder):
    def page():
        return article_page(1, canonical=f"/news/1-alma-agash-qala-kuni?v={len(portal.asked)}")

    portal.pages["/news/1-alma-agash-qala-kuni"] = page
    portal.pages |= {f"/news/1-alma-agash-qala-kuni?v={number}": page for number in range(200)}
    portal.pages["/old/1"] = (302, {"Location": "/news/1-alma-agash-qala-kuni"}, "")
    portal.pages["/"] = listing_page(["/old/1"])
    crawl(portal, folder)
    assert len(records(folder)) == 1
    assert len(portal.asked) < 40


def test_links_of_a_scheme_that_does_not_answer(portal, folder):
    paths = portal.add_articles(range(3))
    portal.pages["/"] = listing_page([portal.base.replace("http://", "https://") + path for path in paths])
    crawl(portal, folder)
    assert len(records(folder)) == 3


def test_pages_that_are_not_there_are_no_errors(portal, folder):
    paths = portal.add_articles(range(3))
    portal.pages["/"] = listing_page([*paths, *(f"/news/{number}-joq-bet-turaly-habar" for number in range(50))])
    done = crawl(portal, folder)
    assert "HTTP 404" not in done.stderr
    assert "50 not found" in done.stderr
    assert len(records(folder)) == 3


def test_pages_that_are_no_articles_are_not_stored(portal, folder):
    path, = portal.add_articles([1])
    about = "<html><body><h1>Біз туралы</h1><p>Редакция</p></body></html>"
    missing = "<html><head><title>404</title></head><body><h1>Бет табылмады</h1></body></html>"
    portal.pages |= {"/": listing_page([path, "/about", "/missing-page-that-says-ok", "/empty"]), "/about": about,
                     "/empty": "", "/missing-page-that-says-ok": missing}
    crawl(portal, folder)
    assert len(records(folder)) == 1


def test_full_asks_for_everything_again(portal, folder):
    paths = portal.add_articles(range(10))
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder)
    portal.asked = []
    done = crawl(portal, folder, "--full")
    assert set(paths) <= set(portal.paths())
    assert "10 unchanged" in done.stderr
    assert len(records(folder)) == 10


def test_a_lost_state_costs_requests_but_no_records(portal, folder):
    paths = portal.add_articles(range(10))
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder)
    for file in folder.glob("state.sqlite*"):
        file.unlink()
    crawl(portal, folder)
    assert len(records(folder)) == 10


def test_every_line_is_json_with_the_keys_of_the_record(portal, folder):
    from malim_scraper.items import Article

    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    crawl(portal, folder)
    for line in (folder / "articles.jsonl").read_text("utf-8").splitlines():
        assert list(json.loads(line)) == list(Article.__dataclass_fields__)
