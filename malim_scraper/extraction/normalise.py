"""Dates as printed to ISO 8601, in the portal's zone and by the crawl's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from malim_scraper.dates import DateReading, read_date, read_moment
from malim_scraper.items import Article

AHEAD = timedelta(days=1)  # clocks and zones differ; beyond it a date lies in the future


def normalise(article: Article, *, crawled_at: datetime | str | None = None, timezone: str | None = None) -> Article:
    """Return the article with its dates in ISO 8601; one that cannot be read becomes null.

    crawled_at: a datetime or ISO 8601; without it relative dates stay null and no date counts as future.
    timezone: IANA name, for times without an offset; without it they count as UTC, with the warning `timezone-assumed`.
    Times that a page gives in UTC are turned to `timezone`, those with another offset stay as they are.
    """
    moment = read_moment(crawled_at)

    def read(printed: str | None) -> DateReading | None:
        return read_date(printed, crawled_at=moment, timezone=timezone) if printed else None

    published, modified = read(article.date_published_raw), read(article.date_modified)
    related = [replace(item, date_published=_iso(read(item.date_published_raw), timezone)) for item in article.related]
    codes = _codes(published, article, crawled_at=moment, timezone=timezone)
    return replace(
        article,
        date_published=_iso(published, timezone),
        date_modified=_iso(modified, timezone),
        related=related,
        warnings=list(dict.fromkeys([*article.warnings, *codes])),
    )


def _iso(reading: DateReading | None, timezone: str | None) -> str | None:
    if reading is None:
        return None
    value = reading.value
    if timezone and isinstance(value, datetime) and reading.has_offset and not value.utcoffset():
        value = value.astimezone(
            ZoneInfo(timezone)
        )  # UTC is how systems write a time, not how the portal's readers see it
    return value.isoformat()


def _codes(
    published: DateReading | None, article: Article, *, crawled_at: datetime | None, timezone: str | None
) -> list[str]:
    if published is None:
        return ["no-date"] if article.date_published_raw else []
    found = []
    value = published.value
    if isinstance(value, datetime) and not published.has_offset and not timezone:
        found.append("timezone-assumed")
    if crawled_at is not None:
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day, tzinfo=UTC)
        if moment > crawled_at + AHEAD:
            found.append("future-date")
    return found
