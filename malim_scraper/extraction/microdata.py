"""Microdata and RDFa: elements whose `itemprop` or `property` belongs to the page's article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lxml import etree

from malim_scraper.extraction.jsonld import is_article_type

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Mark, Page

MAX_CLIMB = 60


def properties(page: Page, name: str) -> Iterator[Mark]:
    """Yield the marks whose property is `name` and whose owner is an article or nothing, in page order.

    name: a property of schema.org, such as `datePublished`. Properties of a comment, an image, a person or of another
    article than the one with the headline are left out. Source: HTML microdata, RDFa Lite.
    """
    headline = page.layout.headline
    for mark in page.properties.get(name.lower(), ()):
        scope = _scope(mark.element)
        if scope is None or (
            _is_article(scope) and (headline is None or _holds(scope, headline.node.element) or _alone(page, scope))
        ):
            yield mark


def index_properties(marks: Iterable[Mark]) -> dict[str, list[Mark]]:
    """Return the marks by each of their properties, in lower case and without a vocabulary's prefix."""
    found: dict[str, list[Mark]] = {}
    for mark in marks:
        if "itemprop" in mark.attrs or "property" in mark.attrs:
            for word in property_names(mark):
                found.setdefault(word.rpartition(":")[2].lower(), []).append(mark)
    return found


def property_names(mark: Mark) -> list[str]:
    """Return the names that `itemprop` and `property` give an element."""
    return (mark.attrs.get("itemprop", "") + " " + mark.attrs.get("property", "")).split()


def value_of(mark: Mark) -> str:
    """Return the value that the element has as a property: machine-readable if it has one, else its text."""
    for attribute in ("content", "datetime", "src", "resource"):
        if value := mark.attrs.get(attribute, "").strip():
            return value
    return mark.text


def _scope(element: etree._Element) -> etree._Element | None:
    """The nearest ancestor that opens an item; an element's own item is what the property holds, not its owner."""
    for climbed, ancestor in enumerate(element.iterancestors()):
        if climbed > MAX_CLIMB:
            return None
        if ancestor.get("itemtype") or ancestor.get("typeof"):
            kind = (ancestor.get("itemtype") or ancestor.get("typeof") or "").lower()
            if not kind.rstrip("/").endswith(("webpage", "itempage", "website")):
                return ancestor
    return None


def _is_article(scope: etree._Element) -> bool:
    kinds = (scope.get("itemtype") or scope.get("typeof") or "").lower().split()
    return is_article_type(kind.rstrip("/").rpartition("/")[2].rpartition(":")[2] for kind in kinds)


def _holds(scope: etree._Element, element: etree._Element) -> bool:
    return element is scope or any(ancestor is scope for ancestor in element.iterancestors())


def _alone(page: Page, scope: etree._Element) -> bool:
    """Whether this is the first article on a page whose headline stands outside of it, and it is no teaser."""
    if not page.layout.body:
        return True
    return _holds(scope, page.layout.body[0].node.element)
