"""The lead: the summary that a page prints or declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import texts
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.text import clean, fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

SHORTEST, LONGEST = 30, 1_000  # characters

MAX_MARKED = 2  # more paragraphs under one such name are the text


def find_lead(page: Page) -> Iterator[Candidate[str]]:
    """Yield summaries: printed between headline and text in an element named as one, or declared."""
    vicinity = page.vicinity
    marked = [
        page.blocks[index]
        for index in vicinity.head
        if index > vicinity.headline
        and page.blocks[index].hints & Hint.LEAD
        and not vicinity.is_elsewhere(page.blocks[index])
    ]
    for block in marked if len(marked) <= MAX_MARKED else ():
        if _fits(block.text, page):
            yield Candidate(block.text, block.text, "marker", block.node.tag)
    for pointer, value in page.declared.values("description", "abstract"):
        for text in texts(value):
            if _fits(clean(text), page):
                yield Candidate(clean(text), text, "json-ld", pointer)
    for content, evidence, name in meta_values(page, "lead"):
        if _fits(clean(content), page):
            yield Candidate(clean(content), content, evidence, name)


def _fits(text: str, page: Page) -> bool:
    headline = page.layout.headline
    if not SHORTEST <= len(text) <= LONGEST:
        return False
    return headline is None or len(text) > 3 * len(headline.text) or fold(text) != fold(headline.text)
