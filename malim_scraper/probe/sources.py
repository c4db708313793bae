"""Sitemaps and feeds under the eye of a probe."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from malim_scraper.discovery.feeds import read_feed
from malim_scraper.discovery.sitemaps import SitemapEntry, is_lastmod_honest, read_sitemap
from malim_scraper.probe.report import Source


@dataclass(slots=True)
class Addresses:
    """What a sitemap or feed named, the newest first.

    source: how it is reported. sure: addresses that are articles because the document says so. others: the rest.
    children: further sitemaps. moments: those with an offset of their own.
    """

    source: Source
    sure: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    children: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)


def read_source(body: bytes, url: str, now: datetime) -> Addresses | None:
    """Read a sitemap or feed; None when the answer is neither."""
    sitemap = read_sitemap(body, url)
    if sitemap.children:
        children = _newest_first(sitemap.children)
        return Addresses(Source(url, "sitemap index", len(children), _newest(_moments(children))),
                         children=[entry.url for entry in children])
    if sitemap.entries:
        return _of_sitemap(sitemap.entries, url, now)
    entries = read_feed(body, url).entries
    if not entries:
        return None
    moments = [entry.moment for entry in entries if entry.moment]
    return Addresses(Source(url, "feed", len(entries), _newest(moments), "" if moments else "without dates"),
                     sure=[entry.url for entry in entries], moments=moments)


def _of_sitemap(entries: list[SitemapEntry], url: str, now: datetime) -> Addresses:
    is_news = any(entry.published for entry in entries)
    has_lastmod = any(entry.lastmod for entry in entries)
    note = "" if is_news else "without lastmod: edits cannot be seen"
    if has_lastmod:
        is_honest = is_lastmod_honest(entries, fetched_at=now)
        note = "lastmod is honest" if is_honest else "lastmod is the time of generation, not of a change"
    moments = _moments(entries)
    addresses = [entry.url for entry in _newest_first(entries)]
    source = Source(url, "news sitemap" if is_news else "sitemap", len(entries), _newest(moments), note)
    return Addresses(source, addresses if is_news else [], [] if is_news else addresses, moments=moments[:200])


def _moments(entries: list[SitemapEntry]) -> list[datetime]:
    return [entry.moment for entry in entries if entry.moment]


def _newest(moments: list[datetime]) -> str | None:
    return max(moments).isoformat() if moments else None


def _newest_first(entries: list[SitemapEntry]) -> list[SitemapEntry]:
    return sorted(entries, key=lambda entry: -(entry.moment.timestamp() if entry.moment else 0))
