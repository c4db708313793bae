"""Dates in languages without tables of our own, read by dateparser."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from malim_scraper.dates.mention import FIRST_YEAR, LAST_YEAR

LONGEST = 60
# Only languages that the tables do not cover well: each one costs time and adds false readings.
_LANGUAGES = [
    "hi",
    "bn",
    "ta",
    "te",
    "mr",
    "vi",
    "th",
    "fa",
    "he",
    "hr",
    "sk",
    "sl",
    "lt",
    "lv",
    "et",
    "ro",
    "hu",
    "hy",
    "ka",
    "ur",
]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_WORD = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_NUMBER = re.compile(r"\d+")
_MOST_NUMBERS = 7  # day, month, year, three of the time, an offset; more make dateparser slow
_TIME = re.compile(r"\d{1,2}:\d\d")


@lru_cache(maxsize=1)
def _parser() -> Any:
    """The parser, loaded at first need: loading takes longer than reading a thousand dates."""
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": "DMY",
        "STRICT_PARSING": True,
        "PARSERS": ["absolute-time"],
        "RELATIVE_BASE": datetime(2000, 1, 1),
    }
    return DateDataParser(languages=_LANGUAGES, settings=settings)


def read_foreign(text: str) -> date | datetime | None:
    """A full date in another language; its time is naive, or in UTC when the text names an offset.

    Source: dateparser; day before month, every part of the date in the text, never the machine's clock.
    """
    # Words in plain Latin or Cyrillic letters are those of the tables, or none of a date.
    if text.isascii() or _CYRILLIC.search(text) or len(text) > LONGEST or len(_NUMBER.findall(text)) > _MOST_NUMBERS:
        return None
    if not (_YEAR.search(text) and _DAY.search(text) and _WORD.search(text)):
        return None
    try:
        found = _parser().get_date_data(text).date_obj
    except (ValueError, OverflowError, TypeError, KeyError, AttributeError, IndexError, re.error):
        # Its readers of single languages fail in many ways on text that is no date.
        return None
    if not isinstance(found, datetime) or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    return found if _TIME.search(text) else found.date()
