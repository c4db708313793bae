"""Feeds of all kinds."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.discovery.feeds import Feed, FeedEntry, read_feed
from malim_scraper.discovery.moments import parse_moment

BASE = "https://malim.kz/feed/"
RSS2 = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><link>https://malim.kz/</link><title>Malim</title><item><title>Бүгін &laquo;жаңбыр&raquo;&nbsp;<![CDATA[& қар]]></title><link>https://malim.kz/5</link>
<pubDate>Wed, 24 Apr 2024 12:30:00 +0500</pubDate></item></channel></rss>"""
RSS1 = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>Malim</title></channel><item rdf:about="https://malim.kz/5"><title>Жаңбыр</title><link>/5</link>
<dc:date>2024-04-24</dc:date></item></rdf:RDF>"""
RSS09 = "<rss version='0.91'><channel><item><link>http://malim.kz/5</link></item></channel></rss>"
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://malim.kz/"><link rel="self" href="/feed/"/>
<link rel="next" href="?paged=2"/><entry><title type="xhtml"><div>Қар <b>жауды</b></div></title>
<link rel="edit" href="/x"/>
<link href="/5"/><published>2024-04-24T12:30:00Z</published><updated>2024-04-25T12:30:00Z</updated></entry></feed>"""
JSON = """{"version": "https://jsonfeed.org/version/1.1", "next_url": "/feed/?page=2", "items": [
{"id": 1, "url": "/5", "title": "Қар", "date_published": "2024-04-24"}, {"id": 2}, null,
{"external_url": "https://malim.kz/6"}]}"""


@pytest.mark.parametrize(("body", "expected"), [
    (RSS2, Feed([FeedEntry("https://malim.kz/5", "Бүгін «жаңбыр» & қар", "Wed, 24 Apr 2024 12:30:00 +0500")])),
    (RSS1, Feed([FeedEntry("https://malim.kz/5", "Жаңбыр", "2024-04-24")])),
    (RSS09, Feed([FeedEntry("http://malim.kz/5")])),
    (ATOM, Feed([FeedEntry("https://malim.kz/5", "Қар жауды", "2024-04-24T12:30:00Z", "2024-04-25T12:30:00Z")],
                "https://malim.kz/feed/?paged=2")),
    (JSON, Feed([FeedEntry("https://malim.kz/5", "Қар", "2024-04-24"), FeedEntry("https://malim.kz/6")],
                "https://malim.kz/feed/?page=2")),
    ("<rss><item><guid>https://malim.kz/5</guid></item><item><guid isPermaLink='false'>6</guid></item>"
     "<item><guid>malim-7</guid></item>", Feed([FeedEntry("https://malim.kz/5")])),
    ("<rss xmlns:feedburner='f'><item><link>http://feeds.test/5</link><feedburner:origLink>https://malim.kz/5"
     "</feedburner:origLink></item></rss>", Feed([FeedEntry("https://malim.kz/5")])),
    ("<html><head><link rel=next href=/2></head><p>no feed", Feed()),
    # behind a fault the references that XML knows still count, and elements that nobody closes nest
    ("<rss><item><link>/?id=5&amp;p=1</link><x>&nbsp;<b></x></item>"
     + "<item><link>/?a=&lt;&amp;b</link><x><b></x>" * 400,
     Feed([FeedEntry("https://malim.kz/?a=<&b")] * 400 + [FeedEntry("https://malim.kz/?id=5&p=1")])),
    ("{not json", Feed()), ('{"items": 5}', Feed()), ("[" * 100_000, Feed()), ("", Feed()),
])
def test_read_feed(body, expected):
    assert read_feed(body.encode(), BASE) == expected


def test_old_encodings():
    body = '<?xml version="1.0" encoding="windows-1251"?><rss><item><title>Дождь</title><link>/5</link></item></rss>'
    assert read_feed(body.encode("windows-1251"), BASE).entries[0].title == "Дождь"
    assert read_feed(body.encode(), BASE).entries[0].title == "Дождь"              # declared wrong


@pytest.mark.parametrize(("text", "expected"), [
    ("2024-04-24T12:30:00+05:00", datetime(2024, 4, 24, 12, 30, tzinfo=timezone(timedelta(hours=5)))),
    ("2024-04-24T12:30Z", datetime(2024, 4, 24, 12, 30, tzinfo=UTC)),
    ("2024-04-24", datetime(2024, 4, 24, tzinfo=UTC)),
    ("Wed, 24 Apr 2024 12:30:00 GMT", datetime(2024, 4, 24, 12, 30, tzinfo=UTC)),
    ("24 Apr 2024 12:30:00 +0500", datetime(2024, 4, 24, 12, 30, tzinfo=timezone(timedelta(hours=5)))),
    ("24 сәуір 2024", datetime(2024, 4, 24, tzinfo=UTC)),
    ("soon", None), ("", None), (None, None), ("9" * 10_000, None),
])
def test_parse_moment(text, expected):
    assert parse_moment(text) == expected


def test_the_later_moment_counts():
    assert read_feed(ATOM.encode(), BASE).entries[0].moment.day == 25


@given(st.text(max_size=60))
def test_parse_moment_never_raises(text):
    found = parse_moment(text)
    assert found is None or found.tzinfo is not None


@given(st.binary(max_size=200) | st.text(alphabet='<>/&;"\'= rssitemlnkfeyd{}[]:,\x00ж', max_size=120).map(str.encode))
def test_reading_never_raises(body):
    for sent in (body, b"<rss><item><link>" + body, b"<feed><entry>" + body, b'{"items": [' + body):
        read_feed(sent, BASE)
