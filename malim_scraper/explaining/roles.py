"""Which part of a page's text became which field of the record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from malim_scraper.extraction import Explanation
from malim_scraper.extraction.evidence import RULES
from malim_scraper.extraction.page import Page, TextBlock
from malim_scraper.items import Article
from malim_scraper.text import fold

MAX_BLOCKS = 3_000


@dataclass(frozen=True, slots=True)
class Line:
    """A text block. role: the field that it became, empty when it is none. marks: parts of it with their fields."""

    block: TextBlock
    role: str
    marks: tuple[tuple[str, str], ...] = ()


def read_lines(page: Page, explanation: Explanation) -> Iterator[Line]:
    """Yield the text blocks of a page, each with what it became."""
    article = explanation.article
    if article is None:
        yield from (Line(block, "") for block in page.blocks[:MAX_BLOCKS])
        return
    body = {block.index for block in page.layout.body}
    headline = page.layout.headline
    related = {fold(text) for item in article.related for text in (item.title, item.summary) if text}
    lead = fold(article.lead)
    marks = _marks(article, _dates(explanation))
    for block in page.blocks[:MAX_BLOCKS]:
        folded = fold(block.text)
        if block is headline or (headline is None and folded == fold(article.title)):
            yield Line(block, "title")
        elif block.index in body and block.text in article.body:
            yield Line(block, "body")
        elif folded and (folded in related or (len(folded) > 20 and any(folded.startswith(text) for text in related))):
            yield Line(block, "related")
        elif folded and folded == lead:
            yield Line(block, "lead")
        else:
            yield Line(block, "", _inside(block.text, marks))


def _dates(explanation: Explanation) -> list[str]:
    """The texts on the page that say the date that was chosen, in whatever form."""
    choice = explanation.choices.get("date_published")
    if choice is None or choice.chosen is None:
        return []
    agree, chosen = RULES["date_published"].agree, choice.chosen.value
    return [candidate.raw for _, candidate in choice.ranked if agree(chosen, candidate.value)]


def _marks(article: Article, dates: list[str]) -> list[tuple[str, str]]:
    """Texts to look for in a line, the longest first, each with its field."""
    found = [*((date, "date") for date in dates), *((name, "author") for name in article.authors),
             *((item.date_published_raw or "", "related") for item in article.related),
             (article.section or "", "topic"), *((tag, "topic") for tag in article.tags)]
    return sorted((mark for mark in found if len(mark[0]) > 2), key=lambda mark: -len(mark[0]))


def _inside(text: str, marks: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((part, field) for part, field in dict(marks).items() if part and part in text and len(text) < 300)
