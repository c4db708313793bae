"""Take articles out of a dataset folder, for good: a person asked for it, or a portal did."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from malim_scraper.dataset.folder import Folder
from malim_scraper.dataset.forgotten import note_forgotten
from malim_scraper.dataset.records import iter_records
from malim_scraper.dataset.shards import shards
from malim_scraper.dataset.state import State, told
from malim_scraper.dataset.warc_forget import forget_captures
from malim_scraper.errors import DatasetError
from malim_scraper.urls import url_key


def forget(path: Path, urls: Iterable[str]) -> int:
    """Remove the articles with these addresses: all revisions, what other articles print of them, state, raw pages.

    path: a dataset folder. The addresses stay in the state, marked as never to be fetched, and `forgotten.jsonl` tells
    when how many records went, and keeps hashes of the addresses, in case the state is lost.
    Returns the number of records removed.
    Raises DatasetError when an address has no record, or when another run has the folder; then nothing was changed.
    """
    files = shards(path, "articles", ".jsonl")
    if not files:
        raise DatasetError(f"{path}: no articles.jsonl here.")
    folder = Folder(path)
    others = [State(file) for file in shards(path, "state", ".sqlite") if file.name != "state.sqlite"]
    try:
        keys = {url_key(url): url for url in urls}
        ids, keys_of_articles = _find(files, keys)
        keys_of_pages = _keys_of_pages(folder.store.state, ids, keys_of_articles)
        for state in (folder.store.state, *others):
            _mark(state, ids, keys_of_pages)
        for archive in (path / "warc", *path.glob("warc-*")):
            forget_captures(archive, keys_of_pages)
        removed = sum(_rewrite(file, ids, keys_of_articles) for file in files)
        for damaged in path.glob("articles*.jsonl.damaged-*"):
            damaged.unlink()  # the torn end of a record: nobody can tell whose
        for state in (folder.store.state, *others):
            _note_indexed(state)
        note_forgotten(path, ids, keys_of_pages, removed)
        return removed
    except OSError as error:
        raise DatasetError(f"{path}: cannot be written ({error.strerror}).") from error
    finally:
        for state in others:
            state.close()
        folder.close()


def _note_indexed(state: State) -> None:
    if state.path is not None:
        records = state.path.with_name(state.path.name.replace("state", "articles", 1)).with_suffix(".jsonl")
        with told(state.path):
            state.note("indexed", records.stat().st_size)
            state.commit()


def _find(files: Iterable[Path], keys: dict[str, str]) -> tuple[set[str], set[str]]:
    """Return the ids of the articles with these addresses, and all addresses of theirs, folded."""
    missing, ids, found = dict(keys), set(), set(keys)
    for file in files:
        for record in iter_records(file):
            own = _keys(record)
            if record["id"] in ids or not own.isdisjoint(keys):
                ids.add(record["id"])
                found |= own
                missing = {key: url for key, url in missing.items() if key not in own}
    if missing:
        raise DatasetError(f"no record has the address {next(iter(missing.values()))}. Nothing was removed.")
    return ids, found


def _keys(record: dict[str, Any]) -> set[str]:
    return {url_key(str(record[name])) for name in ("url", "canonical_url") if record.get(name)}


def _keys_of_pages(state: State, ids: set[str], keys: set[str]) -> set[str]:
    """Return the folded addresses of all pages that are these articles, their parts, or led to them."""
    found = set(keys)
    with told(state.path):
        for article in ids:
            found.update(key for key, in state.db.execute("SELECT key FROM pages WHERE article = ?", (article,)))
        for key in keys:
            found.update(other for other, in state.db.execute("SELECT key FROM pages WHERE target = ?", (key,)))
    return found


def _mark(state: State, ids: set[str], keys: set[str]) -> None:
    """Drop the articles from the state and keep their pages from being fetched again.

    Until the records are rewritten the state counts as knowing none of them: a kill in between makes the next run read
    them anew, whichever file it finds.
    """
    with told(state.path):
        state.db.execute("PRAGMA secure_delete = ON")
        for article in ids:
            state.db.execute("DELETE FROM articles WHERE id = ?", (article,))
            state.db.execute("DELETE FROM wordings WHERE article = ?", (article,))
            state.db.execute(
                "UPDATE pages SET status = 'never', outcome = 'forgotten', article = NULL, published = NULL,"
                " etag = NULL, modified = NULL WHERE article = ?", (article,))
        for key in keys:
            state.db.execute("UPDATE pages SET status = 'never', outcome = 'forgotten' WHERE key = ?", (key,))
        state.note("indexed", 0)
        state.commit()


def _rewrite(file: Path, ids: set[str], keys: set[str]) -> int:
    """Write the file anew without the records of these ids, and without related items that show their titles."""
    removed = 0
    new = file.with_name(f".{file.name}.new")
    with file.open("rb") as old, new.open("wb") as kept:
        for line in old:
            record = _read(line)
            if record is not None and record.get("id") in ids:
                removed += 1
                continue
            kept.write(line if record is None else _without_related(line, record, keys))
        kept.flush()
        os.fsync(kept.fileno())
    new.replace(file)
    return removed


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _without_related(line: bytes, record: dict[str, Any], keys: set[str]) -> bytes:
    related = record.get("related") or []
    left = [item for item in related if url_key(str(item.get("url") or "")) not in keys]
    if len(left) == len(related):
        return line
    changed = {**record, "related": left}
    return json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
