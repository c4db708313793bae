"""The dates printed in a longer line."""

import re
from functools import lru_cache

from malim_scraper.dates.fold import fold
from malim_scraper.dates.mention import Line
from malim_scraper.dates.scan import find_mentions
from malim_scraper.dates.vocabulary import AGO, AGO_BEFORE, DAYS_AGO, MONTHS, NOW, UNITS

MAX_LENGTH = 300
_LONGEST_WITHOUT_DIGIT = 30
_DIGIT = re.compile(r"\d")
_SURE = re.compile(r"\d[:h]\d\d|\d[./-]\d\d?[./-]\d|\d\s?[ap]\.?m\b|\d\s?(?:[年년月월時시]|оны)", re.IGNORECASE)
# As in `named.py`: vowel signs of Indic scripts and the apostrophes of `qan'tar` are no letters.
_WORD = r"[^\W\d_][^\s\d.,:;/()|•\-]"
_NEAR_DIGIT = re.compile(
    rf"(?:({_WORD}{{1,20}}+)\W{{1,3}})?\d{{1,4}}(?!\d)(?:\W{{0,3}}({_WORD}{{0,20}}+))?(?:\W{{1,3}}({_WORD}{{2,20}}+))?"
)
_HINTS = MONTHS.keys() | UNITS.keys()
_HINTS_WITHOUT_DIGIT = DAYS_AGO.keys() | AGO | {word for phrase in NOW for word in phrase.split()[:1]} | set(AGO_BEFORE)


def find_dates(text: str) -> list[str]:
    """The dates of a line as printed, each with its time; `parse_date` reads each of them.

    text: a line of at most 300 characters, else nothing is looked for. Never raises.

    >>> find_dates("Сұхбат • 21 Ақпан, 2025")
    ['21 Ақпан, 2025']
    """
    return list(_find(text)) if len(text) <= MAX_LENGTH else []


@lru_cache(maxsize=2_000)  # each field of a page looks for dates in the same few lines
def _find(text: str) -> tuple[str, ...]:
    if not _may_hold_date(text):
        return ()
    line = Line(text)
    return tuple(line.printed[mention.start : mention.end].strip() for mention in find_mentions(line))


def _may_hold_date(text: str) -> bool:
    """A cheap look that turns most lines of a page away."""
    if _DIGIT.search(text) is None:
        return len(text) <= _LONGEST_WITHOUT_DIGIT and not _HINTS_WITHOUT_DIGIT.isdisjoint(fold(text).split())
    if _SURE.search(text) is not None:
        return True
    return any(word and fold(word) in _HINTS for match in _NEAR_DIGIT.finditer(text) for word in match.groups())
