"""CSV that a spreadsheet opens right: UTF-8 with a byte order mark, CRLF, no cell that acts as a formula.

Sources: RFC 4180; OWASP, "CSV Injection" (the characters that start a formula).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from malim_scraper.export.columns import Column, Record, to_cell

T = TypeVar("T")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write the records as one CSV file; lists are JSON in their cell, null is an empty cell."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow([column.name for column in columns])
        for record in records:
            table.writerow([harmless(to_cell(column.value(record))) for column in columns])


def harmless(cell: T) -> T | str:
    """Put an apostrophe before a text that a spreadsheet would run as a formula; NUL, which many readers refuse, goes.

    >>> harmless("=1+1")
    "'=1+1"
    """
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return "'" + text if text.startswith(_FORMULA) else text
