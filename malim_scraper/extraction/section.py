"""The section: the rubric that an article stands in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import first_text, texts
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, value_of
from malim_scraper.extraction.site import is_site_name
from malim_scraper.extraction.title import is_kicker
from malim_scraper.text import clean, fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Link, Page

LONGEST = 60  # characters
_HOME = frozenset(("home", "start", "startseite", "главная", "басты бет", "accueil", "inicio", "головна", "strona główna", "αρχική",
                   "homepage", "башкы бет", "bosh sahifa", "ana sayfa", "басты", "главная страница", "hjem", "hem", "etusivu"))


def find_section(page: Page) -> Iterator[Candidate[str]]:
    """Yield rubrics: declared, from breadcrumbs, from the line over the headline."""
    for pointer, value in page.declared.values("articleSection"):
        for text in texts(value):
            yield from _candidate(page, text, "json-ld", pointer)
    for content, evidence, name in meta_values(page, "section"):
        yield from _candidate(page, content, evidence, name)
    for mark in properties(page, "articleSection"):
        yield from _candidate(page, value_of(mark), "microdata", f"{mark.tag}[itemprop=articleSection]")
    for pointer, crumbs in page.declared.jsonld.breadcrumbs[:2]:
        yield from _of_crumbs(page, _names_of(crumbs), "json-ld-breadcrumb", pointer)
    yield from _of_crumbs(page, _printed_crumbs(page), "breadcrumb", "breadcrumb")
    yield from _kicker(page)


def _candidate(page: Page, text: str, evidence: str, where: str) -> Iterator[Candidate[str]]:
    text = clean(text)
    headline = page.layout.headline
    if (text and len(text) <= LONGEST and fold(text) not in _HOME and "/" not in text and not text.isdigit()
            and not (headline and fold(text) == fold(headline.text)) and not is_site_name(text, page.site_names)):
        yield Candidate(text, text, evidence, where)


def _names_of(crumbs: dict[str, Any]) -> list[str]:
    items = crumbs.get("itemListElement")
    names = []
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict):
            names.append(first_text(item.get("name")) or first_text(item.get("item")))
    return [clean(name) for name in names if name and not name.startswith("http")]


def _of_crumbs(page: Page, names: list[str], evidence: str, where: str) -> Iterator[Candidate[str]]:
    """Yield the deepest crumb that is neither the site, nor the front page, nor the article itself."""
    titles = [fold(title) for title in (page.title, page.layout.headline.text if page.layout.headline else "") if title]
    for name in reversed(names):
        folded = fold(name)
        if len(folded) > 15 and any(folded in title or title in folded for title in titles):
            continue
        if found := list(_candidate(page, name, evidence, where)):
            yield found[0]
            return


def _printed_crumbs(page: Page) -> list[str]:
    headline = page.layout.headline
    stop = headline.index + 3 if headline else 40
    before = page.links[:bisect_left(page.links, stop, key=lambda link: link.start)]
    return [link.text for link in before if link.node.hints & Hint.NAV and link.text and _in_breadcrumb(link)]


def _in_breadcrumb(link: Link) -> bool:
    node = link.node
    for _ in range(3):
        if "breadcrumb" in node.names.lower() or "crumbs" in node.names.lower():
            return True
        if node.parent is None:
            return False
        node = node.parent
    return False


def _kicker(page: Page) -> Iterator[Candidate[str]]:
    """A short linked line close over the headline, or one named as a kicker."""
    vicinity = page.vicinity
    for index in range(vicinity.headline - 1, max(-1, vicinity.headline - 4), -1):
        block = page.blocks[index]
        if len(block.text) > LONGEST or block.hints & (Hint.NAV | Hint.SHARE | Hint.HIDDEN | Hint.AD):
            continue
        if is_kicker(block.node.element):
            yield from _candidate(page, block.text, "kicker", block.node.tag)
