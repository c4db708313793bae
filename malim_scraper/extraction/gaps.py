"""Short lines among paragraphs of the body that are the body's: list items, sub-headings, words of a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Node, TextBlock

_LEAST = -1.5  # score of a block by itself below which its place does not help it
_LEAST_PURE = -2.5  # the same in an element of text alone
_SHORT = 800  # characters of a text so short that its own end is hard to tell by its lines
_LONGEST = 12  # blocks of one gap
_FRAMES = frozenset(("ul", "ol", "blockquote"))
_TAGS = frozenset(("li", "p", "h2", "h3", "h4", "h5", "blockquote"))
_OTHER = (Hint.AD | Hint.ASIDE | Hint.BYLINE | Hint.CAPTION | Hint.COMMENT | Hint.DATE | Hint.FORM | Hint.HIDDEN
          | Hint.NAV | Hint.PAYWALL | Hint.PROMO | Hint.RELATED | Hint.SHARE | Hint.TAGS)


def with_gaps_filled(judged: Sequence[tuple[TextBlock, float]], body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the body with what stands beside its blocks in the same element, unless that says that it is another.

    judged: blocks of the page in order with their scores. body: those chosen. All that stands between two of them must
    be fit to belong to it; so must what follows the last one of a short text in an element of text alone.
    """
    chosen = {block.index for block in body}
    filled: list[TextBlock] = []
    gap: list[tuple[TextBlock, float]] = []
    for block, score in judged:
        if block.index not in chosen:
            gap.append((block, score))
            continue
        if filled and _container(filled[-1]) is _container(block):
            filled += _fit(gap, _container(block))
        gap = []
        filled.append(block)
    home = _container(filled[-1]) if filled else None
    if home is not None and sum([len(block.text) for block in filled]) < _SHORT:
        tail = [(block, score) for block, score in gap if block.index < home.stop]
        pure = all(_container(block) is home for block, _ in judged if home.start <= block.index < home.stop)
        filled += _fit(tail, home, _LEAST_PURE) if pure else []
    return filled


def _fit(gap: Sequence[tuple[TextBlock, float]], home: Node | None, least: float = _LEAST) -> list[TextBlock]:
    """The blocks of a gap when all of them may belong to the body, else none."""
    if len(gap) <= _LONGEST and all(score > least and _container(block) is home and _may_belong(block)
                                    for block, score in gap):
        return [block for block, _ in gap]
    return []


def _container(block: TextBlock) -> Node | None:
    """The element that a block's paragraph, list or quote stands in."""
    node = block.node
    parent = node.parent
    return parent.parent if parent is not None and node.tag in ("li", "p") and parent.tag in _FRAMES else parent


def _may_belong(block: TextBlock) -> bool:
    return block.node.tag in _TAGS and not block.hints & _OTHER and block.link_chars * 2 < len(block.text)
