"""Which text block prints the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint
from malim_scraper.text import fold, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Page, TextBlock

_LEAST = 12.0  # characters: a shorter text says too little to be told from a rubric or the site's name
_FIRST = 8  # letters
_NEAR = 5  # blocks above the body in which its headline stands
_BOLD_NEAR = 3  # blocks above the body in which a bold line is its headline
_BOLD_LENGTH = 150.0  # characters
_RANK = {"h1": 4, "h2": 3, "h3": 2, "h4": 1}
_NO_HEADLINE = Hint.NAV | Hint.FOOTER | Hint.RELATED | Hint.COMMENT | Hint.ASIDE | Hint.HIDDEN


def find_headline(page: Page) -> TextBlock | None:
    """Return the block that prints the headline: the heading that agrees best with the declared titles, or None."""
    titles = [page.title, *page.metas("og:title", "twitter:title")]
    declared = [fold(title) for title in titles]
    printed = "\n".join(titles).casefold()
    best, best_score = None, 0.0
    headings = 0
    for block in page.blocks:
        rank = _RANK.get(block.node.tag, 0)
        # Lines that are no heading are folded only when a title holds their first letters: most of a page is not.
        if len(block.text) > 400 or not (rank or block.hints & Hint.TITLE or block.text[:_FIRST].casefold() in printed):
            continue
        folded = fold(block.text)
        agreement = max([_agreement(folded, title) for title in declared])
        if (not agreement and rank < 4) or (not rank and _leads_home(block)):
            continue
        score = 10 * agreement + rank + bool(block.hints & Hint.TITLE) - 3 * bool(block.hints & _NO_HEADLINE)
        score -= 2 * (block.link_chars * 2 > len(block.text))
        if rank == 4:
            headings += 1
            score -= min(headings - 1, 3) * 0.5
        if score > best_score:
            best, best_score = block, score
    return best


def _leads_home(block: TextBlock) -> bool:
    """Whether a line is a link to the front page: the site's name, which most declared titles hold, too."""
    if not block.links or block.link_chars * 2 <= len(block.text):
        return False
    _, _, behind = block.links[0].href.rpartition("://")
    return not behind.partition("/")[2] and ("." in behind or behind in ("", "/"))


def _agreement(folded: str, title: str) -> float:
    """Return how much of a declared title a text makes up: 1 when they are the same, 0 when it is no part of it."""
    if not title or weigh(folded) < _LEAST:
        return 0.0
    if folded in title:
        return len(folded) / len(title) if title.startswith(folded) else 0.8 * len(folded) / len(title)
    return 0.9 * len(title) / len(folded) if len(title) > 20 and title in folded else 0.0


def find_headline_above(page: Page, body: Sequence[TextBlock]) -> TextBlock | None:
    """Return the heading or titled line just above a body, for a page whose declared titles are no help, or None.

    body: the blocks chosen for it, not empty. Where no element says that it is a heading, a bold line above its first
    paragraph or at its head is one: old portals print it in a cell of a table.
    """
    first = body[0]
    above = page.blocks[max(0, first.index - _NEAR):first.index]
    for block in reversed(above):
        fits = _LEAST <= weigh(block.text) <= 200 and block.link_chars * 2 < len(block.text)
        if fits and (block.node.tag in _RANK or block.hints & Hint.TITLE) and not block.hints & _NO_HEADLINE:
            return block
    lines = [first, *above[:-_BOLD_NEAR - 1:-1]] if len(body) > 1 else above[:-_BOLD_NEAR - 1:-1]
    return next((line for line in lines if _is_bold_title(line)), None)


def _is_bold_title(line: TextBlock) -> bool:
    return (bool(line.hints & Hint.STRONG) and _LEAST <= weigh(line.text) <= _BOLD_LENGTH and not line.links
            and not line.hints & _NO_HEADLINE and line.text[-1] not in ".:;,…")
