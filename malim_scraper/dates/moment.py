"""The time of a crawl, as callers have it: a datetime, or the text that a record keeps."""

from datetime import UTC, datetime


def read_moment(value: datetime | str | None) -> datetime | None:
    """Return an aware datetime; one without an offset counts as UTC.

    value: a datetime or ISO 8601, such as a record's `crawled_at`. Text that is not is a ValueError.

    >>> read_moment("2024-04-24T12:30:00").isoformat()
    '2024-04-24T12:30:00+00:00'
    """
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment
