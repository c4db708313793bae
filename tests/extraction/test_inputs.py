"""What callers may hand to `extract`: a record's own values are inputs that give the record again."""

from datetime import UTC, datetime

import pytest

from malim_scraper import extract, parse_date
from malim_scraper.errors import UsageError

PAGE = """<html lang="kk"><head><title>Көпір ашылды</title></head><body><main><h1>Көпір ашылды</h1>
<p class="date">Кеше, 18:40</p>
<p>Қалада жаңа көпір ашылды, оның ұзындығы екі жүз метрден асады, деп хабарлады әкімдік.</p>
<p>Құрылыс екі жылға созылды. Көпір екі ауданды жалғап, жолды он минутқа қысқартады, дейді мамандар.</p>
</main></body></html>"""


@pytest.mark.parametrize("crawled_at", [
    datetime(2024, 4, 24, 12, tzinfo=UTC), datetime(2024, 4, 24, 12), "2024-04-24T12:00:00+00:00",
    "2024-04-24T17:00:00+05:00"])
def test_time_of_the_crawl_in_any_form(crawled_at):
    article = extract(PAGE, url="https://example.kz/1", crawled_at=crawled_at, timezone="Asia/Almaty")
    assert article.date_published == "2024-04-23T18:40:00+05:00"
    assert parse_date("кеше", crawled_at=crawled_at, timezone="Asia/Almaty").isoformat() == "2024-04-23"


def test_a_host_is_the_name_of_a_portal_without_profile():
    assert extract(PAGE, url="https://example.kz/1", portal="example.kz").portal == "example.kz"
    assert extract(PAGE, url="https://example.kz/1", portal="malim").portal == "malim"


def test_an_unknown_profile_is_told():
    with pytest.raises(UsageError, match="Did you mean 'malim'"):
        extract(PAGE, url="https://example.kz/1", portal="malm")


def test_an_unknown_time_zone_is_wrong_usage():
    with pytest.raises(UsageError, match="unknown time zone 'Asia/Almata'"):
        extract("<p>", timezone="Asia/Almata")
