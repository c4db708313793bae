"""Where sitemaps and feeds are: what a page names, and where they are by custom. Scrapy reads those of robots.txt."""

from collections.abc import Iterable

from malim_scraper.extraction.page import Page
from malim_scraper.urls import absolute

MAX_NAMED = 500
_FEED_TYPES = ("rss", "atom", "rdf", "feed+json")
# Asked only where robots.txt and the start page name none; the likeliest first.
SITEMAP_GUESSES = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml.gz",
                   "/wp-sitemap.xml", "/sitemap.txt")
FEED_GUESSES = ("/feed/", "/rss", "/rss.xml", "/feed.xml", "/atom.xml")


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
