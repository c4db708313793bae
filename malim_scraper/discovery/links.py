"""The links of a page that a crawl may follow, likeliest articles first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from malim_scraper.discovery.addresses import UrlShapes, likeness, listing_of, page_number, part_number
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.page import Link, Page
from malim_scraper.labels import labels
from malim_scraper.text import fold
from malim_scraper.urls import Site, absolute, article_url, is_file

MAX_LINKS = 5_000
_DATE = re.compile(r"(?<![0-9])(?:[0-3]?[0-9][./][01]?[0-9][./](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]"
                   r"|[0-2]?[0-9]:[0-5][0-9])(?![0-9])")
_ARROWS = frozenset(("»", "›", ">", ">>", "→", "⟩", "▶", "❯", "…", "››", "»»"))
_FRAME = Hint.NAV | Hint.HEADER | Hint.FOOTER
_ARTICLE_FROM = 2.0  # likeness from which a link counts as one to an article
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class Found:
    """One link worth following.

    url: folded, the plain form. text: what it prints. score: high for likely articles.
    number: of `Links.pages`, which page of the listing or which part of the article it is, where the address says so.
    """

    url: str
    text: str
    score: float
    number: int | None = None


@dataclass(slots=True)
class Links:
    """The portal's own links of a page, each address once.

    articles: probable ones, likeliest first, then in page order. listings: sections, tags, authors, archives and
    what else may lead on. pages: the other pages of the same listing, the next first.
    """

    articles: list[Found] = field(default_factory=list)
    listings: list[Found] = field(default_factory=list)
    pages: list[Found] = field(default_factory=list)


def find_links(page: Page, site: Site, shapes: UrlShapes | None = None) -> Links:
    """Return what a page links to on its own portal.

    page: with the address it was fetched from. site: what is the portal's own. shapes: what its addresses turned out
    to be so far. Files, logins, searches and addresses that look endless are left out; all links are, when the page
    says so by `<meta name="robots" content="nofollow">`. Never raises.
    """
    links = Links()
    if any({"nofollow", "none"} & set(re.split(r"[\s,]+", content.lower())) for content in page.metas("robots")):
        return links
    here = article_url(page.url)
    found: dict[str, Found] = {}
    pages: dict[str, Found] = {}
    shapes = shapes or UrlShapes()
    for url, link in _own_links(page, site, shapes):
        if url == here:
            continue
        if _is_page(url, link, here):
            number = part_number(url, here) or page_number(url)
            pages.setdefault(url, Found(url, link.text if link else "", -float(number or 0), number))
        elif link is not None:
            score = _score(url, link, page, shapes)
            if url not in found or found[url].score < score:
                found[url] = Found(url, link.text, score)
    for one in sorted(found.values(), key=lambda one: -one.score):
        if one.url not in pages:
            (links.articles if one.score >= _ARTICLE_FROM else links.listings).append(one)
    links.pages = sorted(pages.values(), key=lambda one: -one.score)
    return links


def _own_links(page: Page, site: Site, shapes: UrlShapes) -> Iterator[tuple[str, Link | None]]:
    base = absolute(page.base, page.url) or page.url
    hrefs: list[tuple[str, Link | None]] = [(href, None) for rel, href in page.link_rels if "next" in rel.split()]
    hrefs += [(link.href, link) for link in page.links[:MAX_LINKS]]
    for href, link in hrefs:
        url = absolute(href, base)
        if url is None or not site.owns(url) or is_file(url):
            continue
        url = article_url(url)
        if shapes.may_follow(url):
            yield url, link


def _is_page(url: str, link: Link | None, here: str) -> bool:
    """Tell whether a link leads to another page of the same listing, or of the same article.

    `rel="next"` and its labels also lead from an article to the next one; then the address looks like an article's.
    """
    if page_number(url) is not None and listing_of(url) == listing_of(here):
        return True
    says_next = _says_next(link)
    if part_number(url, here) is not None or page_number(url) is not None:
        return says_next or (link is not None and link.text.isdigit())
    return says_next and likeness(url) < 1


def _says_next(link: Link | None) -> bool:
    if link is None or "next" in (link.element.get("rel") or "").lower().split() or link.text in _ARROWS:
        return True
    return len(link.text) < 40 and fold(link.text) in labels("next_page")


def _score(url: str, link: Link, page: Page, shapes: UrlShapes) -> float:
    score = likeness(url) + shapes.likeness(url)
    words = len(link.text.split())
    score += 1.5 if words >= _TITLE_WORDS else 0.5 if words == _TITLE_WORDS - 1 else -0.5 if words == 1 else 0
    if link.node.hints & _FRAME:
        score -= 1
    if _has_date(link, page):
        score += 1
    if "nofollow" in (link.element.get("rel") or "").lower():
        score -= 1
    return score


def _has_date(link: Link, page: Page) -> bool:
    """Tell whether a date stands in the link's text block or in the one before or behind it."""
    near = page.blocks[max(0, link.start - 1):max(link.stop, link.start + 1) + 1]
    return any(_DATE.search(block.text[:200]) for block in near[:6])
