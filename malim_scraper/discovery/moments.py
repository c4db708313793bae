"""Points in time as sitemaps and feeds write them."""

from datetime import UTC, date, datetime, time
from email.utils import parsedate_to_datetime

from malim_scraper.dates import parse_date


def parse_moment(text: str | None) -> datetime | None:
    """Read a date of a sitemap or feed, for ordering; it never enters a record.

    text: W3C date and time, RFC 822 date, or one as portals print them. Returns an aware time; where no zone is
    given it is taken as UTC, and a day as its beginning. None when it cannot be read. Never raises.

    >>> parse_moment("Tue, 24 Nov 2026 10:00:00 +0500").isoformat()
    '2026-11-24T10:00:00+05:00'
    """
    text = (text or "").strip()[:80]
    if not text:
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime, parse_date):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if found is not None:
            return _aware(found)
    return None


def _aware(found: date | datetime) -> datetime:
    moment = found if isinstance(found, datetime) else datetime.combine(found, time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
