from datetime import UTC, datetime

import pytest

from malim_scraper.extraction import normalise
from malim_scraper.items import Article, RelatedItem

CRAWLED = datetime(2024, 5, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("printed", "timezone", "expected", "warnings"),
    [
        ("19.02.2021", "Asia/Almaty", "2021-02-19", []),
        ("19.02.2021, 14:48", "Asia/Almaty", "2021-02-19T14:48:00+06:00", []),
        ("24 сәуір 2024, 12:30", "Asia/Almaty", "2024-04-24T12:30:00+05:00", []),
        ("24 сәуір 2024, 12:30", None, "2024-04-24T12:30:00+00:00", ["timezone-assumed"]),
        ("2024-04-24T02:30:00+05:00", None, "2024-04-24T02:30:00+05:00", []),
        ("2024-04-23T21:30:00Z", "Asia/Almaty", "2024-04-24T02:30:00+05:00", []),
        ("2024-04-23T21:30:00Z", None, "2024-04-23T21:30:00+00:00", []),
        ("2024-04-23T21:30:00+03:00", "Asia/Almaty", "2024-04-23T21:30:00+03:00", []),
        ("Кеше, 18:40", "Asia/Almaty", "2024-05-19T18:40:00+05:00", []),
        ("24.05.2024", "Asia/Almaty", "2024-05-24", ["future-date"]),
        ("31.02.2021", None, None, ["no-date"]),
        (None, None, None, []),
    ],
)
def test_publication(printed, timezone, expected, warnings):
    article = Article("id", "u", "u", "p", "t", date_published=printed, date_published_raw=printed)
    found = normalise(article, crawled_at=CRAWLED, timezone=timezone)
    assert (found.date_published, found.warnings) == (expected, warnings)
    assert found.date_published_raw == printed
    assert article.date_published == printed  # the argument stays as it was


def test_related_items():
    article = Article(
        "id",
        "u",
        "u",
        "p",
        "t",
        related=[RelatedItem("A", "u", date_published_raw="24.04.2024"), RelatedItem("B", "u")],
    )
    assert [item.date_published for item in normalise(article).related] == ["2024-04-24", None]
