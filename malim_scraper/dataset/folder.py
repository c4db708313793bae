"""A dataset folder: opened by one run at a time, repaired, its index brought up to date."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from malim_scraper.dataset.crew_runs import RECENT, read_runs
from malim_scraper.dataset.forgotten import read_forgotten
from malim_scraper.dataset.health import judge
from malim_scraper.dataset.indexing import index
from malim_scraper.dataset.lock import Lock, left_by_workers
from malim_scraper.dataset.records import RecordFile, iter_records
from malim_scraper.dataset.runs import Run, append_run, utc_now
from malim_scraper.dataset.shards import gather, name_of
from malim_scraper.dataset.state import State, told
from malim_scraper.dataset.store import Store
from malim_scraper.dataset.warc_files import close_left_open
from malim_scraper.errors import DatasetError

_BATCH = 5_000


class Folder:
    """An open dataset folder. store: its records and state. repairs: what had to be mended, one line each."""

    def __init__(self, path: Path, worker: str | None = None) -> None:
        """Open the folder, create it when missing. Raises DatasetError with one line when it cannot be used.

        worker: the name of one of several that write to it; without one the run is alone and knows all shards.
        """
        self.path = path
        self.worker = worker
        self.repairs: list[str] = []
        try:
            path.mkdir(exist_ok=True)
            self._lock = Lock(path, worker)
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
        records = RecordFile(self._file("articles", ".jsonl"))
        if records.set_aside:
            self.repairs.append(f"the damaged end of {records.path.name} was moved to {records.set_aside}")
        self.repairs += close_left_open(self._file("warc", ""))
        path = self._file("state", ".sqlite")
        state = State(path)
        if state.set_aside:
            self.repairs.append(f"{path.name} could not be read, was moved to {state.set_aside} and built anew")
        self.store = Store(state, records)
        self.store.forgotten = read_forgotten(self.path)
        _sync_directory(self.path)
        with told(state.path):
            self._catch_up(state, records)
            if self.worker is None:
                gather(self.path, state, own=records.path.name)
                self.store.commit()
        if self._lock.left is not None:
            self._note_killed(self.worker, self._lock.left)
        if self.worker is None:
            for name, left in left_by_workers(self.path):
                self.repairs += close_left_open(self.path / name_of("warc", "", name))
                self._note_killed(name, left)

    def _file(self, stem: str, suffix: str) -> Path:
        return self.path / name_of(stem, suffix, self.worker)

    def _catch_up(self, state: State, records: RecordFile) -> None:
        """Index the records that the state does not know: those behind its mark, or all when it knows of more."""
        mark = state.noted("indexed")
        indexed, is_cut_off = int(mark or 0), mark is not None
        if indexed > records.size:
            self.repairs.append(f"{records.path.name} is shorter than it was; its index was built anew")
            state.db.execute("DELETE FROM articles")
            state.db.execute("DELETE FROM wordings")
            state.db.execute("DELETE FROM pages WHERE article IS NOT NULL")
            state.db.execute("UPDATE pages SET etag = NULL, modified = NULL")
            indexed, is_cut_off = 0, False
        if indexed == records.size:
            return
        for count, record in enumerate(iter_records(records.path, indexed), 1):
            index(state, record, is_cut_off=is_cut_off)
            if count % _BATCH == 0:
                state.commit()
        self.store.commit()

    def _note_killed(self, worker: str | None, left: Mapping[str, Any]) -> None:
        if "started_at" in left:
            known = {key: value for key, value in left.items() if key in Run.__slots__}
            append_run(self.path / name_of("runs", ".jsonl", worker), Run(**{**known, "outcome": "killed"}))

    def begin(self, run: Run) -> None:
        """Write down that a run has begun, for the case that it is killed."""
        self._lock.note({"started_at": run.started_at, "options": run.options})

    def end(self, run: Run, judged: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        """Make everything durable, judge the run's health, append its line, give the folder up.

        judged: of a worker, the counts of all workers together that it has to judge; else those of the run are.
        Raises DatasetError when that fails.
        """
        counts_of = run.portals if judged is None else judged
        try:
            if run.outcome != "failed":
                self.store.commit()
            whole = [name for name, counts in counts_of.items() if counts.get("outcome", run.outcome) == "finished"]
            if whole:
                history = [past for past in read_runs(self.path, last=RECENT) if not _is_of(past, run)]
                run.alarms = [alarm for portal in whole
                              for alarm in judge(portal, counts_of[portal], history, is_full=bool(
                                  run.options.get("full")), ended_at=run.ended_at or utc_now())]
            append_run(self._file("runs", ".jsonl"), run)
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


def _is_of(past: Mapping[str, Any], run: Run) -> bool:
    """Tell whether a line is of the same crawl, by another worker."""
    crawl = run.options.get("crawl")
    return crawl is not None and (past.get("options") or {}).get("crawl") == crawl


def _sync_directory(path: Path) -> None:
    """Make the names of new files durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
