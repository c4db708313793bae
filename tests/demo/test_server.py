"""The replica as a browser or crawler meets it."""

import urllib.error
import urllib.request
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime

import pytest

from malim_scraper.demo import truth
from malim_scraper.demo.articles import ZONE

NEW = datetime(2024, 5, 7, 10, tzinfo=ZONE)


def fetch(address, headers=None):
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers or {}), timeout=10) as found:
            return found.status, found.headers, found.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode("utf-8", "replace")


@pytest.mark.parametrize(("path", "status", "words"), [
    ("/", 200, "Malim Replica"),
    ("/robots.txt", 200, "Disallow: /search"),
    ("/sitemap.xml", 200, "/sitemap-qogam.xml"),
    ("/sitemap-qogam.xml", 200, "<lastmod>"),
    ("/sitemap-news.xml", 200, "news:publication_date"),
    ("/sitemap-novosti.xml", 404, "404"),
    ("/rss.xml", 200, "<pubDate>"),
    ("/kz/qogam/", 200, 'rel="next"'),
    ("/kz/qogam/?page=2", 200, "teaser"),
    ("/kz/qogam/?page=99", 404, "404"),
    ("/kz/qogam/?page=0", 404, "404"),
    ("/kz/qogam/?page=x", 404, "404"),
    ("/ru/novosti/page/3/", 200, "Пекарня на колёсах"),
    ("/list.php?aidar=suhbat", 200, "read.php?id=551"),
    ("/read.php?id=551", 200, "домбыра шебері"),
    ("/read.php?id=551&print=1", 200, "window.print()"),
    ("/read.php?id=1", 410, "410"),
    ("/read.php", 404, "404"),
    ("/archive/2023/11/", 200, "Құм астынан"),
    ("/tag/%D0%BA%D3%99%D1%81%D1%96%D0%BF/", 200, "Шағын несие"),
    ("/amp/kz/qogam/609-aulda-alma-bagy", 200, "canonical"),
    ("/search?q=%D0%BB%D0%B8%D1%84%D1%82", 200, "/ru/novosti/623.html"),
    ("/login", 200, "password"),
    ("/no/such/page", 404, "404"),
])
def test_addresses(server, path, status, words):
    found, _, text = fetch(server.replica.base + path)
    assert found == status
    assert words in text


def test_pictures_are_pictures(server):
    with urllib.request.urlopen(server.replica.base + "/images/article-img/1600/609-1.png", timeout=10) as found:
        assert found.read(8) == b"\x89PNG\r\n\x1a\n"


def test_unchanged_page_is_not_sent_again(server):
    address = server.replica.base + "/kz/qogam/609-aulda-alma-bagy"
    _, headers, text = fetch(address)
    assert text
    assert fetch(address, {"If-None-Match": headers["ETag"]})[::2] == (304, "")
    assert fetch(address, {"If-Modified-Since": headers["Last-Modified"]})[0] == 304
    assert fetch(address, {"If-None-Match": '"other"', "If-Modified-Since": headers["Last-Modified"]})[0] == 200
    assert fetch(address, {"If-Modified-Since": "not a date"})[0] == 200


def test_edit_shows_in_validators_and_sitemap(server):
    replica = server.replica
    address = replica.base + replica.path(replica.get(609))
    _, before, _ = fetch(address)
    replica.edit(609, title="Ауыл алма бағын екінші рет екті")
    status, after, text = fetch(address, {"If-None-Match": before["ETag"]})
    assert status == 200
    assert "екінші рет екті" in text
    assert parsedate_to_datetime(after["Last-Modified"]) > parsedate_to_datetime(before["Last-Modified"])
    lastmod = replica.changed_at(replica.get(609)).isoformat()
    assert lastmod in fetch(f"{replica.base}/sitemap-qogam.xml")[2]


def test_add_and_delete(server):
    replica = server.replica
    replica.add(replace(replica.get(609), id=900, title="Жаңа мақала", published=NEW))
    assert "Жаңа мақала" in fetch(replica.base + "/kz/qogam/")[2]
    replica.delete(900)
    assert fetch(f"{replica.base}/kz/qogam/900-aulda-alma-bagy")[0] == 410
    assert server.traffic.requests["/kz/qogam/900-aulda-alma-bagy"] == 1
    assert server.traffic.statuses[410] == 1


def test_truth_describes_every_article_once(server):
    expected = truth(server.replica)
    assert len(expected) == len({record["canonical_url"] for record in expected}) >= 60
    for record in expected:
        status, _, text = fetch(record["canonical_url"])
        assert status == 200
        assert record["title"].replace('"', "&quot;") in text
    offsets = {record["date_published"][-6:] for record in expected if "T" in (record["date_published"] or "")}
    assert offsets == {"+05:00", "+06:00"}
    assert any(record["date_published"] is None for record in expected)


@pytest.mark.parametrize(("place", "count"), [
    ("listing", 2), ("sitemap", 2), ("feed", 2), ("related", 2), ("archive", 2), ("tag", 1), ("author", 1)])
def test_some_articles_are_reached_by_one_place_only(server, place, count):
    assert sum(article.reach == place for article in server.replica.articles()) == count
