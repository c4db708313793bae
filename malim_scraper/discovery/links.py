"""The links of a page that a crawl may follow, likeliest articles first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from malim_scraper.discovery.addresses import UrlShapes, likeness, listing_of, page_number, part_number
from malim_scraper.discovery.buttons import find_buttons
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.page import Link, Page
from malim_scraper.labels import labels
from malim_scraper.text import fold
from malim_scraper.urls import Site, absolute, article_url, is_file, url_key

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
    form: the address as linked, where that is an AMP, print or mobile form.
    """

    url: str
    text: str
    score: float
    number: int | None = None
    form: str | None = None


@dataclass(slots=True)
class Links:
    """The portal's own links of a page, each address once.

    articles: probable ones, likeliest first, then in page order. listings: sections, tags, authors, archives and
    what else may lead on. pages: the other pages of the same listing, the next first. first: the first page, where this
    one is a further page of an article or listing.
    """

    articles: list[Found] = field(default_factory=list)
    listings: list[Found] = field(default_factory=list)
    pages: list[Found] = field(default_factory=list)
    first: str | None = None


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
    dated = _Dates(page)
    for url, form, link in _own_links(page, site, shapes):
        if url == here:
            continue
        if link is not None and link.text == "1" and (part_number(here, url) or 0) > 1:
            links.first = links.first or url
        if _is_page(url, link, here):
            number = part_number(url, here) or page_number(url)
            pages.setdefault(url, Found(url, link.text if link else "", -float(number or 0), number))
        elif link is not None:
            score = _score(url, link, shapes) + dated.stand_at(link)
            if url not in found or found[url].score < score:
                found[url] = Found(url, link.text, score, form=form)
    for one in sorted(found.values(), key=lambda one: -one.score):
        if one.url not in pages:
            (links.articles if one.score >= _ARTICLE_FROM else links.listings).append(one)
    links.pages = sorted(pages.values(), key=lambda one: -one.score)
    return links


def _own_links(page: Page, site: Site, shapes: UrlShapes) -> Iterator[tuple[str, str | None, Link | None]]:
    """Yield the plain address, the form of it that is linked where that is another, and the link; None for `<link>`."""
    base = absolute(page.base, page.url) or page.url
    if not site.owns(base):  # a mirror's `<base>`, or a hostile one: what the page links to is here, too
        base = page.url
    hrefs: list[tuple[str, Link | None]] = [(href, None) for rel, href in page.link_rels if "next" in rel.split()]
    hrefs += [(href, None) for href in find_buttons(page)]
    hrefs += [(link.href, link) for link in page.links[:MAX_LINKS]]
    known: dict[str, tuple[str, str | None] | None] = {}  # pages link twice, with a picture and with a title
    for href, link in hrefs:
        if href not in known:
            known[href] = _own_address(href, base, site, shapes)
        if (address := known[href]) is not None:
            yield *address, link


def _own_address(href: str, base: str, site: Site, shapes: UrlShapes) -> tuple[str, str | None] | None:
    url = absolute(href, base)
    if url is None or not site.owns(url) or is_file(url):
        return None
    plain = article_url(url)
    if not shapes.may_follow(plain):
        return None
    return plain, None if url == plain or url_key(url) == url_key(plain) else url


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


def _score(url: str, link: Link, shapes: UrlShapes) -> float:
    score = likeness(url) + shapes.likeness(url)
    words = len(link.text.split())
    score += 1.5 if words >= _TITLE_WORDS else 0.5 if words == _TITLE_WORDS - 1 else -0.5 if words == 1 else 0
    if link.node.hints & _FRAME:
        score -= 1
    if "nofollow" in (link.element.get("rel") or "").lower():
        score -= 1
    return score


class _Dates:
    """Where dates stand on a page; each text block is searched once."""

    def __init__(self, page: Page) -> None:
        self._blocks = page.blocks
        self._known: dict[int, bool] = {}

    def stand_at(self, link: Link) -> bool:
        """Tell whether a date stands in the link's text block or in the one before or behind it."""
        first, end = max(0, link.start - 1), min(max(link.stop, link.start + 1) + 1, len(self._blocks))
        return any(map(self._stands_in, range(first, min(end, first + 6))))

    def _stands_in(self, block: int) -> bool:
        if block not in self._known:
            self._known[block] = _DATE.search(self._blocks[block].text[:200]) is not None
        return self._known[block]
