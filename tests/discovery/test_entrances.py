"""Where sitemaps and feeds are named, and where they are by custom."""

from malim_scraper.discovery.entrances import guessed_feeds, guessed_sitemaps, named_feeds
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

PAGE = """<html><head><link rel="alternate" type="application/rss+xml" href="/rss">
<link rel="ALTERNATE nofollow" type="application/atom+xml; charset=utf-8" href="https://malim.kz/atom">
<link rel="alternate" type="application/rss+xml" href="/comments/feed/"><link rel="alternate" hreflang="ru" href="/ru/">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="stylesheet" type="text/css" href="/rss.css">
<link rel="alternate" type="application/rss+xml" href="/rss"></head></html>"""


def test_named_feeds():
    page = read_page(parse_html(PAGE), "https://malim.kz/kk/")
    assert named_feeds(page) == ["https://malim.kz/rss", "https://malim.kz/atom", "https://malim.kz/kk/feed.json"]


def test_guesses_are_on_the_same_host_and_port():
    for guess in (*guessed_sitemaps("http://127.0.0.1:8000/kk/"), *guessed_feeds("http://127.0.0.1:8000/kk/")):
        assert guess.startswith("http://127.0.0.1:8000/")
        assert not guess.startswith("http://127.0.0.1:8000/kk/")
