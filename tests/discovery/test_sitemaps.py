"""Sitemaps of any form, honest or not, whole or broken."""

import gzip
import zlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.discovery.sitemaps import SitemapEntry, is_lastmod_honest, read_sitemap
from malim_scraper.discovery.xml import MAX_BYTES, decompress

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS_NAMESPACE = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
NEWS = """<url><loc>https://malim.kz/5</loc><news:news><news:publication><news:name>Malim</news:name>
<news:language>kk</news:language></news:publication>
<news:publication_date>2024-04-24T12:30:00+05:00</news:publication_date>
<news:title>Бүгін жаңбыр &amp; қар</news:title></news:news></url>"""
ENTRY = SitemapEntry("https://malim.kz/5", published="2024-04-24T12:30:00+05:00", title="Бүгін жаңбыр & қар",
                     language="kk")


def urls(body, base=""):
    return [entry.url for entry in read_sitemap(body, base).entries]


@pytest.mark.parametrize("head", [
    f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE} {NEWS_NAMESPACE}>',
    f"<urlset {NAMESPACE}>",                                        # the prefix is not declared
    "<urlset>",
    f'<urlset xmlns="https://www.google.com/schemas/sitemap/0.84" {NEWS_NAMESPACE}>',
    f'<?xml-stylesheet href="a.xsl"?><!-- made by hand --><x:urlset xmlns:x="y" {NEWS_NAMESPACE}>',
    f'\n\n  <?xml version="1.0"?><urlset {NAMESPACE}>',             # white space before the declaration
    f'<?xml version="1.0" encoding="utf-16"?><urlset {NAMESPACE}>',  # declared wrong
])
def test_news_is_kept(head):
    assert read_sitemap((head + NEWS).encode()).entries == [ENTRY]           # not even closed
    assert read_sitemap(gzip.compress((head + NEWS + "</urlset>").encode())).entries == [ENTRY]
    assert read_sitemap(zlib.compress((head + NEWS + "</urlset>").encode())).entries == [ENTRY]
    assert read_sitemap(b"\xef\xbb\xbf" + (head + NEWS).encode()).entries == [ENTRY]


def test_another_encoding():
    text = f'<?xml version="1.0" encoding="windows-1251"?><urlset {NEWS_NAMESPACE}>{NEWS}</urlset>'
    text = text.replace("Бүгін жаңбыр", "Сегодня дождь").replace("қар", "снег")
    assert read_sitemap(text.encode("windows-1251")).entries[0].title == "Сегодня дождь & снег"


def test_index():
    found = read_sitemap(b"<sitemapindex><sitemap><loc>/a.xml</loc><lastmod>2024-04-24</lastmod></sitemap>"
                         b"<sitemap><loc> https://malim.kz/b.xml.gz\n</loc></sitemap></sitemapindex>", "https://malim.kz/")
    assert found.entries == []
    assert found.children == [SitemapEntry("https://malim.kz/a.xml", "2024-04-24"),
                              SitemapEntry("https://malim.kz/b.xml.gz")]
    assert found.children[0].moment == datetime(2024, 4, 24, tzinfo=UTC)


@pytest.mark.parametrize(("body", "expected"), [
    (b"https://malim.kz/1\r\nhttps://malim.kz/2\n\nnonsense\nftp://malim.kz/3\n",
     ["https://malim.kz/1", "https://malim.kz/2"]),
    (b"\xef\xbb\xbfhttps://malim.kz/1", ["https://malim.kz/1"]),
    (gzip.compress(b"https://malim.kz/1\nhttps://malim.kz/2", mtime=0), ["https://malim.kz/1", "https://malim.kz/2"]),
    (b"<urlset><url><loc>https://malim.kz/?a=1&b=2</loc></url></urlset>", ["https://malim.kz/?a=1&b=2"]),
    (b"<urlset><url><loc><![CDATA[https://malim.kz/?a=1&b=2]]></loc></url></urlset>", ["https://malim.kz/?a=1&b=2"]),
    (b"<urlset><url><image><loc>https://malim.kz/a.jpg</loc></image><loc>https://malim.kz/1</loc></url></urlset>",
     ["https://malim.kz/1"]),
    (b"<urlset><url><loc>https://malim.kz/1</loc><url><loc>https://malim.kz/2</loc></url></urlset>",
     ["https://malim.kz/2", "https://malim.kz/1"]),
    (b"<urlset><url></url><url><loc/></url><url><loc>javascript:1</loc></url></urlset>", []),
    (b"<!doctype html><html><body><a href='https://malim.kz/1'>404</a>", []),
    (b"<rss><channel><item><link>https://malim.kz/1</link></item></channel></rss>", []),
    (b"", []), (b"\x1f\x8b", []), (b"\x1f\x8bnothing", []), (b"\x00\x01\x02", []),
])
def test_forms(body, expected):
    assert urls(body) == expected


def test_what_can_be_read_of_a_truncated_file():
    body = b"<urlset>" + b"".join(b"<url><loc>https://malim.kz/%d</loc></url>" % number for number in range(3_000))
    assert 1_000 < len(urls(gzip.compress(body, mtime=0)[:-2_000])) < 3_000
    assert len(urls(body[:-20])) == 2_999


def test_no_character_reference_is_parted():
    """Whatever the place where one piece of the file ends and the next begins."""
    for shift in range(12):
        body = b" " * shift + b"<urlset>" + b"<url><loc>https://malim.kz/?a=1&amp;b=2</loc></url>" * 3_000
        assert set(urls(body)) == {"https://malim.kz/?a=1&b=2"}


def test_entities_are_not_expanded():
    levels = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 20}">' for n in range(8))
    bomb = f'<!DOCTYPE u [<!ENTITY e0 "{"x" * 1_000}">{levels}<!ENTITY file SYSTEM "file:///etc/hosts">]><urlset>'
    found = urls((bomb + '<url a="&e8;"><loc>https://malim.kz/&e8;</loc></url>'
                  "<url><loc>https://malim.kz/&file;</loc></url></urlset>").encode())
    assert all(len(url) < 40 for url in found)


def test_a_bomb_is_opened_only_in_part():
    bomb = gzip.compress(bytes(60_000_000), 1, mtime=0)
    assert len(decompress(bomb)) == MAX_BYTES
    assert urls(bomb) == []
    assert urls(gzip.compress(b"<urlset>" + b"<url>" * 2_000_000, 1, mtime=0)) == []


NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def entries(*moments):
    return [SitemapEntry(f"https://malim.kz/{number}", moment.isoformat() if moment else None)
            for number, moment in enumerate(moments)]


@pytest.mark.parametrize(("moments", "expected"), [
    ([NOW - timedelta(days=day) for day in range(100)], True),
    ([NOW - timedelta(minutes=20 * number) for number in range(60)], True),           # a busy day's news sitemap
    ([NOW] * 500, False),                                                             # the time of asking
    ([NOW - timedelta(seconds=number % 50) for number in range(500)], False),         # written one after the other
    ([datetime(2026, 11, 24, tzinfo=UTC)] * 500, False),                              # today for all
    ([datetime(2024, 2, 1, 3, tzinfo=UTC)] * 500, False),                             # the day of a move
    ([datetime(2024, 2, 1, tzinfo=UTC)] * 20 + [NOW - timedelta(days=day) for day in range(200)], True),
    ([None] * 50, False), ([], False), ([NOW - timedelta(days=3)], True),
    ([NOW - timedelta(days=3), NOW - timedelta(days=4)], True),
    ([NOW, NOW, NOW], False),
])
def test_honest_lastmod(moments, expected):
    assert is_lastmod_honest(entries(*moments), fetched_at=NOW) is expected


@given(st.binary(max_size=200) | st.text(alphabet='<>/&;"\'= urlsetocmap![]-?nw:\x00ж', max_size=120).map(str.encode))
def test_reading_never_raises(body):
    for sent in (body, b"<urlset><url><loc>" + body, gzip.compress(body, mtime=0), b"\x1f\x8b\x08" + body):
        read_sitemap(sent, "https://malim.kz/")
