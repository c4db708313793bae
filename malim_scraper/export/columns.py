"""The columns of a table of articles: derived from the fields of `Article`, never written down twice."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from typing import Any, Literal

from malim_scraper.errors import UsageError
from malim_scraper.items import Article

Record = dict[str, Any]


@dataclass(frozen=True)
class Column:
    """One column.

    name: as in the record, or the record's key with a suffix.
    type: of a value that is not null: `str`, `int`, `bool`, `date`, `datetime` (UTC), `list[str]`, a list of a
        dataclass, or `dict[str, str]`.
    value: reads it from a record; null when the record has none.
    derived: computed from other keys, hence not part of the record itself. meaning: said here of a derived one only.
    """

    name: str
    type: Any
    value: Callable[[Record], Any]
    derived: bool = False
    meaning: str = ""


def parse_day(text: str | None) -> date | None:
    """Read the calendar day of a stored date, as the portal counts days.

    >>> parse_day("2024-04-24T00:30:00+05:00")
    datetime.date(2024, 4, 24)
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def parse_instant(text: str | None) -> datetime | None:
    """Read a stored time as UTC; null when only a day is known or the offset is missing: a midnight would be made up.

    >>> parse_instant("2024-04-24T12:30:00+05:00")
    datetime.datetime(2024, 4, 24, 7, 30, tzinfo=datetime.timezone.utc)
    """
    try:
        found = datetime.fromisoformat(text or "")
        return found.astimezone(UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _columns_of_article() -> tuple[Column, ...]:
    hints = typing.get_type_hints(Article)
    columns: list[Column] = []
    for field in dataclasses.fields(Article):
        columns.extend(_columns_of_field(field.name, _without_none(hints[field.name])))
    return tuple(columns)


def _columns_of_field(name: str, hint: Any) -> list[Column]:
    if name.endswith("_at"):  # the crawl's own clock: always a full time in UTC
        return [Column(name, datetime, lambda record: parse_instant(record.get(name)))]
    columns = [Column(name, hint, lambda record: record.get(name))]
    if name.startswith("date_") and not name.endswith("_raw"):  # a day or a time: each gets its typed column
        columns.append(Column(name + "_day", date, lambda record: parse_day(record.get(name)), derived=True,
                              meaning=f"the calendar day of `{name}`, as the portal counts days"))
        columns.append(Column(name + "_time", datetime, lambda record: parse_instant(record.get(name)), derived=True,
                              meaning=f"the moment of `{name}` in UTC; null where the page shows only a day"))
    return columns


def _without_none(hint: Any) -> Any:
    """Return the type of a value that is there; a set of allowed texts is text."""
    if isinstance(hint, types.UnionType):
        hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return str if typing.get_origin(hint) is Literal else hint


def part_types(hint: Any) -> dict[str, Any]:
    """Return name and type of each part: the fields of a dataclass, or the keys that a `dict` may have.

    `provenance`, the only dict, has the names of fields as keys.
    """
    if typing.get_origin(hint) is dict:
        return dict.fromkeys(typing.get_type_hints(Article), typing.get_args(hint)[1])
    return {name: _without_none(part) for name, part in typing.get_type_hints(hint).items()}


COLUMNS = _columns_of_article()


def choose_columns(names: Sequence[str], columns: Sequence[Column] = COLUMNS) -> tuple[Column, ...]:
    """Return the named columns in the order of the names; all when none is named.

    Raises UsageError for an unknown name, with the nearest known one.
    """
    known = {column.name: column for column in columns}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(known)}."
            raise UsageError(f"unknown field '{name}'. {hint}")
    return tuple(known[name] for name in dict.fromkeys(names)) if names else tuple(columns)


def to_cell(value: Any) -> str | int | None:
    """Return a value as one cell: lists and parts as JSON, days and times as ISO 8601, truth as `true` or `false`."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
