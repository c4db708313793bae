"""Text blocks that announce links: as related to the article, or as something else."""

from __future__ import annotations

from dataclasses import dataclass

from malim_scraper.extraction.page import Page, TextBlock
from malim_scraper.labels import label_matcher

MAX_HEADING = 70  # characters; a longer text is no heading
MAX_LINE = 400  # of a line such as "Read also: title, title"


@dataclass(frozen=True, slots=True)
class Heading:
    """A text block that is, or begins with, a label.

    index: of the block. related: whether it announces related items, else other links. inline: whether the items
    stand on its own line. label: the printed label of such a line, else the whole text.
    """

    index: int
    related: bool
    inline: bool
    label: str


def find_headings(page: Page) -> dict[int, Heading]:
    """Return the labelled headings of a page by the index of their text block."""
    found = {}
    further = page.portal.labels if page.portal else {}
    for block in page.blocks:
        if len(block.text) <= MAX_LINE and (heading := _read(block, further.get("related", ()), further.get("not_related", ()))):
            found[block.index] = heading
    return found


def is_read_also(block: TextBlock) -> bool:
    """Return whether a text block is a line "Read also: title" or the label of one: no part of an article's text."""
    if len(block.text) > MAX_LINE:
        return False
    heading = _read(block, (), ())
    return heading is not None and heading.related


def _read(block: TextBlock, related: tuple[str, ...], other: tuple[str, ...]) -> Heading | None:
    text = block.text
    if len(text) <= MAX_HEADING:
        if label_matcher("not_related", other).matches(text):
            return Heading(block.index, False, False, text)
        if label_matcher("related", related).matches(text):
            return Heading(block.index, True, False, text)
    if not block.link_chars:
        return None
    label = _label_of_line(block)
    if label and label_matcher("related", related).matches(label):
        return Heading(block.index, True, True, label)
    return None


def _label_of_line(block: TextBlock) -> str:
    """What stands before the first link of a line, or before the colon when the link covers it all."""
    text = block.text
    first = next((link.text for link in block.links if link.text), "")
    before = text[:text.find(first)] if first and first in text else ""
    if not before.strip():
        before = text.partition(":")[0] if ":" in text else ""
    return before if len(before) <= MAX_HEADING else ""
