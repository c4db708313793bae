"""Profile selectors: what a person wrote into a portal's profile for a field."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from malim_scraper.extraction.bylines import parse_byline
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.items import Image
from malim_scraper.text import clean
from malim_scraper.urls import absolute

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

MAX_MATCHES = 100


def find_selected(page: Page, field: str) -> Iterator[Candidate[Any]]:
    """Yield what the profile's selector for a field matches; nothing without one.

    A selector is CSS, or XPath when it begins with `/`. `::text` and `::attr(name)` work as in Scrapy.
    """
    texts = [text for match in select(page, field) if (text := _text(match))]
    if texts and (value := _read(page, field, texts)) not in (None, [], ""):
        yield Candidate(value, texts[0], "profile", selector_of(page, field))


def selector_of(page: Page, field: str) -> str:
    """Return the profile's selector for a field, empty when it has none."""
    return page.portal.selectors.get(field, "") if page.portal else ""


def select(page: Page, field: str) -> list[Any]:
    """Return what the profile's selector for a field matches, elements or texts, at most `MAX_MATCHES`.

    One that cannot be read matches nothing; loading a profile tells of it.
    """
    selector = selector_of(page, field)
    try:
        found = _compile(selector)(page.root) if selector else []
    except (SelectorError, etree.XPathError, ValueError):
        return []
    return (found if isinstance(found, list) else [found])[:MAX_MATCHES]


@lru_cache(maxsize=256)
def _compile(selector: str) -> etree.XPath:
    return etree.XPath(selector if selector.startswith("/") else HTMLTranslator().css_to_xpath(selector))


def _text(match: Any) -> str:
    if isinstance(match, str):
        return clean(match)
    if not isinstance(match, etree._Element):
        return ""
    for attribute in ("datetime", "content"):
        if value := match.get(attribute):
            return clean(value)
    return clean("".join(map(str, match.itertext()))) or match.get("src") or match.get("href") or ""


def _read(page: Page, field: str, texts: list[str]) -> Any:
    """Turn the texts that a selector matched into a field's value; the first text where a field has one."""
    if field == "authors":
        return list(dict.fromkeys(name for text in texts for name in parse_byline(text, declared=True)))
    if field == "tags":
        return list(dict.fromkeys(texts))
    if field == "images":
        return [Image(url) for text in texts if (url := absolute(text, page.url))]
    if field == "canonical_url":
        return absolute(texts[0], page.url)
    if field == "free_access":
        return {"true": True, "false": False}.get(texts[0].lower())
    return None if field == "related" else texts[0]  # related items are read by their own finder
