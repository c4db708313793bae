"""Spans of time in which a chart counts: as fine as leaves it readable."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

MOST = 62  # bars in one chart

Name = Callable[[date], str]


def _week(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


_UNITS: tuple[tuple[str, int, Name], ...] = (  # and the days in it
    ("day", 1, date.isoformat),
    ("week from Monday", 7, _week),
    ("month", 30, lambda day: f"{day:%Y-%m}"),
    ("quarter", 91, lambda day: f"{day.year}-Q{(day.month + 2) // 3}"),
)


def periods(days: Iterable[date]) -> tuple[str, Name, list[str]]:
    """Return the unit that fits, the function that names a day's period, and the names from the first to the last day.

    >>> periods([date(2024, 1, 30), date(2024, 2, 1)])[2]
    ['2024-01-30', '2024-01-31', '2024-02-01']
    """
    known = sorted(days)
    if not known:
        return "day", date.isoformat, []
    first, last = known[0], known[-1]
    span = (last - first).days + 1
    for unit, length, name in _UNITS:
        if span <= length * (MOST - 1):
            return unit, name, list(dict.fromkeys(name(first + timedelta(days=number)) for number in range(span)))
    return "year", _year, [str(year) for year in range(first.year, last.year + 1)][-MOST:]


def _year(day: date) -> str:
    return str(day.year)
