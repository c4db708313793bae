"""Short lines among paragraphs of the body that are the body's: list items, sub-headings, words of a dialogue."""

from __future__ import annotations

from functools import reduce
from itertools import takewhile
from operator import and_
from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Node, TextBlock

_LEAST = -1.5  # score of a block by itself below which its place does not help it
_LEAST_PURE = -2.5  # the same in an element of text alone
_LEAST_ITEM = -2.0  # the same of an item in a list of which the items before it were chosen
_LEAST_FIGURE = -6.0  # the same of code or terms: what they are speaks for them, not what they look like
_SHORT = 800  # characters of a text so short that its own end is hard to tell by its lines
_LONGEST = 12  # blocks of one gap
_FRAMES = frozenset(("ul", "ol", "dl", "blockquote"))
_FRAMED = frozenset(("li", "p", "dt", "dd"))
_TAGS = frozenset(("li", "p", "h2", "h3", "h4", "h5", "blockquote", "dt", "dd", "pre"))
_FIGURES = frozenset(("pre", "dt", "dd"))  # elements in which no site prints what is beside its articles
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
    own = _own_hints(body)
    for block, score in judged:
        if block.index not in chosen:
            gap.append((block, score))
            continue
        if filled and _container(filled[-1]) is _container(block) and (fit := _fit(gap, _container(block), own)):
            filled += fit
        elif filled:
            filled += _rest_of_list(gap, filled[-1], own)
        gap = []
        filled.append(block)
    return filled + (_rest(judged, gap, filled, own) if filled else [])


def _rest(judged: Sequence[tuple[TextBlock, float]], gap: Sequence[tuple[TextBlock, float]],
          filled: Sequence[TextBlock], own: int) -> list[TextBlock]:
    """What belongs to the body of the blocks behind it. judged: blocks of the page. filled: the body so far."""
    last, home = filled[-1], _container(filled[-1])
    if home is not None and sum([len(block.text) for block in filled]) < _SHORT:
        tail = [(block, score) for block, score in gap if block.index < home.stop]
        pure = all(_container(block) is home for block, _ in judged if home.start <= block.index < home.stop)
        if pure and (fit := _fit(tail, home, own, _LEAST_PURE)):
            return fit
    return _rest_of_list(gap, last, own) or _figures(gap, home, own)


def _own_hints(body: Sequence[TextBlock]) -> int:
    """The hints of the whole body, in which its elements are called what they are not; its ends may stand outside."""
    quarter = len(body) // 4
    return reduce(and_, [block.hints for block in body[quarter : len(body) - quarter]], -1)


def _fit(gap: Sequence[tuple[TextBlock, float]], home: Node | None, own: int, least: float = _LEAST) -> list[TextBlock]:
    """The blocks of a gap when all of them may belong to the body, else none. own: hints of the whole body."""
    if len(gap) <= _LONGEST and all(score > least and (
            block.node is home or _container(block) is home) and _may_belong(block, own, home) for block, score in gap):
        return [block for block, _ in gap]
    return []


def _figures(gap: Sequence[tuple[TextBlock, float]], home: Node | None, own: int) -> list[TextBlock]:
    """The code or terms right behind the last paragraph, in the same element."""
    found = takewhile(lambda item: item[0].node.tag in _FIGURES, gap)
    return _fit(list(found), home, own, _LEAST_FIGURE)


def _rest_of_list(gap: Sequence[tuple[TextBlock, float]], last: TextBlock, own: int) -> list[TextBlock]:
    """The items behind the last block of the body in the list that it is an item of, when all of them may belong."""
    frame = last.node.parent
    if frame is None or frame.tag not in _FRAMES or last.node.tag not in _FRAMED:
        return []
    rest = [(block, score) for block, score in gap if block.index < frame.stop]
    return _fit(rest, _container(last), own, _LEAST_ITEM)


def _container(block: TextBlock) -> Node | None:
    """The element that a block's paragraph, list or quote stands in."""
    node = block.node
    parent = node.parent
    return parent.parent if parent is not None and node.tag in _FRAMED and parent.tag in _FRAMES else parent


def _may_belong(block: TextBlock, own: int, home: Node | None) -> bool:
    return ((block.node.tag in _TAGS or block.node is home) and not block.hints & _OTHER & ~own
            and block.link_chars * 2 < len(block.text))
