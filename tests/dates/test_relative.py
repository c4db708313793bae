from datetime import UTC, datetime

import pytest

from malim_scraper.dates import parse_date

CRAWLED = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), [
    ("Бүгін, 10:09", "2026-04-10T10:09:00+05:00"),
    ("Бүгiн, 10:09", "2026-04-10T10:09:00+05:00"),
    ("бүгін", "2026-04-10"),
    ("кеше, 18:40", "2026-04-09T18:40:00+05:00"),
    ("18:40, кеше", "2026-04-09T18:40:00+05:00"),
    ("кеше", "2026-04-09"),
    ("3 күн бұрын", "2026-04-07"),
    ("2 сағат бұрын", "2026-04-10T12:00:00+05:00"),
    ("бір сағат бұрын", "2026-04-10T13:00:00+05:00"),
    ("15 минут бұрын", "2026-04-10T13:45:00+05:00"),
    ("2 апта бұрын", "2026-03-27"),
    ("1 ай бұрын", "2026-03-10"),
    ("2 жыл бұрын", "2024-04-10"),
    ("жаңа ғана", "2026-04-10T14:00:00+05:00"),
    ("3 kún buryn", "2026-04-07"),
    ("keshe, 18:40", "2026-04-09T18:40:00+05:00"),
    ("3 كۇن بۇرىن", "2026-04-07"),
    ("Сегодня, 02:47", "2026-04-10T02:47:00+05:00"),
    ("Вчера, 17:49", "2026-04-09T17:49:00+05:00"),
    ("вчера в 17:49", "2026-04-09T17:49:00+05:00"),
    ("позавчера", "2026-04-08"),
    ("5 минут назад", "2026-04-10T13:55:00+05:00"),
    ("час назад", "2026-04-10T13:00:00+05:00"),
    ("2 часа 10 минут назад", "2026-04-10T11:50:00+05:00"),
    ("только что", "2026-04-10T14:00:00+05:00"),
    ("2 hours ago", "2026-04-10T12:00:00+05:00"),
    ("an hour ago", "2026-04-10T13:00:00+05:00"),
    ("5 min ago", "2026-04-10T13:55:00+05:00"),
    ("3d ago", "2026-04-07"),
    ("yesterday at 5:30 pm", "2026-04-09T17:30:00+05:00"),
    ("just now", "2026-04-10T14:00:00+05:00"),
    ("Published 2 days ago", "2026-04-08"),
    ("Published yesterday", "2026-04-09"),
    ("Экономика • Сегодня", "2026-04-10"),
    ("Sport Today", None),
    ("Mehr hier", None),
    ("12:30", "2026-04-10T12:30:00+05:00"),
    ("в 12:30", "2026-04-10T12:30:00+05:00"),
    ("12:30 GMT", "2026-04-10T12:30:00+00:00"),
    ("999 years ago", None),
])  # fmt: skip
def test_relative(text: str, expected: str | None) -> None:
    found = parse_date(text, crawled_at=CRAWLED, timezone="Asia/Almaty")
    assert (found and found.isoformat()) == expected


@pytest.mark.parametrize("text", ["бүгін", "кеше, 18:40", "3 күн бұрын", "just now", "12:30", "30 желтоқсан", "Apr 5"])
def test_without_crawl_time(text: str) -> None:
    assert parse_date(text, timezone="Asia/Almaty") is None


def test_day_of_the_crawl_is_that_of_the_zone() -> None:
    late = datetime(2026, 4, 10, 20, 0, tzinfo=UTC)
    assert str(parse_date("бүгін", crawled_at=late, timezone="Asia/Almaty")) == "2026-04-11"
    assert str(parse_date("бүгін", crawled_at=late)) == "2026-04-10"


def test_last_leap_day() -> None:
    assert str(parse_date("29 ақпан", crawled_at=CRAWLED)) == "2024-02-29"
    assert str(parse_date("1 month ago", crawled_at=datetime(2026, 3, 31, tzinfo=UTC))) == "2026-02-28"
