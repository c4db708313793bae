"""Sitemaps and feeds: what they name is put in line, newest first."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime

from scrapy.http import Response

from malim_scraper.dataset import PageRow, refresh
from malim_scraper.discovery.feeds import read_feed
from malim_scraper.discovery.moments import parse_moment
from malim_scraper.discovery.sitemaps import SitemapEntry, are_honest, iter_sitemap
from malim_scraper.spiders.desk import Desk, clock, now
from malim_scraper.urls import article_url

SLICE = 500  # entries
Slices = Generator[None, None, bool]
_UNDATED = 1e9  # rank of an address without a date: behind those with one


def read_document(desk: Desk, page: PageRow, response: Response) -> Slices:
    """Put in line what a sitemap or feed names; returns whether the response was one.

    Yields after each slice of the work: one of 50,000 entries takes seconds, in which other crawls and signals wait.
    The kind that was expected is tried first: portals call a feed sitemap, and the other way round.
    """
    readers = (_read_feed, _read_sitemap) if page.kind == "feed" else (_read_sitemap, _read_feed)
    for read in readers:
        if (yield from read(desk, page, response)):
            return True
    return False


def _read_sitemap(desk: Desk, page: PageRow, response: Response) -> Slices:
    entries: list[SitemapEntry] = []
    children: list[SitemapEntry] = []
    moments: list[tuple[datetime | None, datetime | None]] = []
    for is_child, entry in iter_sitemap(response.body, response.url):
        (children if is_child else entries).append(entry)
        if not is_child:
            moments.append((parse_moment(entry.lastmod), parse_moment(entry.published)))
        if not len(entries) % SLICE:
            yield
    _see_children(desk, page, children)
    is_honest = are_honest([lastmod for lastmod, _ in moments if lastmod], fetched_at=clock())
    for place, (entry, both) in enumerate(zip(entries, moments, strict=True)):
        changed = entry.lastmod if is_honest else None
        moment = max(filter(None, both), default=None) if is_honest or entry.published else None
        _see(desk, page, entry.url, place, moment, changed)
        if not (place + 1) % SLICE:
            yield
    return bool(children or entries)


def _see_children(desk: Desk, page: PageRow, children: list[SitemapEntry]) -> None:
    for place, child in enumerate(_newest_first(children)):
        if not desk.site.owns(child.url):
            continue
        is_new = desk.frontier.add(child.url, kind="sitemap", rank=refresh.FIRST - 1 - place, parent=page.id,
                                   lastmod=child.lastmod)
        if child.lastmod and not is_new:
            desk.frontier.changed(child.url, child.lastmod, _seconds(child.moment))


def _read_feed(desk: Desk, page: PageRow, response: Response) -> Slices:
    feed = read_feed(response.body, response.url)
    for place, entry in enumerate(feed.entries):
        _see(desk, page, entry.url, place, entry.moment, entry.updated)
        if not (place + 1) % SLICE:
            yield
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
