"""SQLite with full-text search, laid out as Datasette expects it: it opens the file as it is.

Sources: https://www.sqlite.org/fts5.html; https://docs.datasette.io/en/stable/full_text_search.html
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from malim_scraper.export.batches import in_batches
from malim_scraper.export.columns import Column, Record, to_cell

SEARCHED = ("title", "lead", "body")
INDEXED = ("id", "portal", "language", "section", "date_published", "date_published_day", "canonical_url")
BATCH = 1_000


def write_sqlite(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write the table `articles`, its indexes and its full-text index `articles_fts`; lists are JSON text."""
    names = [column.name for column in columns]
    marks = ", ".join("?" * len(names))
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")  # renamed only when whole
        typed = ", ".join(f'"{one.name}" {"INTEGER" if one.type in (int, bool) else "TEXT"}' for one in columns)
        # A key of its own: without one, VACUUM may renumber the rows and part them from their full-text index.
        database.execute(f"CREATE TABLE articles (number INTEGER PRIMARY KEY, {typed})")
        for group in in_batches(records, BATCH):
            rows = ([_cell(column, record) for column in columns] for record in group)
            database.executemany(f"INSERT INTO articles VALUES (NULL, {marks})", rows)  # noqa: S608 - only marks vary
        for name in (name for name in INDEXED if name in names):
            database.execute(f'CREATE INDEX "articles_{name}" ON articles ("{name}")')
        searched = ", ".join(f'"{name}"' for name in SEARCHED if name in names)
        if searched:
            options = "content=[articles], content_rowid=[number], tokenize='unicode61 remove_diacritics 0'"
            database.execute(f"CREATE VIRTUAL TABLE articles_fts USING fts5({searched}, {options})")
            database.execute("INSERT INTO articles_fts(articles_fts) VALUES ('rebuild')")
        database.commit()


def _cell(column: Column, record: Record) -> str | int | None:
    value = column.value(record)
    return int(value) if isinstance(value, bool) else to_cell(value)
