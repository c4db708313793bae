"""What each pipeline makes of an article: the part itself, on a real desk with a real dataset folder."""

import json
import os

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem, NotConfigured

from malim_scraper.errors import DatasetError
from malim_scraper.pipelines.check import CheckPipeline
from malim_scraper.pipelines.dates import DatesPipeline
from malim_scraper.pipelines.duplicates import DuplicatesPipeline
from malim_scraper.pipelines.jsonlines import JsonLinesPipeline
from malim_scraper.pipelines.since import SincePipeline


def written(crawl):
    return [json.loads(line) for line in crawl.store.records.path.read_text("utf-8").splitlines()]


def stored(crawl, article):
    for kind in (DuplicatesPipeline, JsonLinesPipeline):
        article = crawl.pipeline(kind).process_item(article)
    return article


@pytest.mark.parametrize("kind", [DatesPipeline, CheckPipeline, SincePipeline, DuplicatesPipeline, JsonLinesPipeline])
def test_spiders_of_others_have_none_of_them(kind):
    crawler = Crawler(Spider)
    crawler.spider = Spider("other")
    with pytest.raises(NotConfigured):
        kind.from_crawler(crawler)


@pytest.mark.parametrize(("printed", "expected"), [
    ("24 сәуір 2024, 12:30", "2024-04-24T12:30:00+05:00"),   # the profile's zone
    ("24.04.2024", "2024-04-24"),
    ("бүгін, 16:05", "2024-04-24T16:05:00+05:00"),           # by the moment of fetching: 17:30 there
    ("кеше", "2024-04-23"),
    (None, None),
])
def test_dates_are_of_the_portals_zone_and_the_crawls_clock(make_crawl, printed, expected):
    crawl = make_crawl(None)
    article = crawl.fetched(1, date_published=printed, date_published_raw=printed)
    assert crawl.pipeline(DatesPipeline).process_item(article).date_published == expected


def test_fields_are_counted_as_declared_and_as_shown(make_crawl):
    crawl = make_crawl(None)
    pipeline = crawl.pipeline(CheckPipeline)
    pipeline.process_item(crawl.fetched(1, authors=["А"], tags=["т"], visible=["authors", "body"]))
    pipeline.process_item(crawl.fetched(2, authors=["А"], warnings=["no-date", "selector-missed:lead"]))
    counts = {name.removeprefix("malim/"): count for name, count in crawl.desk.stats.get_stats().items()}
    assert counts == {"articles": 2, "field/authors": 2, "field/tags": 1, "visible/authors": 1, "visible/body": 1,
                      "warning/no-date": 1, "warning/selector-missed:lead": 1}


@pytest.mark.parametrize(("published", "passes"), [
    ("2024-04-24T00:00:00+05:00", True), ("2024-04-24", True), ("2024-04-23T23:59:59+05:00", False), (None, False)])
def test_since_is_inclusive_and_what_is_older_is_noted(make_crawl, published, passes):
    crawl = make_crawl(None, since="2024-04-24")
    article = crawl.fetched(1, date_published=published)
    if passes:
        assert crawl.pipeline(SincePipeline).process_item(article) is article
        return
    with pytest.raises(DropItem):
        crawl.pipeline(SincePipeline).process_item(article)
    assert crawl.page(1).outcome == "older"
    assert crawl.desk.counted("left_out/older" if published else "left_out/undated") == 1


def test_an_article_is_stored_once_and_its_revisions_are_numbered(make_crawl):
    crawl = make_crawl()
    first = stored(crawl, crawl.fetched(1))
    with pytest.raises(DropItem, match="unchanged"):
        stored(crawl, crawl.fetched(1))
    second = stored(crawl, crawl.fetched(1, body="басқа мәтін"))
    assert (first.revision, second.revision) == (1, 2)
    assert first.id == second.id
    assert first.first_seen_at == second.first_seen_at == "2024-04-24T12:30:00+00:00"
    assert [(record["revision"], record["body"]) for record in written(crawl)] == [(1, "1-мәтін"), (2, "басқа мәтін")]
    assert [crawl.desk.counted(name) for name in ("stored", "revisions", "unchanged")] == [1, 1, 1]
    assert (crawl.page(1).outcome, crawl.page(1).article, crawl.page(1).etag) == ("article", first.id, '"1"')


def test_the_same_text_under_another_address_is_noted_and_not_stored(make_crawl):
    crawl = make_crawl()
    first = stored(crawl, crawl.fetched(1, title="Т", body="М", date_published="2024-04-24"))
    with pytest.raises(DropItem, match="duplicate"):
        stored(crawl, crawl.fetched(2, title="Т", body="М", date_published="2024-04-24"))
    assert len(written(crawl)) == 1
    assert (crawl.page(2).outcome, crawl.page(2).article) == ("duplicate", first.id)
    stored(crawl, crawl.fetched(3, title="Т", body="М", date_published="2024-04-25"))
    assert len(written(crawl)) == 2


def test_beyond_the_limit_a_page_waits_for_the_next_run(make_crawl):
    crawl = make_crawl(limit=1)
    stored(crawl, crawl.fetched(1))
    with pytest.raises(DropItem, match="limit"):
        stored(crawl, crawl.fetched(2))
    assert len(written(crawl)) == 1
    assert crawl.page(2).status == "waiting"
    assert crawl.desk.visits == {}


def test_a_write_that_fails_ends_the_crawl_and_leaves_no_half_line(make_crawl, monkeypatch):
    crawl = make_crawl()
    stored(crawl, crawl.fetched(1))
    real = os.write

    def full(file, data):
        if len(data) > 100:  # what a full disk does: a part, then nothing
            return real(file, data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(DropItem, match="not stored"):
        stored(crawl, crawl.fetched(2, body="м" * 30))
    monkeypatch.undo()
    assert isinstance(crawl.desk.failure, DatasetError)
    assert crawl.desk.is_over
    assert len(written(crawl)) == 1


def test_without_a_folder_nothing_is_written_but_all_is_known(make_crawl):
    crawl = make_crawl(None)
    assert stored(crawl, crawl.fetched(1)).revision == 1
    with pytest.raises(DropItem, match="unchanged"):
        stored(crawl, crawl.fetched(1))
