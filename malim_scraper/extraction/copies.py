"""Blocks that print again what the body has printed: copies for print or small screens, a lead repeated in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.text import weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import TextBlock

_LEAST = 60.0  # characters: shorter lines recur in articles
_HEAD = 50  # characters by which a copy is known within another block
_WHOLE = 200  # characters that a block has in common with an earlier one when it is its copy
_READ = 3_000  # characters of a block that are compared
_MOST = 400  # blocks that are compared


def without_copies(blocks: Sequence[TextBlock]) -> list[TextBlock]:
    """Leave out long blocks that an earlier one holds, and blocks that print several earlier ones once more.

    >>> without_copies([])
    []
    """
    kept: list[TextBlock] = []
    heads: list[str] = []
    printed = ""
    for block in blocks[:_MOST]:
        if weigh(block.text) < _LEAST:
            kept.append(block)
            continue
        text = block.text[:_READ]
        if text[:_WHOLE] in printed or sum([head in text for head in heads]) > 1:
            continue
        kept.append(block)
        heads.append(text[:_HEAD])
        printed += "\n" + text
    kept += blocks[_MOST:]
    return kept
