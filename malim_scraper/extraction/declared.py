"""Which JSON-LD nodes speak of this page's own article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from malim_scraper.dates import find_dates, read_date
from malim_scraper.extraction.jsonld import JsonLd, Node, first_text, read_jsonld
from malim_scraper.extraction.relevance import is_certain, shares_word
from malim_scraper.text import fold
from malim_scraper.urls import absolute, url_key

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

_SAYS_SOMETHING = ("headline", "datePublished", "author", "articleBody")


@dataclass(frozen=True, slots=True)
class Declared:
    """nodes: article nodes of this page, the best first, then its page nodes. jsonld: all nodes, for references."""

    nodes: list[tuple[str, Node]]
    jsonld: JsonLd

    def values(self, *keys: str) -> Iterator[tuple[str, Any]]:
        """Yield (JSON pointer, value) of these keys, node by node; references resolved, empty values left out."""
        for pointer, node in self.nodes:
            for key in keys:
                if (value := node.get(key)) not in (None, "", [], {}):
                    yield f"{pointer}/{key}", self.jsonld.resolve(value)


def read_declared(page: Page) -> Declared:
    """Choose the nodes that fit the page by address or headline; a lone article node always does.

    Of several that do not fit, as on list pages, none is taken, nor one whose headline says nothing of what is printed.
    """
    jsonld = read_jsonld(page.scripts)
    titles = {fold(title) for title in (page.title, *page.metas("og:title"))} - {""}
    if page.layout.headline:
        titles.add(fold(page.layout.headline.text))
    own = {url_key(url) for url in (page.url, *page.metas("og:url")) if url}
    rated = [(_fit(node, titles, own, page.url), pointer, node) for pointer, node in jsonld.articles]
    fitting = sorted((row for row in rated if row[0]), key=lambda row: -row[0])
    if not fitting and len(rated) == 1:
        fitting = rated
    fitting = [row for row in fitting if _speaks(page, row[2])]
    nodes = [(pointer, node) for _, pointer, node in fitting]
    nodes += [row for row in jsonld.pages if any(key in row[1] for key in _SAYS_SOMETHING)]
    return Declared(nodes, jsonld)


def _speaks(page: Page, node: Node) -> bool:
    """Whether a node is about what is printed: not if neither its headline nor its day is."""
    headline = first_text(node.get("headline"))
    if not headline or not is_certain(page) or shares_word(headline, page):
        return True
    declared = read_date(first_text(node.get("datePublished")))
    printed = [
        read_date(text)
        for index in page.vicinity.head
        for text in find_dates(page.blocks[index].text)
        if index > page.vicinity.headline
    ]
    days = {str(reading.value)[:10] for reading in printed if reading}
    return not days or (declared is not None and str(declared.value)[:10] in days)


def _fit(node: Node, titles: set[str], own: set[str], base: str) -> int:
    headline = fold(first_text(node.get("headline")) or first_text(node.get("name")))
    by_title = bool(headline) and any(headline in title or (len(title) > 15 and title in headline) for title in titles)
    addresses = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    addresses += [value.get("@id") for value in addresses if isinstance(value, dict)]
    found = (absolute(value, base) for value in addresses if isinstance(value, str))
    by_address = any(url and url_key(url) in own for url in found)
    return 2 * by_title + by_address + (by_title or by_address) * ("headline" in node)
