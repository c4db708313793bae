"""Columns follow from the fields of `Article`."""

import dataclasses
from datetime import UTC, date, datetime

import pytest

from malim_scraper import Article
from malim_scraper.errors import UsageError
from malim_scraper.export.columns import COLUMNS, choose_columns, parse_day, parse_instant, to_cell
from malim_scraper.export.meanings import meaning, meanings, type_name


def test_every_field_is_a_column_in_record_order():
    names = [field.name for field in dataclasses.fields(Article)]
    assert [column.name for column in COLUMNS if not column.derived] == names
    assert set(meanings()) == set(names)


def test_every_column_has_a_meaning_and_a_type():
    for column in COLUMNS:
        assert meaning(column), column.name
        assert type_name(column), column.name


@pytest.mark.parametrize(("text", "day", "instant"), [
    ("2021-02-19", date(2021, 2, 19), None),
    ("2024-04-24T00:30:00+05:00", date(2024, 4, 24), datetime(2024, 4, 23, 19, 30, tzinfo=UTC)),
    ("2024-04-24T12:30:00", date(2024, 4, 24), None),
    ("24 сәуір", None, None),
    ("0001-01-01T00:00:00+14:00", date(1, 1, 1), None),
    ("", None, None),
    (None, None, None),
])
def test_a_date_is_typed_without_making_one_up(text, day, instant):
    assert parse_day(text) == day
    assert parse_instant(text) == instant


def test_chosen_columns_keep_the_order_of_their_names():
    assert [column.name for column in choose_columns(["title", "id", "title"])] == ["title", "id"]


@pytest.mark.parametrize(("name", "words"), [("titel", "Did you mean 'title'"), ("zzz", "Known: id, url")])
def test_an_unknown_column_is_wrong_usage(name, words):
    with pytest.raises(UsageError, match=words):
        choose_columns([name])


@pytest.mark.parametrize(("value", "cell"), [
    (None, None), ("ә", "ә"), (True, "true"), (3, 3), (["ә"], '["ә"]'), (date(2024, 1, 2), "2024-01-02"),
    (datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC), "2024-01-02T03:04:05Z"), ({"a": "b"}, '{"a": "b"}'),
])
def test_cells(value, cell):
    assert to_cell(value) == cell
