"""Text blocks that announce links: as related to the article, or as something else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from malim_scraper.extraction.page import Page, TextBlock
from malim_scraper.labels import FIRST, LAST, Matcher, any_label_matcher, label_matcher

RANK = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_COLON = re.compile("[:：|–—]")
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


def find_headings(page: Page, start: int = 0) -> dict[int, Heading]:
    """Return the labelled headings among the text blocks from `start` on, by the index of their block."""
    labels = page.portal.labels if page.portal else {}
    known = _Labels.of(labels.get("related", ()), labels.get("not_related", ()))
    begins, ends = known.all.begins, known.all.ends
    headings = (
        _read(block, known)
        for block in page.blocks[start:]
        if len(text := block.text) <= (MAX_LINE if block.link_chars else MAX_HEADING)
        and (begins(text[:FIRST]) or ends(text[-LAST:]))
    )
    return {heading.index: heading for heading in headings if heading}


class _Labels(NamedTuple):
    related: Matcher
    other: Matcher
    all: Matcher

    @classmethod
    def of(cls, related: tuple[str, ...] = (), other: tuple[str, ...] = ()) -> _Labels:
        """The labels of the data, and a portal's own."""
        return cls(label_matcher("related", related), label_matcher("not_related", other),
                   any_label_matcher(("related", related), ("not_related", other)))


def _read(block: TextBlock, known: _Labels) -> Heading | None:
    text = block.text
    if not known.all.may_match(text):
        return None
    label = _label_of_line(block) if block.link_chars and block.node.tag not in RANK else ""
    if label and known.related.matches(label):
        return Heading(block.index, True, True, label)
    if len(text) > MAX_HEADING:
        return None
    if known.other.matches(text):
        return Heading(block.index, False, False, text)
    return Heading(block.index, True, False, text) if known.related.matches(text) else None


def _label_of_line(block: TextBlock) -> str:
    """What stands before the first link of a line, or before a colon or dash when the link covers it all."""
    text = block.text
    first = next((link.text for link in block.links if link.text), "")
    before = text[:text.find(first)] if first and first in text else ""
    if not before.strip():
        before = _COLON.split(text, maxsplit=1)[0] if _COLON.search(text) else ""
    return before if len(before) <= MAX_HEADING else ""
