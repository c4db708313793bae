"""What each column means, in words: read from the docstring of `Article`, where it is written once."""

from __future__ import annotations

import dataclasses
import re
import typing
from datetime import date, datetime

from malim_scraper.export.columns import Column
from malim_scraper.items import Article

_NAMES = "|".join(field.name for field in dataclasses.fields(Article))
_ENTRY = re.compile(rf"(?<!\S)((?:{_NAMES})(?:, (?:{_NAMES}))*): ")


def meanings() -> dict[str, str]:
    """Return the meaning of each field of `Article` as one line of text."""
    texts = _ENTRY.split(" ".join((Article.__doc__ or "").split()))[1:]
    return {name: text.strip().rstrip(".") for names, text in zip(texts[::2], texts[1::2], strict=True)
            for name in names.split(", ")}


def meaning(column: Column) -> str:
    """Return what a column means."""
    return column.meaning or meanings().get(column.name, "")


def type_name(column: Column) -> str:
    """Return the name of a column's type as a reader of tables knows it."""
    plain = {str: "text", int: "integer", bool: "truth", date: "date", datetime: "timestamp, UTC"}
    if column.type in plain:
        return plain[column.type]
    part = typing.get_args(column.type)[0]
    return "text for each field" if typing.get_origin(column.type) is dict else f"list of {plain.get(part, 'parts')}"
