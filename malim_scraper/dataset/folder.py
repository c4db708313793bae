"""A dataset folder: opened by one run at a time, repaired, its index brought up to date."""

from __future__ import annotations

import os
from pathlib import Path

from malim_scraper.dataset.health import judge
from malim_scraper.dataset.lock import Lock
from malim_scraper.dataset.records import RecordFile, iter_records
from malim_scraper.dataset.runs import Run, append_run, iter_runs, utc_now
from malim_scraper.dataset.state import State, told
from malim_scraper.dataset.store import Store
from malim_scraper.dataset.warc_files import close_left_open
from malim_scraper.errors import DatasetError
from malim_scraper.urls import url_key
from malim_scraper.urls.hosts import portal_key

_BATCH = 5_000


class Folder:
    """An open dataset folder. store: its records and state. repairs: what had to be mended, one line each."""

    def __init__(self, path: Path) -> None:
        """Open the folder, create it when missing. Raises DatasetError with one line when it cannot be used."""
        self.path = path
        self.repairs: list[str] = []
        try:
            path.mkdir(exist_ok=True)
            self._lock = Lock(path)
        except FileNotFoundError as error:
            raise DatasetError(f"{path}: there is no folder {path.parent}. Make it first.") from error
        except FileExistsError as error:
            raise DatasetError(f"{path}: is a file. Name a folder.") from error
        except OSError as error:
            raise DatasetError(f"{path}: cannot be written ({error.strerror}).") from error
        try:
            self._open()
        except OSError as error:
            self._lock.release()
            raise DatasetError(f"{path}: cannot be written ({error.strerror}).") from error
        except BaseException:
            self._lock.release()
            raise

    def _open(self) -> None:
        records = RecordFile(self.path / "articles.jsonl")
        if records.set_aside:
            self.repairs.append(f"the damaged end of articles.jsonl was moved to {records.set_aside}")
        self.repairs += close_left_open(self.path / "warc")
        state = State(self.path / "state.sqlite")
        if state.set_aside:
            self.repairs.append(f"state.sqlite could not be read, was moved to {state.set_aside} and built anew")
        self.store = Store(state, records)
        _sync_directory(self.path)
        with told(state.path):
            self._catch_up(state, records)
        self._note_killed()

    def _catch_up(self, state: State, records: RecordFile) -> None:
        """Index the records that the state does not know: those behind its mark, or all when it knows of more."""
        indexed = int(state.noted("indexed") or 0)
        if indexed > records.size:
            self.repairs.append("articles.jsonl is shorter than it was; its index was built anew")
            state.db.execute("DELETE FROM articles")
            state.db.execute("DELETE FROM pages WHERE article IS NOT NULL")
            state.db.execute("UPDATE pages SET etag = NULL, modified = NULL")
            indexed = 0
        if indexed == records.size:
            return
        for count, record in enumerate(iter_records(records.path, indexed), 1):
            _index(self.store, record)
            if count % _BATCH == 0:
                state.commit()
        self.store.commit()

    def _note_killed(self) -> None:
        if self._lock.left is not None and "started_at" in self._lock.left:
            known = {key: value for key, value in self._lock.left.items() if key in Run.__slots__}
            append_run(self.path / "runs.jsonl", Run(**{**known, "outcome": "killed"}))

    def begin(self, run: Run) -> None:
        """Write down that a run has begun, for the case that it is killed."""
        self._lock.note({"started_at": run.started_at, "options": run.options})

    def end(self, run: Run) -> None:
        """Make everything durable, judge the run's health, append its line, give the folder up.

        Raises DatasetError when that fails.
        """
        try:
            if run.outcome != "failed":
                self.store.commit()
            whole = [name for name, counts in run.portals.items() if counts.get("outcome", run.outcome) == "finished"]
            if whole:
                history = list(iter_runs(self.path / "runs.jsonl"))
                run.alarms = [alarm for portal in whole
                              for alarm in judge(portal, run.portals[portal], history, is_full=bool(
                                  run.options.get("full")), ended_at=run.ended_at or utc_now())]
            append_run(self.path / "runs.jsonl", run)
        except OSError as error:
            raise DatasetError(f"{self.path}: cannot be written ({error.strerror}).") from error
        finally:
            self.close()

    def close(self) -> None:
        """Give the folder up without a further word."""
        if self.store.archive is not None:
            self.store.archive.close()
        self.store.state.close()
        if self.store.records is not None:
            self.store.records.close()
        self._lock.release()


def _index(store: Store, record: dict[str, object]) -> None:
    article, portal = str(record["id"]), str(record.get("portal", ""))
    revision = record.get("revision")
    seen = record.get("first_seen_at")
    store.index(article, portal, str(record.get("content_hash", "")), revision if isinstance(revision, int) else 1,
                str(seen) if seen else None)
    for url in {str(record.get("canonical_url")), str(record.get("url"))}:
        store.state.db.execute(
            "INSERT INTO pages(portal, key, url, kind, rank, status, outcome, article, published, fetched_at)"
            " VALUES(?, ?, ?, 'page', 0, 'done', 'article', ?, ?, 0) ON CONFLICT(portal, key) DO UPDATE SET"
            " status = 'done', outcome = 'article', article = excluded.article, published = excluded.published",
            (portal_key(portal, url), url_key(url), url, article, record.get("date_published")))


def _sync_directory(path: Path) -> None:
    """Make the names of new files durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
