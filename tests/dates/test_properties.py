from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from malim_scraper.dates import find_dates, parse_date
from malim_scraper.dates.fold import clean, fold

CRAWLED = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
PARTS = [
    "24", "2024", "12:30", " ", ", ", ".", "-", "сәуір", "мая", "Apr", "бүгін", "ago", "бұрын", "GMT +5",
    "Z", "күн", "00", "T", "年",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=220),
    st.lists(st.sampled_from(PARTS), max_size=30).map("".join),
    st.text("0123456789.:-/ TZ+", max_size=60),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.datetimes(timezones=st.just(UTC))))
def test_never_raises_and_times_are_aware(text: str, crawled_at: datetime | None) -> None:
    found = parse_date(text, crawled_at=crawled_at, timezone="Asia/Almaty")
    assert found is None or isinstance(found, date)
    if isinstance(found, datetime):
        assert found.utcoffset() is not None


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_found_dates_can_be_read(text: str) -> None:
    for printed in find_dates(text):
        assert printed in clean(text)
        assert parse_date(printed, crawled_at=CRAWLED) is not None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold(text)) == len(text)
