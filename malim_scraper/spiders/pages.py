"""A web page: its links are put in line, its article goes to the pipelines."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

from scrapy import Request
from scrapy.http import Response, TextResponse

from malim_scraper.dataset import PageRow
from malim_scraper.dataset.refresh import FIRST
from malim_scraper.dataset.wordings import Wording, find_wording, note_page
from malim_scraper.discovery.buttons import read_link_header
from malim_scraper.discovery.entrances import guessed_feeds, guessed_sitemaps, named_feeds
from malim_scraper.discovery.links import Links, find_links
from malim_scraper.extraction import examine, visible_fields
from malim_scraper.extraction.app_shell import shell_sign
from malim_scraper.extraction.page import Page
from malim_scraper.extraction.robots import NO_FOLLOW, WARNED, read_robots_header
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Article
from malim_scraper.spiders.desk import Desk, Visit, clock, now
from malim_scraper.spiders.parts import ask_part
from malim_scraper.urls import article_url, url_key

logger = logging.getLogger(__name__)
_HOUR, _DAY = 3_600.0, 86_400.0
_USEFUL = ("article", "duplicate", "part", "older", "forgotten")


def read_html(desk: Desk, page: PageRow, response: TextResponse, *, is_start: bool) -> Iterator[Article | Request]:
    """Follow a page's links and yield its article, or the request for the article's next page.

    page: its row in the frontier. is_start: feeds and sitemaps are looked for.
    """
    begun = time.perf_counter()
    html = read_page(response.selector.root, response.url)
    read = examine(html, desk.profile)
    desk.extraction.note(time.perf_counter() - begun)
    if is_start:
        _follow_documents(desk, page, html)
    article = read.article
    if article is None and not is_start and desk.looks_like_article(page):
        desk.count("unread")
    robots = read_robots_header(value.decode("latin-1") for value in response.headers.getlist("X-Robots-Tag"))
    if article is not None:
        article.warnings += [word for word in WARNED if word in robots and word not in article.warnings]
    desk.shapes.learn(page.url, is_article=article is not None)
    html.link_rels += read_link_header(value.decode("latin-1") for value in response.headers.getlist("Link"))
    links = Links() if robots & NO_FOLLOW else find_links(html, desk.site, desk.shapes)
    _follow(desk, page, links, is_article=article is not None)
    if article is None:
        if is_start:
            _tell_shell(html, response)
        _is_no_article(desk, page, response)
    elif (target := _other_address(desk, page, article, links.first)) is not None:
        if desk.frontier.unwind(page) or not desk.frontier.add(target, rank=max(page.rank, 1.0), parent=page.parent):
            desk.patience.visited(page.url)
        desk.frontier.done(page, "moved", target=target)
        note_page(desk.store.state, desk.frontier.portal, page.url, article)
        desk.count("moved")
        desk.store.changed()
    else:
        article.url = response.url
        article.portal = desk.portal.name
        visit = Visit(page, response.meta.get("fetched_at") or clock(), *validators(response))
        visit.visible = visible_fields(read)
        desk.visits[article.url] = visit
        yield ask_part(desk, article, visit, links) or article


def validators(response: Response) -> tuple[str | None, str | None]:
    """Return ETag and Last-Modified of a response, or None; those behind a redirect are another page's."""
    if response.meta.get("redirect_times"):
        return None, None
    etag, modified = response.headers.get("ETag"), response.headers.get("Last-Modified")
    return etag.decode("latin-1") if etag else None, modified.decode("latin-1") if modified else None


def _follow(desk: Desk, page: PageRow, links: Links, *, is_article: bool) -> None:
    """Put links in line so that the articles of a listing come before further listings, and the first of them first."""
    rank = min(page.rank, now())
    base = rank - _HOUR if is_article else rank
    new = 0
    for place, found in enumerate(links.articles):
        new += desk.follow(found.form or found.url, rank=base - 1 - place, parent=page)
    for place, found in enumerate(links.listings):
        desk.follow(found.url, rank=base - _DAY / 2 - place, parent=page)
    for place, found in enumerate(links.pages):
        if not (is_article and found.number):  # else it may be a page of the article, which asks for it itself
            desk.follow(found.url, rank=base - _DAY - place, parent=page)
    if new and page.outcome is not None and links.pages and not is_article:
        _go_on(desk, links.pages[0].url, base - _DAY)


def _go_on(desk: Desk, url: str, rank: float) -> None:
    """A known listing has something new: its next page may, too."""
    known = desk.frontier.find(url)
    if known is not None and known.status == "done":
        desk.frontier.again([known.id], rank=rank)


def _follow_documents(desk: Desk, page: PageRow, html: Page) -> None:
    feeds = named_feeds(html) or guessed_feeds(page.url)
    for place, url in enumerate(feeds):
        if desk.site.owns(url):
            desk.frontier.add(url, kind="feed", rank=FIRST + 2 - place / 1_000, parent=page.id)
    if not desk.has_sitemaps:
        guess_sitemaps(desk, page)


def guess_sitemaps(desk: Desk, page: PageRow) -> None:
    """Look for sitemaps where they are by custom."""
    for place, url in enumerate(guessed_sitemaps(page.url)):
        desk.frontier.add(url, kind="sitemap", rank=FIRST + 1 - place / 1_000, parent=page.id)


def _tell_shell(html: Page, response: Response) -> None:
    if "rendered" not in response.flags and (sign := shell_sign(html.root)):
        logger.warning("%s is filled by JavaScript (%s): crawl with --render auto, or put `render = true` into the "
                       "profile", response.url, sign)


def _is_no_article(desk: Desk, page: PageRow, response: Response) -> None:
    desk.count("not_articles")
    desk.patience.visited(page.url)
    etag, modified = validators(response)
    desk.frontier.done(page, "listing", etag=etag, modified=modified)
    desk.frontier.disappoint(page)
    desk.store.changed()


def _other_address(desk: Desk, page: PageRow, article: Article, first: str | None) -> str | None:
    """Return the address that is to be fetched instead of this one, or None when this page is to be stored.

    That is the first page of the article, or the canonical one. One that is known to be no article, another one, or
    that names yet another address, is not followed; then the page stands for itself.
    """
    canonical = first or article_url(article.canonical_url)
    if url_key(canonical) == url_key(page.url):
        return None
    if not page.own and desk.site.owns(canonical) and desk.shapes.may_follow(canonical):
        known = desk.frontier.find(canonical)
        is_useful = known is None or known.outcome is None or known.outcome in _USEFUL
        if is_useful and not _is_another(desk, canonical, article):
            return canonical
    article.canonical_url = article_url(page.url)
    return None


def _is_another(desk: Desk, url: str, article: Article) -> bool:
    """Tell whether the page of an address is known to show another article: canonical links lie."""
    there = find_wording(desk.store.state, desk.frontier.portal, url)
    return there is not None and not there.is_of(Wording.of(article.title, article.body, None, None))
