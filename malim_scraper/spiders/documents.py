"""Sitemaps and feeds: what they name is put in line, newest first."""

from __future__ import annotations

from datetime import datetime

from scrapy.http import Response

from malim_scraper.dataset import PageRow, refresh
from malim_scraper.discovery.feeds import read_feed
from malim_scraper.discovery.sitemaps import SitemapEntry, is_lastmod_honest, read_sitemap
from malim_scraper.spiders.desk import Desk, clock, now
from malim_scraper.urls import article_url

_UNDATED = 1e9  # rank of an address without a date: behind those with one


def read_document(desk: Desk, page: PageRow, response: Response) -> bool:
    """Put in line what a sitemap or feed names; returns whether the response was one.

    The kind that was expected is tried first: portals call a feed sitemap, and the other way round.
    """
    readers = (_read_feed, _read_sitemap) if page.kind == "feed" else (_read_sitemap, _read_feed)
    return any(read(desk, page, response) for read in readers)


def _read_sitemap(desk: Desk, page: PageRow, response: Response) -> bool:
    sitemap = read_sitemap(response.body, response.url)
    for place, child in enumerate(_newest_first(sitemap.children)):
        if not desk.site.owns(child.url):
            continue
        is_new = desk.frontier.add(child.url, kind="sitemap", rank=refresh.FIRST - 1 - place, parent=page.id,
                                   lastmod=child.lastmod)
        if child.lastmod and not is_new:
            desk.frontier.changed(child.url, child.lastmod, _seconds(child.moment))
    is_honest = is_lastmod_honest(sitemap.entries, fetched_at=clock())
    for place, entry in enumerate(sitemap.entries):
        changed = entry.lastmod if is_honest else None
        moment = entry.moment if is_honest or entry.published else None
        _see(desk, page, entry.url, place, moment, changed)
    return bool(sitemap.children or sitemap.entries)


def _read_feed(desk: Desk, page: PageRow, response: Response) -> bool:
    feed = read_feed(response.body, response.url)
    for place, entry in enumerate(feed.entries):
        _see(desk, page, entry.url, place, entry.moment, entry.updated)
    if feed.next_url and feed.entries and desk.site.owns(feed.next_url):
        desk.frontier.add(feed.next_url, kind="feed", rank=page.rank - 1e6, parent=page.id)
    return bool(feed.entries)


def _see(desk: Desk, page: PageRow, url: str, place: int, moment: datetime | None, changed: str | None) -> None:
    rank = min(_seconds(moment) or _UNDATED - place, now())
    if not desk.follow(url, rank=rank, parent=page, lastmod=changed) and changed:
        desk.frontier.changed(article_url(url), changed, _seconds(moment))


def _newest_first(entries: list[SitemapEntry]) -> list[SitemapEntry]:
    return sorted(entries, key=lambda entry: -(_seconds(entry.moment) or 0))


def _seconds(moment: datetime | None) -> float | None:
    return moment.timestamp() if moment else None
