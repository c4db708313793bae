"""`state.sqlite`: what was seen of the portals. An index of the records that can be rebuilt from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from malim_scraper.errors import DatasetError

VERSION = 1
_SCHEMA = """
CREATE TABLE pages(
  id INTEGER PRIMARY KEY, portal TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL,
  rank REAL NOT NULL, status TEXT NOT NULL DEFAULT 'waiting', outcome TEXT, article TEXT, parent INTEGER,
  own INTEGER NOT NULL DEFAULT 0, target TEXT, lastmod TEXT, published TEXT, etag TEXT, modified TEXT, fetched_at REAL,
  tries INTEGER NOT NULL DEFAULT 0, finds INTEGER NOT NULL DEFAULT 0, UNIQUE(portal, key));
CREATE INDEX waiting ON pages(portal, rank DESC) WHERE status = 'waiting';
CREATE INDEX targets ON pages(portal, target) WHERE target IS NOT NULL;
CREATE TABLE articles(
  id TEXT PRIMARY KEY, portal TEXT NOT NULL, content_hash TEXT NOT NULL, revision INTEGER NOT NULL,
  first_seen_at TEXT) WITHOUT ROWID;
CREATE INDEX texts ON articles(portal, content_hash);
CREATE TABLE notes(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
"""
# Came later; a state without them gets them, empty.
_ADDED = """
CREATE TABLE IF NOT EXISTS wordings(
  portal TEXT NOT NULL, key TEXT NOT NULL, title INTEGER NOT NULL, opening INTEGER NOT NULL, text INTEGER NOT NULL,
  published TEXT, is_vague INTEGER NOT NULL, article TEXT, PRIMARY KEY(portal, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS same_text ON wordings(portal, text) WHERE article IS NOT NULL;
"""


class State:
    """A connection with one open transaction, which `commit` ends; after a kill all since then never was.

    set_aside: where an unreadable file was moved to. is_new: whether nothing is in it yet.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the state of this path, or with None a temporary one that a crawl without a folder uses."""
        self.path = path
        self.set_aside: Path | None = None
        opened = _open(path)
        if opened is None and path is not None:
            self.set_aside = _move_aside(path)
            opened = _open(path)
        if opened is None:
            raise DatasetError(f"{path}: cannot be opened.")
        self.db = opened
        self.is_new = self.db.execute("PRAGMA user_version").fetchone()[0] == 0
        if self.is_new:
            self.db.executescript(f"BEGIN; {_SCHEMA} PRAGMA user_version = {VERSION}; COMMIT")
        self.db.executescript(_ADDED)
        self.db.execute("BEGIN")

    def note(self, name: str, value: int | str) -> None:
        """Keep a value under a name."""
        self.db.execute("INSERT OR REPLACE INTO notes VALUES(?, ?)", (name, value))

    def noted(self, name: str) -> int | str | None:
        """Return the value kept under a name."""
        row = self.db.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def notes(self, beginning: str) -> list[tuple[str, int | str]]:
        """Return the names with this beginning, each with what is kept under it."""
        return self.db.execute("SELECT name, value FROM notes WHERE substr(name, 1, ?) = ?",
                               (len(beginning), beginning)).fetchall()

    def commit(self) -> None:
        """Make everything since the last commit durable."""
        self.db.execute("COMMIT")
        self.db.execute("BEGIN")

    def close(self) -> None:
        """Drop what was not committed, and close."""
        self.db.close()


@contextmanager
def told(path: Path | None) -> Iterator[None]:
    """Turn a failure of the database into a DatasetError of one line."""
    try:
        yield
    except sqlite3.Error as error:
        raise DatasetError(f"{path or 'temporary state'}: cannot be written ({error}).") from error


def _open(path: Path | None) -> sqlite3.Connection | None:
    db = sqlite3.connect(path or "", isolation_level=None, cached_statements=256, check_same_thread=False)
    try:
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -16000")
        is_sound = db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
        if is_sound and db.execute("PRAGMA user_version").fetchone()[0] in (0, VERSION):
            return db
    except sqlite3.OperationalError as error:
        if "readonly" in str(error) or "unable to open" in str(error) or "full" in str(error):
            raise DatasetError(f"{path}: cannot be opened ({error}).") from error
    except sqlite3.DatabaseError:
        pass
    db.close()
    return None


def _move_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return path.rename(aside)
