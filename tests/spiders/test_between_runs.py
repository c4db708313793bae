"""What a run leaves to the next one: failed pages, other forms of a page, hosts that asked to wait."""

import sqlite3
import time
from itertools import pairwise

import pytest
from tiny_portal import TinyPortal, article_page, crawl, listing_page, records, runs, serving

from malim_scraper.dataset import Frontier, State, refresh


def set_state(folder, statement, *values):
    with sqlite3.connect(folder / "state.sqlite") as db:
        db.execute(statement, values)
    db.close()


def a_frontier(pages, failed):
    """A portal of so many known articles, of which the last `failed` could not be fetched in the first run."""
    frontier = Frontier(State(None), "p")
    for number in range(pages):
        frontier.add(f"https://p.kz/news/{number}", rank=number)
        page = frontier.take()
        if number < pages - failed:
            frontier.done(page, "article", article=str(number), published="2020-01-01")
        else:
            frontier.failed(page)
    return frontier


def a_run_of(frontier, answers):
    """Begin a run; returns the addresses that it asks for. answers: whether the portal is there again."""
    refresh.begin(frontier, refresh_days=3, is_full=False, since=None)
    asked = []
    while (page := frontier.take()) is not None:
        asked.append(page.url)
        if answers:
            frontier.done(page, "article", article=page.url)
        else:
            frontier.failed(page)
    return asked


def test_pages_that_failed_in_an_outage_all_come_back_within_the_budget():
    frontier = a_frontier(1_000, 300)
    for _ in range(30):  # the outage goes on for a month
        assert len(a_run_of(frontier, answers=False)) <= 150
        frontier.db.execute("UPDATE pages SET fetched_at = fetched_at - 86400")
    asked = []
    for _ in range(20):
        now = a_run_of(frontier, answers=True)
        assert len(now) <= 150
        asked += now
        frontier.db.execute("UPDATE pages SET fetched_at = fetched_at - 86400")
    assert {f"https://p.kz/news/{number}" for number in range(700, 1_000)} <= set(asked)


def test_a_page_that_fails_again_and_again_is_asked_more_seldom():
    frontier = a_frontier(100, 1)
    days = []
    for day in range(120):
        if a_run_of(frontier, answers=False):
            days.append(day)
        frontier.db.execute("UPDATE pages SET fetched_at = fetched_at - 86400")
    gaps = [later - earlier for earlier, later in pairwise(days)]
    assert gaps[:6] == [1, 1, 1, 1, 2, 3]
    assert gaps == sorted(gaps)


@pytest.mark.parametrize("plain", [404, None])
def test_an_article_that_has_only_another_form_is_read_in_it(portal, tmp_path, plain):
    path = "/news/5-sayabaq-ashyldy-qalada"
    portal.pages[path + "/amp"] = article_page(5, canonical=path)
    portal.pages[path] = plain or listing_page(["/news"])
    portal.pages["/"] = listing_page([*portal.add_articles([1, 2]), path + "/amp"])
    crawl(portal, tmp_path / "data")
    found = {record["canonical_url"]: record["url"] for record in records(tmp_path / "data")}
    assert found[portal.base + path] == portal.base + path + "/amp"
    assert len(found) == 3


def test_another_form_is_not_asked_where_the_plain_one_is_there(portal, tmp_path):
    path, = portal.add_articles([5])
    portal.pages[path + "/amp"] = article_page(5, canonical=path)
    portal.pages["/"] = listing_page([path + "/amp"])
    crawl(portal, tmp_path / "data")
    assert len(records(tmp_path / "data")) == 1
    assert path + "/amp" not in portal.paths()


def test_a_plain_address_that_leads_to_another_form_is_that_article(portal, tmp_path):
    path = "/news/5-sayabaq-ashyldy-qalada"
    portal.pages[path] = (302, {"Location": path + "/amp"}, "")
    portal.pages[path + "/amp"] = article_page(5)
    portal.pages["/"] = listing_page([path])
    crawl(portal, tmp_path / "data")
    record, = records(tmp_path / "data")
    assert record["canonical_url"] == portal.base + path


def test_two_portals_on_one_host_are_kept_apart(portal, tmp_path):
    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    with serving(TinyPortal()) as other:
        other.pages["/"] = listing_page(other.add_articles(range(10, 14)))
        crawl(portal, tmp_path / "data")
        crawl(other, tmp_path / "data")
        assert len(records(tmp_path / "data")) == 7
        (tmp_path / "data" / "state.sqlite").unlink()
        crawl(portal, tmp_path / "data")
        crawl(other, tmp_path / "data")
    assert len(records(tmp_path / "data")) == 7


def test_a_host_that_asked_to_wait_long_is_not_asked_by_the_next_run(portal, tmp_path):
    portal.pages["/"] = (503, {"Retry-After": "7200"}, "")
    crawl(portal, tmp_path / "data", code=1)
    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    portal.asked = []
    done = crawl(portal, tmp_path / "data", code=1)
    assert portal.asked == []
    assert "retry-after" in done.stderr
    set_state(tmp_path / "data", "UPDATE notes SET value = ? WHERE name LIKE 'retry-after:%'", int(time.time()) - 1)
    crawl(portal, tmp_path / "data")
    assert len(records(tmp_path / "data")) == 3


def test_a_short_wait_goes_on_in_the_next_run(portal, tmp_path):
    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    crawl(portal, tmp_path / "data", "--limit", "1")
    until = time.time() + 3
    set_state(tmp_path / "data", "INSERT INTO notes VALUES('retry-after:127.0.0.1', ?)", until)
    portal.asked = []
    offset = time.time() - time.monotonic()
    crawl(portal, tmp_path / "data")
    assert all(moment + offset >= until for _, _, moment in portal.asked)
    assert runs(tmp_path / "data")[-1]["outcome"] == "finished"
    assert len(records(tmp_path / "data")) == 3
