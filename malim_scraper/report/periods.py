"""Spans of time in which a chart counts: as fine as leaves it readable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

MOST = 62  # bars in one chart
EARLY, LATE = 0.02, 0.995  # shares: what lies outside may be gathered in one bar, so that stray dates stretch no chart

Name = Callable[[date], str]


def _week(day: date) -> str:
    return (day - timedelta(days=day.weekday())).isoformat()


_UNITS: tuple[tuple[str, int, Name], ...] = (  # and the days in it
    ("day", 1, date.isoformat),
    ("week", 7, _week),
    ("month", 30, lambda day: f"{day:%Y-%m}"),
    ("quarter", 91, lambda day: f"{day.year}-Q{(day.month + 2) // 3}"),
    ("year", 366, lambda day: str(day.year)),
)


def periods(days: Mapping[date, int]) -> tuple[str, Name, list[str]]:
    """Return the unit that fits, the function that names a day's period, and the names in order.

    days: how many articles each has. Where a few stray days make the unit coarser, they count as `earlier` or `later`.

    >>> periods({date(2024, 1, 30): 1, date(2024, 2, 1): 1})[2]
    ['2024-01-30', '2024-01-31', '2024-02-01']
    """
    known = sorted(days)
    if not known:
        return "day", date.isoformat, []
    first, last = known[0], known[-1]
    inner_first, inner_last = _quantile(days, known, EARLY), _quantile(days, known, LATE)
    if _unit(inner_first, inner_last) < _unit(first, last):
        first, last = inner_first, inner_last
    unit, _, name = _UNITS[_unit(first, last)]

    def name_all(day: date) -> str:
        return "earlier" if day < first else "later" if day > last else name(day)

    inner = [name(first + timedelta(days=number)) for number in range((last - first).days + 1)]
    ends = (["earlier"] if known[0] < first else []), (["later"] if known[-1] > last else [])
    return unit, name_all, [*ends[0], *list(dict.fromkeys(inner))[-MOST:], *ends[1]]


def _quantile(days: Mapping[date, int], known: list[date], share: float) -> date:
    left = share * sum(days.values())
    for day in known:
        left -= days[day]
        if left < 0:
            return day
    return known[-1]


def _unit(first: date, last: date) -> int:
    """Return the place of the finest unit that leaves at most MOST bars, else the coarsest."""
    span = (last - first).days + 1
    return next((place for place, (_, length, _) in enumerate(_UNITS) if span <= length * (MOST - 1)), len(_UNITS) - 1)
