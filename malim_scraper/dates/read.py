"""A date as portals print it, read."""

from datetime import date, datetime, tzinfo
from functools import lru_cache

from malim_scraper.dates.fallback import read_foreign
from malim_scraper.dates.iso import read_iso, read_unix
from malim_scraper.dates.mention import Line, Mention
from malim_scraper.dates.moment import read_moment
from malim_scraper.dates.resolve import DateReading, resolve_mention
from malim_scraper.dates.scan import find_mentions
from malim_scraper.dates.zones import find_zone

MAX_LENGTH = 200


def parse_date(
    text: str, *, crawled_at: datetime | str | None = None, timezone: str | None = None
) -> date | datetime | None:
    """Read a date as printed: the first full date of a short text.

    text: at most 200 characters; words around the date (rubric, label, views) do no harm.
    crawled_at: a datetime or ISO 8601; without it relative dates, times alone and days without a year give None.
    timezone: IANA name, the zone of times that name none; UTC without it.
    Returns a `date` for a day alone, an aware `datetime` where a time is printed, else None.
    Raises UsageError for a time zone that nobody knows, and nothing else.

    >>> parse_date("24 сәуір 2024, 12:30", timezone="Asia/Almaty").isoformat()
    '2024-04-24T12:30:00+05:00'
    >>> parse_date("31.02.2021") is None
    True
    """
    reading = read_date(text, crawled_at=crawled_at, timezone=timezone)
    return None if reading is None else reading.value


def read_date(
    text: str, *, crawled_at: datetime | str | None = None, timezone: str | None = None
) -> DateReading | None:
    """As `parse_date`, telling besides whether the text itself said the offset from UTC."""
    return _read(text.strip(), read_moment(crawled_at), timezone) if len(text) <= MAX_LENGTH else None


@lru_cache(maxsize=2_000)  # each date of a page is compared with each other
def _read(text: str, crawled_at: datetime | None, timezone: str | None) -> DateReading | None:
    zone = find_zone(timezone)
    reading = read_iso(text, zone) or read_unix(text, zone)
    if reading is not None:
        return reading
    for mention in sorted(find_mentions(Line(text)), key=_rank):
        try:
            reading = resolve_mention(mention, crawled_at=crawled_at, zone=zone)
        except (OverflowError, ValueError):
            continue
        if reading is not None:
            return reading
    return _read_foreign(text, zone)


def _read_foreign(text: str, zone: tzinfo) -> DateReading | None:
    found = read_foreign(text)
    if not isinstance(found, datetime):
        return None if found is None else DateReading(found, False)
    return DateReading(found if found.tzinfo else found.replace(tzinfo=zone), found.tzinfo is not None)


def _rank(mention: Mention) -> int:
    return mention.rank
