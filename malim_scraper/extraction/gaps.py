"""Short lines between paragraphs of the body that are the body's: list items, sub-headings, words of a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Node, TextBlock

_LEAST = -1.5  # score of a block by itself below which its place does not help it
_LONGEST = 12  # blocks of one gap
_LISTS = frozenset(("ul", "ol"))
_TAGS = frozenset(("li", "p", "h2", "h3", "h4", "h5", "blockquote"))
_OTHER = (Hint.AD | Hint.ASIDE | Hint.BYLINE | Hint.CAPTION | Hint.COMMENT | Hint.DATE | Hint.FORM | Hint.HIDDEN | Hint.NAV
          | Hint.PAYWALL | Hint.PROMO | Hint.RELATED | Hint.SHARE | Hint.TAGS)


def with_gaps_filled(judged: Sequence[tuple[TextBlock, float]], body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the body with what stands between two of its blocks in the same element, unless it says that it is another.

    judged: blocks of the page in order with their scores. body: those chosen.
    """
    chosen = {block.index for block in body}
    filled: list[TextBlock] = []
    gap: list[tuple[TextBlock, float]] = []
    for block, score in judged:
        if block.index not in chosen:
            gap.append((block, score))
            continue
        if filled and 0 < len(gap) <= _LONGEST and _container(filled[-1]) is _container(block):
            home = _container(block)
            if all(score > _LEAST and _container(inner) is home and _may_belong(inner) for inner, score in gap):
                filled += [inner for inner, _ in gap]
        gap = []
        filled.append(block)
    return filled


def _container(block: TextBlock) -> Node | None:
    """The element that a block's paragraph or list stands in."""
    node = block.node
    parent = node.parent
    return parent.parent if parent is not None and node.tag == "li" and parent.tag in _LISTS else parent


def _may_belong(block: TextBlock) -> bool:
    return block.node.tag in _TAGS and not block.hints & _OTHER and block.link_chars * 2 < len(block.text)
