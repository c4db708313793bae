"""The one place that chooses: candidates of all finders in, one value per field out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree
from parsel import Selector

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.normalise import normalise
from malim_scraper.extraction.page import Page, parse_html
from malim_scraper.extraction.related import find_related
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Article, Block
from malim_scraper.profiles import Portal, load_portal


@dataclass(frozen=True, slots=True)
class Explanation:
    """The record with all candidates, also those that lost. article: None when the page is no article."""

    article: Article | None
    candidates: dict[str, list[Candidate[Any]]] = field(default_factory=dict)


def extract(html: str | bytes, *, url: str | None = None, crawled_at: datetime | None = None,
            portal: str | Portal | None = None, timezone: str | None = None, content_type: str | None = None) -> Article | None:
    """Extract the article of a page, or None when the page is no article. Never raises, touches no network.

    html: the page; of bytes the encoding is found. url: its address, for absolute links. crawled_at: aware; needed for
    relative dates. portal: profile name, TOML path or Portal. timezone: IANA name, for times without an offset.
    content_type: the HTTP header.
    """
    return explain(html, url=url, crawled_at=crawled_at, portal=portal, timezone=timezone, content_type=content_type).article


def explain(html: str | bytes, *, url: str | None = None, crawled_at: datetime | None = None,
            portal: str | Portal | None = None, timezone: str | None = None, content_type: str | None = None) -> Explanation:
    """Extract as `extract` does, and keep the candidates that lost."""
    profile = load_portal(portal) if isinstance(portal, str) else portal
    root = parse_html(html, content_type)
    if root is None:
        return Explanation(None)
    page = read_page(root, url or "")
    page.portal = profile
    found = _judge(page)
    if found.article is None:
        return found
    zone = timezone or (profile.timezone if profile else None)
    return Explanation(normalise(found.article, crawled_at=crawled_at, timezone=zone), found.candidates)


def parse(tree: etree._Element | Selector, *, url: str, portal: Portal | None = None) -> Article | None:
    """Extract the article of a parsed page with its dates as printed, or None when the page is no article.

    tree: the root element, or a response's selector. url: its address. portal: its profile.
    """
    page = read_page(tree.root if isinstance(tree, Selector) else tree, url)
    page.portal = portal
    return _judge(page).article


def _find_title(page: Page) -> Iterable[Candidate[str]]:
    if page.layout.headline:
        yield Candidate(page.layout.headline.text, page.layout.headline.text, "heading", "h1")
    if page.title:
        yield Candidate(page.title, page.title, "title", "title")


FINDERS: dict[str, Callable[[Page], Iterable[Candidate[Any]]]] = {"title": _find_title, "related": find_related}


def _judge(page: Page) -> Explanation:
    candidates = {name: list(find(page)) for name, find in FINDERS.items()}
    body = page.layout.body
    if not candidates["title"] or not body:
        return Explanation(None, candidates)
    best = candidates["title"][0]
    article = Article(id=page.url, url=page.url, canonical_url=page.url, portal="", title=best.value,
                      blocks=[Block("paragraph", block.text) for block in body], body="\n\n".join(b.text for b in body),
                      related=candidates["related"][0].value if candidates["related"] else [],
                      provenance={"title": best.evidence})
    return Explanation(article, candidates)
