"""JSON Lines: the records as they are stored, plain or compressed with zstd (RFC 8878)."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

from malim_scraper.export.columns import Column, Record, to_cell
from malim_scraper.extras import need

ZSTD = "compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd"


def write_jsonl(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write one JSON object per line, UTF-8, keys in the order of the columns."""
    with path.open("wb") as file:
        _write_lines(records, file, columns)


def write_jsonl_zst(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write JSON Lines into a zstd stream. Raises MalimError when no zstd library is installed."""
    zstd = need(ZSTD, extra="export", purpose="zstd")
    with zstd.open(path, "wb") as file:
        _write_lines(records, file, columns)


def _write_lines(records: Iterable[Record], file: BinaryIO, columns: Sequence[Column]) -> None:
    for record in records:
        values = {column.name: _plain(column, record) for column in columns}
        file.write(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n")


def _plain(column: Column, record: Record) -> object:
    """Return the stored value; a computed one that JSON has no type for becomes text."""
    if column.name in record:
        return record[column.name]
    value = column.value(record)
    return value if isinstance(value, bool | int | list | dict) else to_cell(value)
