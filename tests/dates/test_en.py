from datetime import UTC, datetime

import pytest

from malim_scraper.dates import parse_date

CRAWLED = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), [
    ("April 15, 2024", "2024-04-15"),
    ("Apr. 15, 2024", "2024-04-15"),
    ("15 April 2024", "2024-04-15"),
    ("15th of April 2024", "2024-04-15"),
    ("the 1st of May, 2024", "2024-05-01"),
    ("April 15th, 2024 at 5 pm", "2024-04-15T17:00:00+05:00"),
    ("May 5, 2024, 12:05 a.m.", "2024-05-05T00:05:00+05:00"),
    ("May 5, 2024 12:05 PM", "2024-05-05T12:05:00+05:00"),
    ("Published: Jan 5, 2023 10:30am EST", "2023-01-05T10:30:00-05:00"),
    ("Jan 5, 2023 10:30 AM ET", "2023-01-05T10:30:00-05:00"),
    ("July 5, 2023 10:30 AM ET", "2023-07-05T10:30:00-04:00"),
    ("10:30 GMT, 5 Jan 2023", "2023-01-05T10:30:00+00:00"),
    ("Thursday 5 January 2023 10.30 GMT", "2023-01-05T10:30:00+00:00"),
    ("24-Apr-2024", "2024-04-24"),
    ("24/Apr/2024", "2024-04-24"),
    ("2024-Apr-24", "2024-04-24"),
    ("2024 April 24", "2024-04-24"),
    ("Sept 5, 2024", "2024-09-05"),
    ("December 30", "2025-12-30"),
    ("April 10", "2026-04-10"),
    ("Wed Apr 24 12:30:00 2024", "2024-04-24T12:30:00+05:00"),
    ("Wed Apr 24 12:30:00 UTC 2024", "2024-04-24T12:30:00+00:00"),
    ("Wed Apr 24 2024 12:30:00 GMT+0500 (Kazakhstan Time)", "2024-04-24T12:30:00+05:00"),
])  # fmt: skip
def test_en(text: str, expected: str | None) -> None:
    found = parse_date(text, crawled_at=CRAWLED, timezone="Asia/Almaty")
    assert (found and found.isoformat()) == expected
