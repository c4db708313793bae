"""From a date as printed to a day or a point in time."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from malim_scraper.dates.mention import FIRST_YEAR, LAST_YEAR, Mention

_FIXED = {"second": 1, "minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7}


class DateReading(NamedTuple):
    """A date that was read: a day, or an aware point in time; `has_offset`: the text itself said the offset."""

    value: date | datetime
    has_offset: bool


def resolve_mention(mention: Mention, *, crawled_at: datetime | None, zone: tzinfo) -> DateReading | None:
    """The day or time of a mention; None when no calendar has it or `crawled_at` would be needed."""
    now = None
    if crawled_at is not None:
        now = (crawled_at if crawled_at.tzinfo else crawled_at.replace(tzinfo=UTC)).astimezone(zone)
    if mention.ago is not None and mention.ago[0] in _FIXED:
        if now is None:
            return None
        shift = timedelta(seconds=_FIXED[mention.ago[0]] * mention.ago[1])
        return DateReading((now - shift).replace(microsecond=0), True)
    day = _day(mention, now)
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    clock = mention.clock
    if clock is None:
        return DateReading(day, False)
    moment = time(clock.hour, clock.minute, clock.second, clock.microsecond)
    return DateReading(datetime.combine(day, moment, clock.zone or zone), clock.zone is not None)


def _day(mention: Mention, now: datetime | None) -> date | None:
    if mention.year is not None and mention.month is not None and mention.day is not None:
        return _calendar(mention.year, mention.month, mention.day)
    if now is None:
        return None
    if mention.ago is not None:
        return _back(now.date(), *mention.ago)
    if mention.month is None or mention.day is None:
        return now.date()
    return _last(now.date(), mention.month, mention.day)


def _calendar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _last(today: date, month: int, day: int) -> date | None:
    """The last such day not after today; 29 February may lie eight years back."""
    for year in range(today.year, today.year - 9, -1):
        found = _calendar(year, month, day)
        if found is not None and found <= today:
            return found
    return None


def _back(today: date, unit: str, count: int) -> date | None:
    if unit in _DAYS:
        return today - timedelta(days=_DAYS[unit] * count)
    months = today.year * 12 + today.month - 1 - (count if unit == "month" else 12 * count)
    year, month = divmod(months, 12)
    for day in range(today.day, 27, -1):
        found = _calendar(year, month + 1, day)
        if found is not None:
            return found
    return _calendar(year, month + 1, min(today.day, 28))
