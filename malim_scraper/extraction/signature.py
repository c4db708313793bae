"""Lines before and after the text that only sign or date it: `Malim Админ • 19.02.2021`, `Автор: …`."""

from __future__ import annotations

from collections.abc import Sequence

from malim_scraper.dates import find_dates
from malim_scraper.extraction.bylines import strip_label
from malim_scraper.items import Block
from malim_scraper.text import fold

_LONGEST = 120  # characters of such a line
_EDGE = 4  # blocks at either end of a body among which it stands
_LABEL = 4  # words before a colon that may be a label which nobody has listed
_KINDS = ("byline", "published", "modified")


def without_signature(blocks: Sequence[Block], authors: Sequence[str]) -> list[Block]:
    """Leave out the lines at either end of a body that hold nothing but names of its authors, dates and their labels.

    authors: as they were chosen. A body that would be empty is returned as it is.
    """
    last = len(blocks) - _EDGE
    kept = [block for number, block in enumerate(blocks)
            if not ((number < _EDGE or number >= last) and is_signature(block.text, authors))]
    return kept or list(blocks)


def is_signature(text: str, authors: Sequence[str]) -> bool:
    """Return whether a line holds nothing but names of these authors, dates and their labels.

    >>> is_signature("Мәтін: Асқар Нұр, 24.04.2024", ["Асқар Нұр"]), is_signature("Асқар Нұр келді", ["Асқар Нұр"])
    (True, False)
    """
    if len(text) > _LONGEST:
        return False
    rest, signed = text, False
    for part in (*find_dates(text), *sorted(authors, key=len, reverse=True)):
        signed = signed or part in rest
        rest = rest.replace(part, " ")
    if not signed:
        return False
    label, colon, behind = rest.partition(":")
    if colon and len(label.split()) <= _LABEL and not fold(behind):
        return True
    for kind in _KINDS:
        rest = strip_label(rest.strip(), kind)[1]
    return not fold(rest)
