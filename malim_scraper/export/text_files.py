"""A file of text for each article, for tools that read a folder of documents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from malim_scraper.export.columns import Column, Record, parse_day, to_cell

_UNSAFE = re.compile(r"[^\w.-]+|^\.+")
_MARKUP = re.compile(r"^(\d{1,9})([.)])(?=\s)|^()([#+-])|()([\\`*_\[\]<>])")
_BLOCK = {"heading": "## ", "quote": "> ", "list_item": "- "}


def write_text(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write title, empty line, body of each article as plain text, as far as they are among the columns."""
    names = [name for name in ("title", "body") if any(column.name == name for column in columns)]
    for record, file in _places(records, path, ".txt"):
        file.write_text("\n\n".join(record.get(name) or "" for name in names) + "\n", "utf-8", "replace")


def write_markdown(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write each article as Markdown, its columns but the text as YAML front matter (a value is JSON, so YAML)."""
    described = [column for column in columns if column.name not in ("body", "blocks")]
    for record, file in _places(records, path, ".md"):
        values = ((column.name, column.value(record)) for column in described)
        front = "".join(f"{name}: {_yaml(value)}\n" for name, value in values if value not in (None, [], {}))
        blocks = (_BLOCK.get(block["type"], "") + escape(block["text"]) for block in record.get("blocks") or ())
        text = "\n\n".join((f"# {escape(record.get('title') or '')}", *blocks))
        file.write_text(f"---\n{front}---\n\n{text}\n", "utf-8", "replace")


def escape(text: str) -> str:
    r"""Keep characters of a text from acting as Markdown.

    >>> escape("1. *жаңа*")
    '1\\. \\*жаңа\\*'
    """
    return _MARKUP.sub(lambda found: "\\".join(part for part in found.groups() if part is not None), text)


def _yaml(value: object) -> str:
    return json.dumps(value if isinstance(value, bool | int | list | dict) else to_cell(value), ensure_ascii=False)


def _places(records: Iterable[Record], folder: Path, suffix: str) -> Iterator[tuple[Record, Path]]:
    """Give each record its file: PORTAL/YEAR/MONTH/DAY-ID, so that no folder grows without bound."""
    for record in records:
        day = parse_day(record.get("date_published"))
        portal, name = (_UNSAFE.sub("_", str(record.get(key)))[:100] for key in ("portal", "id"))
        revision = "" if (record.get("revision") or 1) == 1 else f"-r{record['revision']}"
        place = folder / portal / (f"{day:%Y}/{day:%m}" if day else "undated")
        place.mkdir(parents=True, exist_ok=True)
        yield record, place / f"{f'{day}-' if day else ''}{name}{revision}{suffix}"
