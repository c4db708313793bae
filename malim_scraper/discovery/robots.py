"""Where sitemaps and feeds are: what robots.txt and a page name, and where they are by custom."""

import re
from collections.abc import Iterable

from malim_scraper.extraction.page import Page
from malim_scraper.urls import absolute

MAX_NAMED = 500
_SITEMAP = re.compile(r"\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)
_FEED_TYPES = ("rss", "atom", "rdf", "feed+json")
# Asked only where robots.txt and the start page name none; the likeliest first.
SITEMAP_GUESSES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml.gz",
                   "/wp-sitemap.xml", "/sitemap.txt")
FEED_GUESSES = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")


def named_sitemaps(robots: str, base: str) -> list[str]:
    """Return the sitemaps that a robots.txt names, in its order, each once.

    robots: its text. base: its address. Source: sitemaps.org/protocol.html#submit_robots.
    """
    return _addresses((found[1] for line in robots[:1_000_000].splitlines() if (found := _SITEMAP.match(line))), base)


def guessed_sitemaps(start_url: str) -> list[str]:
    """Return where the sitemaps of a portal are by custom, the likeliest first."""
    return _addresses(SITEMAP_GUESSES, start_url)


def guessed_feeds(start_url: str) -> list[str]:
    """Return where the feeds of a portal are by custom, the likeliest first."""
    return _addresses(FEED_GUESSES, start_url)


def named_feeds(page: Page) -> list[str]:
    """Return the feeds that a page names in `<link rel="alternate">`, in its order, each once.

    Feeds of comments are left out. Source: RSS autodiscovery, RFC 4287 1.
    """
    base = absolute(page.base, page.url) or page.url
    hrefs = []
    for link in page.root.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").lower()
        if "alternate" in rel and any(word in kind for word in _FEED_TYPES):
            hrefs.append(link.get("href") or "")
    return [url for url in _addresses(hrefs, base) if "comments" not in url]


def _addresses(hrefs: Iterable[str], base: str) -> list[str]:
    found = dict.fromkeys(url for href in hrefs if (url := absolute(href, base)))
    return list(found)[:MAX_NAMED]
