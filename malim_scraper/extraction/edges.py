"""What a body can have at its edges and is no text of it: signature and date, related items, a heading over nothing."""

from __future__ import annotations

from collections.abc import Sequence

from malim_scraper.dates import find_dates
from malim_scraper.extraction.bylines import strip_label
from malim_scraper.items import Block, RelatedItem
from malim_scraper.labels import label_key, labels
from malim_scraper.text import fold

_LONGEST = 120  # characters of a line that signs or dates
_EDGE = 4  # blocks at either end of a body among which it stands
_LABEL = 4  # words before a colon that may be a label which nobody has listed
_SHORT_HEADING = 3  # words of a heading that may be a label, such as "MalimBlocks"
_ENOUGH = 2  # summaries at the end of a body that prove a second block; one title does
_KINDS = ("byline", "published", "modified")


def without_edges(blocks: Sequence[Block], *, authors: Sequence[str] = (),
                  related: Sequence[RelatedItem] = ()) -> list[Block]:
    """Leave out what stands at either end of a body and is no text of it.

    authors, related: as they were chosen. At the end: titles and summaries of related items, which a second block
    prints again, with its heading; a label as heading over nothing. At either end: lines that only sign or date.
    A body that would be empty is returned as it is.
    """
    blocks = _without_repeated(blocks, related)
    if len(blocks) > 1 and blocks[-1].type == "heading" and len(blocks[-1].text.split()) <= _SHORT_HEADING:
        blocks = blocks[:-1]
    last = len(blocks) - _EDGE
    kept = [block for number, block in enumerate(blocks)
            if not ((number < _EDGE or number >= last) and is_signature(block.text, authors))]
    return kept or list(blocks)


def _without_repeated(blocks: Sequence[Block], related: Sequence[RelatedItem]) -> Sequence[Block]:
    titles = {fold(item.title) for item in related}
    summaries = {fold(item.summary) for item in related if item.summary}
    stop, seen = len(blocks), 0
    while stop and (blocks[stop - 1].type == "heading" or is_signature(blocks[stop - 1].text, ())
                    or fold(blocks[stop - 1].text) in titles | summaries):
        stop -= 1
        folded = fold(blocks[stop].text)
        seen += _ENOUGH if folded in titles else folded in summaries
    return blocks[:stop] if stop and seen >= _ENOUGH else blocks


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
        if label_key(rest) in labels(kind):
            return True
        rest = strip_label(rest.strip(), kind)[1]
    return not fold(rest)
