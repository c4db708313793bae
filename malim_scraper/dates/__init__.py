"""Dates as portals print them."""

from datetime import date, datetime


def parse_date(text: str, *, crawled_at: datetime | None = None, timezone: str | None = None) -> date | datetime | None:
    """Read a date as printed."""
    del crawled_at, timezone
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
