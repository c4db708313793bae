from datetime import UTC, datetime

import pytest

from malim_scraper.dates import find_dates, parse_date

CRAWLED = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", [
    "", " ", "1 245", "31.02.2021", "3:2", "2:0", "12", "2024", "2023-2024", "2024/2025 оқу жылы", "№ 1245",
    "+7 (727) 250-12-10", "8 701 123 45 67", "8-701-123-45-67",
    "12-34-56", "87011234567", "2.10.24", "v2.10.24", "1.2.3.4", "192.168.10.20",
    "4236 рет көрсетілді", "24 мин оқу үшін", "1656 ret kórsetildi", "7040 просмотров", "12 пікір", "12 500 теңге",
    "$19.99", "1 000 000", "50%", "24/7", "5 млн", "malim.kz/2021/02/19/maqala", "27663-1736200335-m.jpg",
    "сәуір 2024", "May", "наурыз мейрамы", "3-5 мая", "May 5-7, 2024", "25:61", "99 сәуір 2024", "Windows 11",
    "5 points ago",
    "Қараша мен қыс", "ISBN 978-601-7999-12-3", "x" * 201, "Covid-19",
    "10 out of 10",
    "Бүгін президент жаңа заңға қол қойып, оның маңызын айтты",
    "Сегодня в городе прошла большая выставка местных художников",
])  # fmt: skip
def test_not_a_date(text: str) -> None:
    assert parse_date(text, crawled_at=CRAWLED, timezone="Asia/Almaty") is None
    assert find_dates(text) == []


def test_long_text_is_no_date() -> None:
    assert parse_date("19.02.2021 " + "x" * 190) is None
