"""Dates for machines: ISO 8601 and Unix times, when they are the whole text."""

import re
from datetime import UTC, date, datetime, tzinfo

from malim_scraper.dates.mention import FIRST_YEAR, LAST_YEAR
from malim_scraper.dates.resolve import DateReading

_START = re.compile(r"(?:19|20)\d\d(?:-\d\d-\d\d|\d{4}(?!\d)|-?W\d\d-?\d)")
_UNIX = re.compile(r"\d{9,10}(?:\.\d{1,9})?|\d{12,13}")
_FIRST_SECOND, _LAST_SECOND = 788_918_400, 4_102_444_800  # 1995, 2100


def read_iso(text: str, zone: tzinfo) -> DateReading | None:
    """An ISO 8601 date, extended or basic, with or without a time."""
    start = _START.match(text)
    if start is None:
        return None
    try:
        if start.end() == len(text):
            return _within(DateReading(date.fromisoformat(text), False))
        if text[start.end()] not in "Tt ":
            return None
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if found.tzinfo is None:
        return _within(DateReading(found.replace(tzinfo=zone), False))
    return _within(DateReading(found, True))


def read_unix(text: str, zone: tzinfo) -> DateReading | None:
    """A Unix time in seconds or milliseconds between 1995 and 2100."""
    if not text[:1].isdigit() or not text.isascii() or _UNIX.fullmatch(text) is None:
        return None
    seconds = float(text)
    if len(text) >= 12 and "." not in text:
        seconds /= 1000
    if not _FIRST_SECOND <= seconds < _LAST_SECOND:
        return None
    return DateReading(datetime.fromtimestamp(seconds, UTC).astimezone(zone), True)


def _within(reading: DateReading) -> DateReading | None:
    return reading if FIRST_YEAR <= reading.value.year <= LAST_YEAR else None
