"""Reading a dataset folder back."""

import json

import pytest
from invented import record, records

import malim_scraper
from malim_scraper.errors import DatasetError


def test_the_latest_revision_of_each_article(dataset):
    articles = list(malim_scraper.read(dataset))
    assert len(articles) == 300
    assert [article.to_dict() for article in articles] == latest(records(300))
    assert all(isinstance(article, malim_scraper.Article) for article in articles)


def latest(some):
    some = list(some)
    last = {one["id"]: place for place, one in enumerate(some)}
    return [one for place, one in enumerate(some) if last[one["id"]] == place]


def test_every_revision(dataset):
    assert len(list(malim_scraper.read(str(dataset), all_revisions=True))) == len(list(records(300)))


def test_shards_are_one_dataset(tmp_path):
    for number in range(3):
        one = {**record(number // 2), "revision": number + 1}
        (tmp_path / f"articles-{number:05}.jsonl").write_text(json.dumps(one), encoding="utf-8")  # no line feed
    assert [article.revision for article in malim_scraper.read(tmp_path)] == [2, 3]


def test_a_folder_without_records(tmp_path):
    with pytest.raises(DatasetError, match=r"no articles\.jsonl here"):
        malim_scraper.read(tmp_path)
    (tmp_path / "articles.jsonl").write_text("")
    assert list(malim_scraper.read(tmp_path)) == []
