"""`crawl()`: articles one by one, without a folder, also inside a running event loop."""

import asyncio

import pytest
from tiny_portal import TinyPortal, listing_page, serving

from malim_scraper import Article, crawl
from malim_scraper.errors import MalimError, UsageError

FAST = {"DOWNLOAD_DELAY": 0, "RETRY_TIMES": 0}


@pytest.fixture
def portal():
    with serving(TinyPortal()) as running:
        running.pages["/"] = listing_page(running.add_articles(range(12)))
        yield running


def test_articles_come_inside_an_event_loop(portal):
    async def in_a_notebook():
        return list(crawl(portal.base, limit=4, settings=FAST))

    found = asyncio.run(in_a_notebook())
    assert [type(article) for article in found] == [Article] * 4
    assert all(article.body and article.crawled_at for article in found)


def test_leaving_the_loop_ends_the_crawl(portal):
    for _ in crawl(portal.base, settings={**FAST, "DOWNLOAD_DELAY": 0.2}):
        break
    assert len(portal.asked) < 20


def test_failures_are_raised(portal):
    with pytest.raises(UsageError):
        crawl("ftp://example.kz/")
    with pytest.raises(UsageError):
        crawl(portal.base, since="someday")
    with pytest.raises(MalimError, match="connection refused"):
        list(crawl("http://127.0.0.1:9/", settings=FAST))
