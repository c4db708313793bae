"""When two values of a field say the same."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from malim_scraper.dates import read_date
from malim_scraper.text import fold


def same_title(one: str, other: str) -> bool:
    """Tell whether the other title says the first: in the same letters, perhaps with a rubric or the site behind."""
    if one == other:
        return True
    first, second = _letters(one), _letters(other)
    if first == second:
        return True
    if not second.startswith(first) or len(second) - len(first) > 40 or not other.startswith(one):
        return False
    return other[len(one) :].lstrip()[:1] in tuple("|-–—·•»«ㅣ｜_")


@lru_cache(maxsize=500)
def _letters(text: str) -> str:
    return fold(text).replace(" ", "")


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts are the same to a reader."""
    return one == other or (abs(len(one) - len(other)) * 8 <= len(one) and fold(one) == fold(other))


def same_list(one: list[str], other: list[str]) -> bool:
    """Tell whether two lists hold the same texts in any order."""
    return one == other or _folded(tuple(one)) == _folded(tuple(other))


@lru_cache(maxsize=500)
def _folded(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(fold, texts))


def same_day(one: str, other: str) -> bool:
    """Tell whether two dates as printed are of one day; where one is in UTC, a day more or less is the same moment."""
    if one == other:
        return True
    first, second = read_date(one), read_date(other)
    if first is None or second is None:
        return False
    apart = abs(day_of(first.value) - day_of(second.value))
    return not apart or (
        apart == timedelta(1)
        and any(
            isinstance(reading.value, datetime) and reading.has_offset and not reading.value.utcoffset()
            for reading in (first, second)
        )
    )


def has_time(text: str) -> bool:
    """Tell whether a date has a time other than midnight, which systems write where they know none."""
    reading = read_date(text)
    return reading is not None and isinstance(reading.value, datetime) and reading.value.time() != time()


def day_of(value: date | datetime) -> date:
    """Return the day of a date or a point in time, as its own zone counts it."""
    return value.date() if isinstance(value, datetime) else value
