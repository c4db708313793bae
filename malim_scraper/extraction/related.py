"""Related items: the articles that a page presents as related to its own."""

from __future__ import annotations

from collections.abc import Iterator

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.cards import read_cards
from malim_scraper.extraction.page import Page
from malim_scraper.extraction.sections import find_sections
from malim_scraper.items import RelatedItem


def find_related(page: Page) -> Iterator[Candidate[list[RelatedItem]]]:
    """Yield the related items of a page: one list, in page order, each address once; nothing when there are none."""
    items: dict[str, RelatedItem] = {}
    sources = []
    for section in find_sections(page):
        cards = read_cards(page, section.start, section.stop)
        if cards:
            sources.append(section)
        for card in cards:
            items.setdefault(card.url, RelatedItem(card.title, card.url))
    if items:
        best = next((source for source in sources if source.evidence == "label"), sources[0])
        yield Candidate(list(items.values()), best.where, best.evidence, "; ".join(source.where for source in sources))
