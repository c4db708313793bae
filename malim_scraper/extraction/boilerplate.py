"""Lines among the paragraphs that are no part of the article: promotions, links to others, credits, counters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from malim_scraper.labels import label_key, label_matcher
from malim_scraper.text import weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Page, TextBlock

_LONGEST = 450.0  # characters of a promotion or a disclaimer
_TEASER = 200.0  # characters of a line that names another article
_CREDIT = 90.0  # characters
_COUNTER = 60  # characters
_NUMBERS = re.compile(r"[\d.,\s]*\d[\d.,\s]*")


def without_boilerplate(page: Page, body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return a body without lines that portals print into their articles; one that would be empty as it is."""
    labels = page.further("related")
    kept = [block for block in body if not is_boilerplate(block, labels)]
    return kept or list(body)


def is_boilerplate(block: TextBlock, further: tuple[str, ...] = ()) -> bool:
    """Return whether a line promotes the portal, names another article behind a label, credits or counts.

    further: the portal's own labels of related articles.
    """
    weight = weigh(block.text)
    return weight < _LONGEST and (
        label_matcher("boilerplate").matches(block.text)
        or (weight < _TEASER and _names_other(block, further))
        or (weight < _CREDIT and is_credit(block.text))
        or (len(block.text) < _COUNTER and _counts(block.text)))


def is_credit(text: str) -> bool:
    """Return whether a short line says who took a picture.

    >>> is_credit("Сурет: Асқар Нұр"), is_credit("Сурет көрмесі ашылды")
    (True, False)
    """
    label, colon, name = text.partition(":")
    return bool(colon and name.strip()) and not text.endswith((".", "!", "?")) and \
        label_key(label) in label_matcher("credit").whole


def _names_other(block: TextBlock, further: tuple[str, ...]) -> bool:
    """Whether a line is a label of related articles, a colon, and a title or link."""
    label, colon, _ = block.text.partition(":")
    if not colon and block.links:
        label = block.text.removesuffix(block.links[-1].text)
    return label != block.text and len(label) < _COUNTER and label_matcher("related", further).matches(label)


def _counts(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    parts = [key for part in _NUMBERS.split(text) if (key := label_key(part))]
    return 0 < len(parts) < 3 and all(key in label_matcher("counter").whole for key in (" ".join(parts), *parts[:1]))
