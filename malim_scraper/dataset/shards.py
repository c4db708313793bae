"""The files of a dataset folder that several workers write: each its own shard, all of them one dataset."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from malim_scraper.dataset.indexing import index
from malim_scraper.dataset.lock import is_locked
from malim_scraper.dataset.records import iter_records
from malim_scraper.dataset.state import State, told
from malim_scraper.errors import UsageError

_NAME = re.compile(r"[\w.]+(-[\w.]+)*", re.ASCII)
_LONGEST = 60
# Of two states that know a page the one that fetched it later is right. When it is the same fetch, a page that was put
# in line again waits; one that nobody fetched is what the state says that knows more than its address.
_MERGE = """INSERT INTO pages(portal, key, url, kind, rank, status, outcome, article, parent, own, target, lastmod,
  published, etag, modified, fetched_at, tries, finds)
VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(portal, key) DO UPDATE SET
  kind = excluded.kind, rank = excluded.rank, status = excluded.status, outcome = excluded.outcome,
  article = coalesce(excluded.article, article), own = excluded.own, target = excluded.target,
  lastmod = coalesce(excluded.lastmod, lastmod), published = coalesce(excluded.published, published),
  etag = excluded.etag, modified = excluded.modified, fetched_at = excluded.fetched_at, tries = excluded.tries,
  finds = max(finds, excluded.finds)
WHERE coalesce(excluded.fetched_at, -1) > coalesce(fetched_at, -1)
  OR coalesce(excluded.fetched_at, -1) = coalesce(fetched_at, -1)
    AND (excluded.status = 'waiting') = (fetched_at IS NOT NULL) AND (status = 'waiting') = (fetched_at IS NULL)"""
_PAGES = """SELECT portal, key, url, kind, rank, CASE status WHEN 'taken' THEN 'waiting' ELSE status END, outcome,
  article, CASE WHEN parent IS NULL THEN NULL ELSE 0 END, own, target, lastmod, published, etag, modified, fetched_at,
  tries, finds FROM pages WHERE NOT (status = 'taken' AND outcome IS 'part')"""
_ARTICLES = """INSERT INTO articles VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
  content_hash = excluded.content_hash, revision = excluded.revision,
  first_seen_at = coalesce(min(first_seen_at, excluded.first_seen_at), first_seen_at, excluded.first_seen_at)
WHERE excluded.revision > revision"""


def read_worker(name: str) -> str:
    """Return the name of a worker as it stands in file names; one that cannot is a UsageError."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise UsageError(f"--worker '{name}': use letters, digits, dots, single hyphens and '_', "
                         f"at most {_LONGEST}.")
    return name


def name_of(stem: str, suffix: str, worker: str | None) -> str:
    """Return the name of a file of a dataset folder. worker: whose it is, or None for a crawl by one process.

    >>> name_of("articles", ".jsonl", None), name_of("articles", ".jsonl", "node-1")
    ('articles.jsonl', 'articles-node-1.jsonl')
    """
    return f"{stem}-{worker}{suffix}" if worker else stem + suffix


def shards(folder: Path, stem: str, suffix: str) -> list[Path]:
    """Return the files of a dataset folder of one kind, that of a crawl by one process first.

    stem, suffix: such as `articles` and `.jsonl`.
    """
    plain = folder / (stem + suffix)
    return [path for path in (plain, *sorted(folder.glob(f"{stem}-*{suffix}"))) if path.is_file()]


def gather(folder: Path, into: State, *, own: str | None = None) -> None:
    """Add to a state what all others of a folder know, and the records that these have not indexed yet.

    own: the name of the state's own record file, which is passed over. A state that cannot be read is built anew from
    its records. A failure of `into` is a DatasetError, an OSError passes through.
    """
    with told(into.path):
        for records in shards(folder, "articles", ".jsonl"):
            if records.name == own:
                continue
            name = records.name.removeprefix("articles").removesuffix(".jsonl")
            start = _merge(folder / f"state{name}.sqlite", into)
            is_cut_off = start is not None and start <= records.stat().st_size
            for record in iter_records(records, start or 0 if is_cut_off else 0):
                index(into, record, is_cut_off=is_cut_off)


def _merge(path: Path, into: State) -> int | None:
    """Add what a state knows; returns up to where it knows its records, None when it cannot be read."""
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=5)) as db:
            marked = db.execute("SELECT value FROM notes WHERE name = 'indexed'").fetchone()
            pages, articles = db.execute(_PAGES), db.execute("SELECT * FROM articles")
            notes = db.execute("SELECT name, value FROM notes WHERE name != 'indexed'").fetchall()
            _add(into, pages, articles, notes)
            return int(marked[0]) if marked else 0
    except sqlite3.Error:
        return None


def _add(into: State, pages: Iterator[Any], articles: Iterator[Any], notes: list[tuple[str, Any]]) -> None:
    into.db.executemany(_MERGE, pages)
    into.db.executemany(_ARTICLES, articles)
    for name, value in notes:
        known = into.noted(name)
        is_later = name.startswith("retry-after:") and known is not None and float(known) >= float(value)
        if not is_later:
            into.note(name, value)


def free_worker(folder: Path, host: str) -> str:
    """Return the first name `HOST-N` under which no worker writes to a folder now."""
    name = re.sub(r"[^\w.]+", "-", host, flags=re.ASCII).strip("-")[:_LONGEST - 6] or "worker"
    return next(found for number in count(1) if not is_locked(folder / f".lock-{(found := f'{name}-{number}')}"))
