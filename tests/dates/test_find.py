from datetime import UTC, datetime

import pytest

from malim_scraper.dates import en, find_dates, kk, parse_date, read_date, ru, world
from malim_scraper.errors import UsageError

CRAWLED = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("text", "expected"), [
    ("Сұхбат • 21 Ақпан, 2025", ["21 Ақпан, 2025"]),
    ("Автор Аты | 24.10.2025 16:00 | жаңалық", ["24.10.2025 16:00"]),
    ("Published: Jan 5, 2023 10:30am EST", ["Jan 5, 2023 10:30am EST"]),
    ("18:11, 16 Қаңтар 2026 | GMT +5", ["18:11, 16 Қаңтар 2026 | GMT +5"]),
    ("Бүгiн, 10:09", ["Бүгiн, 10:09"]),
    ("By A. Writer, 2 hours ago", ["2 hours ago"]),
    ("Экономика час назад", ["час назад"]),
    ("Published 5 May 2024, 10:00. Updated 6 May 2024, 11:00", ["5 May 2024, 10:00", "6 May 2024, 11:00"]),
    ("46 - sóz 5897 11 pikir 2 Nauryz, 2020 saghat 11:34", ["2 Nauryz, 2020 saghat 11:34"]),
    ("20.04.2017 7040", ["20.04.2017"]),
    ("2024-04-24T12:30:00Z", ["2024-04-24T12:30:00Z"]),
    ("Created 2024-04-24T12:30:00+05:00 by admin", ["2024-04-24T12:30:00+05:00"]),
    ("Wed Apr 24 12:30:00 2024", ["Apr 24 12:30:00 2024"]),
    ("30 قاڭتار, 2026 ساعات 13:48", ["30 قاڭتار, 2026 ساعات 13:48"]),
    ("2024年3月5日 14:30 来源", ["2024年3月5日 14:30"]),
    ("April 15, 2024 by Somebody", ["April 15, 2024"]),
    ("Бас редактор", []),
    ("2024 оны 4 сарын 24", ["2024 оны 4 сарын 24"]),
    ("Сегодня в 12:30 в центре города откроется новая выставка, на которой покажут работы художников всего края", []),
    ("АСТАНА, 27 наурыз. Министрлік биыл ауылдарда салынатын мектептердің тізімін жариялады.", ["27 наурыз"]),
    ("x" * 301, []),
])  # fmt: skip
def test_find_dates(text: str, expected: list[str]) -> None:
    found = find_dates(text)
    assert found == expected
    assert all(parse_date(printed, crawled_at=CRAWLED, timezone="Asia/Almaty") for printed in found)


@pytest.mark.parametrize(("text", "has_offset"), [
    ("24.04.2024", False),
    ("24.04.2024 12:30", False),
    ("24.04.2024 12:30 GMT+5", True),
    ("2024-04-24T12:30:00", False),
    ("2024-04-24T12:30:00Z", True),
    ("1713943800", True),
    ("2 hours ago", True),
])  # fmt: skip
def test_has_offset(text: str, has_offset: bool) -> None:
    reading = read_date(text, crawled_at=CRAWLED)
    assert reading is not None
    assert reading.has_offset is has_offset


def test_zone() -> None:
    assert str(parse_date("24.02.2024 12:30", timezone="Asia/Almaty")) == "2024-02-24 12:30:00+06:00"
    assert str(parse_date("24.04.2024 12:30")) == "2024-04-24 12:30:00+00:00"


@pytest.mark.parametrize("name", ["No/Where", "../etc/passwd", "x\0"])
def test_an_unknown_zone_is_wrong_usage(name: str) -> None:
    with pytest.raises(UsageError, match="unknown time zone"):
        parse_date("24.04.2024 12:30", timezone=name)


MONTH_NAMES = [
    (name, number)
    for language in (kk, ru, en, world)
    for number, names in enumerate(language.MONTHS, 1)
    for name in names.split()
]


@pytest.mark.parametrize("form", ["14 {} 2015", "14. {} 2015, 12:30", "14-{}, 2015", "{} 14, 2015", "2015 {} 14"])
def test_every_month_in_every_order(form: str) -> None:
    missed = []
    for name, number in MONTH_NAMES:
        dates = find_dates(f"Text {form.format(name)}")
        reading = read_date(dates[0]) if dates else None
        if reading is None or str(reading.value)[:10] != f"2015-{number:02}-14":
            missed.append(name)
    assert missed == []
