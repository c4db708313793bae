"""Where a page prints who wrote its article and when: around the headline, and after the end of the text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol, TypeVar

from malim_scraper.extraction.hints import Hint
from malim_scraper.labels import Matcher, any_label_matcher, label_matcher
from malim_scraper.text import clean

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock

BEFORE_HEADLINE = 8  # text blocks
AFTER_HEADLINE = 25
INTO_BODY = 3
AFTER_BODY = 12
SHORT_LINE = 80  # characters
_AFTER = Hint.RELATED | Hint.COMMENT
_ELSEWHERE = Hint.RELATED | Hint.COMMENT | Hint.NAV | Hint.AD | Hint.HIDDEN
_SHARED = Hint.RELATED | Hint.COMMENT | Hint.AD


class _Placed(Protocol):
    start: int


Item = TypeVar("Item", bound=_Placed)


@dataclass(frozen=True, slots=True)
class Vicinity:
    """Indexes of text blocks. headline: of the headline, or of what stands for it. head: around it, up to the beginning
    of the text. tail: after the end of the text. blocks: those of the page. shared: hints of the headline that would
    set its neighbours apart.
    """

    blocks: list[TextBlock]
    headline: int
    head: range
    tail: range
    shared: int = 0
    _lines: dict[int, list[str]] = field(default_factory=dict)

    def is_elsewhere(self, block: TextBlock) -> bool:
        """Tell whether a block belongs to related items, comments, menus or ads, or is hidden.

        What the headline's own elements are called, too, tells nothing: opinion pieces are a `comment` on many sites.
        Nor does an inline element: the line of author and date often ends with the number of comments.
        """
        hints = (block.hints & ~Hint.COMMENT) | block.node.hints
        return bool(hints & _ELSEWHERE & ~self.shared)

    def __contains__(self, index: int) -> bool:
        return index in self.head or index in self.tail

    def within(self, items: Sequence[Item]) -> list[Item]:
        """Return the links or marks that stand in the vicinity, in page order."""
        found: list[Item] = []
        for place in (self.head, self.tail):
            first = bisect_left(items, place.start, key=_start)
            found += items[first : bisect_left(items, place.stop, lo=first, key=_start)]
        return found

    def lines(self, index: int) -> list[str]:
        """Return the text of a block, parted into lines as by `lines_of`; worked out once."""
        if index not in self._lines:
            self._lines[index] = lines_of(self.blocks[index])
        return self._lines[index]

    def distance(self, index: int) -> int:
        """Return how many text blocks lie between the headline, or the end of the text, and a block."""
        if index in self.tail:
            return index - self.tail.start
        return abs(index - self.headline)


def _start(item: _Placed) -> int:
    return item.start


def find_vicinity(page: Page) -> Vicinity:
    """Return the vicinity of a page's article; without a headline that of its first paragraph."""
    headline, body, count = page.layout.headline, page.layout.body, len(page.blocks)
    if not body:
        at = headline.index if headline else 0
        return Vicinity(page.blocks, at, range(max(0, at - BEFORE_HEADLINE), min(count, at + AFTER_HEADLINE)), range(0))
    at = headline.index if headline else max(0, body[0].index - 1)
    first = next((block.index for block in body if block.index > at), body[0].index)
    stop = min(first + INTO_BODY, at + AFTER_HEADLINE) if first > at else at + AFTER_HEADLINE
    head = range(max(0, at - BEFORE_HEADLINE), min(count, stop))
    return Vicinity(page.blocks, at, head, _tail(page, at), headline.hints & _SHARED if headline else 0)


def _tail(page: Page, headline: int) -> range:
    """The blocks from the last short lines of the text on, up to the next heading of other articles."""
    body, blocks = page.layout.body, page.blocks
    last = max(body[-1].index, headline)
    start = last + 1
    for block in body[:-3:-1]:
        if block.index > headline + INTO_BODY and len(block.text) < SHORT_LINE:
            start = block.index
    for index in range(last + 1, min(len(blocks), last + 1 + AFTER_BODY)):
        block = blocks[index]
        if block.hints & _AFTER or _heads_others(block.text):
            return range(start, index)
    return range(start, min(len(blocks), last + 1 + AFTER_BODY))


def _heads_others(text: str) -> bool:
    """Whether a line is a heading of other articles; one of the article's topics is none."""
    if not _any_heading().may_match(text) or label_matcher("topics").matches(text):
        return False
    return label_matcher("related").matches(text) or label_matcher("not_related").matches(text)


@cache
def _any_heading() -> Matcher:
    return any_label_matcher(("related", ()), ("not_related", ()))


def lines_of(block: TextBlock) -> list[str]:
    """Return the text of a block, parted where inline elements meet without a space: pages part those by style alone.

    A part that ends in a colon goes on in the next.
    """
    node = block.node
    if node.stop - node.start != 1 or not len(node.element) or len(block.text) > 200:
        return [block.text]
    texts = list(map(str, node.element.itertext()))
    if sum([not text.isspace() for text in texts]) < 2:
        return [block.text]
    parts: list[str] = []
    for text in texts:
        if parts and not _are_parted(parts[-1], text):
            parts[-1] += text
        else:
            parts.append(text)
    lines = [line for part in parts if (line := clean(part))]
    return lines if "".join("".join(lines).split()) == "".join(block.text.split()) else [block.text]


def _are_parted(before: str, after: str) -> bool:
    if not before.strip() or not after.strip():
        return False
    return before[-1:].isalnum() and after[:1].isalnum()
