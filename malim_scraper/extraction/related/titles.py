"""The title of a teaser as printed: without kickers, badges and buttons."""

from __future__ import annotations

import re
from itertools import islice

from lxml import etree

from malim_scraper.dates import find_dates
from malim_scraper.extraction.hints import Hint, name_hints
from malim_scraper.extraction.page import Link, TextBlock
from malim_scraper.labels import label_key, label_matcher
from malim_scraper.text import clean, fold

MAX_TITLE = 300  # characters
MAX_DATE_LINE = 120  # characters of a line that may hold a teaser's date
MIN_DATE = 10  # characters of a date that is no part of a title: with day, month and year
MAX_SECOND = 160  # characters of the second of two lines that can be the title
_EDGES = " |•·-–—,()[]"
MAX_ELEMENTS = 40  # looked at in one link
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BESIDE = """
    kicker overline topline toptitle eyebrow badge flag premium category rubric rubrik roofline dachzeile spitzmarke
    pretitle prefix supertitle surtitle antetitulo cintillo date time meta icon label hidden visuallyhidden sronly
    screenreader author byline counter comments duration
"""
_BESIDE_WORDS = frozenset(_BESIDE.split())
_SILENT = ("script", "style", "svg", "noscript")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def title_of(block: TextBlock, link: Link, *, whole: bool) -> str:
    """Return the title that a link prints in one of its text blocks, or an empty text.

    whole: the link stands in this block alone; else the block is one of several that it covers.
    """
    if whole:
        return _marked(link.element) or link.text
    if block.node.stop - block.node.start > 1 or not len(block.node.element) or block.text[-1] in ":：":
        return block.text
    text = _without_badges(block.node.element)
    return text if text and text[0] not in ":：" else block.text


def is_title(text: str) -> bool:
    """Return whether a text can be a title: no button such as "Read more", no label, no kicker, no date.

    >>> is_title("Су тасқыны туралы деректер"), is_title("Су тасқыны:"), is_title("24 сәуір 2024")
    (True, False, False)
    """
    if not text or len(text) > MAX_TITLE or text.endswith((":", "：")) or is_date(text):
        return False
    key = label_key(text)
    return not label_matcher("more").matches(text) and not any(
        key in label_matcher(kind).whole for kind in ("related", "not_related"))


def is_date(text: str) -> bool:
    """Return whether a short text is a date and hardly anything else."""
    if len(text) > MAX_DATE_LINE:
        return False
    dates = find_dates(text)
    return bool(dates) and sum(map(len, dates)) * 3 > len(text.strip(_EDGES)) * 2


def part_date(text: str) -> tuple[str, str | None]:
    """Part a title from the date printed behind or before it; the date is None when there is none.

    >>> part_date("Су тасқыны туралы соңғы деректер 24.04.2024")
    ('Су тасқыны туралы соңғы деректер', '24.04.2024')
    """
    if not any(map(str.isdigit, text)):
        return text, None
    for date in find_dates(text):
        bare = text.strip(_EDGES)
        if len(date) >= MIN_DATE and bare.endswith(date):
            return bare[:-len(date)].rstrip(_EDGES), date
        if len(date) >= MIN_DATE and bare.startswith(date):
            return bare[len(date):].lstrip(_EDGES), date
    return text, None


def words(text: str) -> int:
    """Return the number of words; in scripts without spaces three letters count as one."""
    unspaced = 0 if text.isascii() or max(text) <= "\u2e80" else sum(letter > "\u2e80" for letter in text)
    return max(len(fold(text).split()), unspaced // 3)


def _marked(element: etree._Element) -> str:
    """The text of the element in a link that is named as its title, else the link's text without kickers and badges."""
    if not len(element):
        return ""
    for count, inner in enumerate(element.iterdescendants()):
        if count > MAX_ELEMENTS:
            break
        named = isinstance(inner.tag, str) and (inner.tag in _HEADINGS or name_hints(_names(inner)) & Hint.TITLE)
        if named and (text := _without_badges(inner)):
            return text
    return _longer_line(element) or _without_badges(element)


def _longer_line(element: etree._Element) -> str:
    """Of two elements that are all the text there is, a kicker and a title, the title."""
    if len(element) != 2 or any(clean(part) for part in (element.text, element[0].tail, element[1].tail)):
        return ""
    first, second = (_without_badges(inner) for inner in element)
    if not first or not second or is_date(first) or is_date(second):
        return ""
    return second if len(first) < len(second) <= MAX_SECOND and second[-1] not in ".。…" else first


def _without_badges(element: etree._Element) -> str:
    texts: list[str] = [element.text or ""]
    beside = (element.text, *(inner.tail for inner in islice(element, MAX_ELEMENTS)))
    parted = not any((text or "").strip() for text in beside)  # elements alone are lines of their own
    for inner in islice(element, MAX_ELEMENTS):
        if isinstance(inner.tag, str) and inner.tag not in _SILENT and not _is_badge(inner):
            texts.append("".join(map(str, inner.itertext())) if not len(inner) else _without_badges(inner))
            texts.append(" " if parted or inner.tag in ("div", "p", "br") else "")
        texts.append(inner.tail or "")
    return clean("".join(texts))


def _is_badge(element: etree._Element) -> bool:
    names = {word.lower() for word in _WORD.findall(_names(element))}
    return not _BESIDE_WORDS.isdisjoint(names)


def _names(element: etree._Element) -> str:
    return element.get("class") or ""
