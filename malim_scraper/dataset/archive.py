"""The raw pages of a dataset folder, `DIR/warc/`: written by a thread, since compressing takes a millisecond a page."""

from __future__ import annotations

import logging
import sqlite3
from collections import deque
from pathlib import Path
from threading import Condition, Thread

from malim_scraper.dataset.warc import Capture, Known, date_of, digest_of, make_records
from malim_scraper.dataset.warc_files import WarcFiles
from malim_scraper.errors import DatasetError

logger = logging.getLogger(__name__)
MAX_WAITING = 32_000_000  # bytes of bodies that may wait for the thread; beyond, `put` waits for it
_SCHEMA = "CREATE TABLE IF NOT EXISTS captures(url TEXT PRIMARY KEY, digest TEXT, date TEXT) WITHOUT ROWID"


class Archive:
    """Takes captures and writes them in the order in which they came.

    A record is written before `settle` returns and durable after `sync`. failure: why nothing more can be written.
    The last whole response of each address is noted in `captures.sqlite`, so that the same one again is written as a
    revisit; that file may be removed, then pages are kept whole once more.
    """

    def __init__(self, folder: Path, *, max_bytes: int, user_agent: str) -> None:
        """Open the archive; a folder that cannot be used is a DatasetError. max_bytes: of a file."""
        self._folder = folder
        try:
            self._files = WarcFiles(folder, max_bytes=max_bytes, user_agent=user_agent)
            self._known = _open_known(folder / "captures.sqlite")
        except (OSError, sqlite3.Error) as error:
            raise self._told(error) from error
        self.failure: DatasetError | None = None
        self._queue: deque[Capture] = deque()
        self._waiting = 0
        self._is_busy = self._is_closing = False
        self._turn = Condition()
        self._thread = Thread(target=self._work, name="warc", daemon=True)
        self._thread.start()

    def put(self, capture: Capture) -> None:
        """Hand a capture over; waits only when the thread is far behind. After a failure it is dropped."""
        with self._turn:
            self._turn.wait_for(lambda: self._waiting < MAX_WAITING or self.failure)
            if self.failure:
                return
            self._queue.append(capture)
            self._waiting += capture.size
            self._turn.notify_all()

    def has(self, url: str) -> bool:
        """Tell whether a whole response of this address was archived."""
        self.settle()
        return self._find(url) is not None

    def settle(self) -> None:
        """Wait until all captures so far are written, so that they survive a kill; a failed write is a DatasetError."""
        with self._turn:
            self._turn.wait_for(lambda: self.failure or not (self._queue or self._is_busy))
        if self.failure:
            raise self.failure

    def sync(self) -> None:
        """Make all captures so far durable; a failure is a DatasetError."""
        self.settle()
        try:
            self._files.sync()
            self._known.commit()  # behind the records: it must not know of one that a power failure took
        except (OSError, sqlite3.Error) as error:
            self.failure = self._told(error)
            raise self.failure from error

    def close(self) -> None:
        """Write what waits and close the file; what cannot be written stays out, the next run closes the file then."""
        with self._turn:
            self._is_closing = True
            self._turn.notify_all()
        self._thread.join()
        try:
            if not self.failure:
                self._files.close()
                self._known.commit()
        except (OSError, sqlite3.Error) as error:
            self.failure = self._told(error)
        self._known.close()

    def _work(self) -> None:
        while True:
            with self._turn:
                self._is_busy = False
                self._turn.notify_all()
                self._turn.wait_for(lambda: self._queue or self._is_closing)
                if self.failure or not self._queue:
                    return
                capture = self._queue.popleft()
                self._waiting -= capture.size
                self._is_busy = True
            try:
                self._write(capture)
            except (OSError, sqlite3.Error) as error:
                self.failure = self._told(error)
            except Exception:  # a page must not end the crawl
                logger.exception("%s: could not be archived", capture.url)

    def _write(self, capture: Capture) -> None:
        known = None if capture.part_of else self._find(capture.url)  # parts whole: their article may have changed
        self._files.append(make_records(capture, known))
        if capture.status == 200:
            self._known.execute("INSERT INTO captures VALUES(?1, ?2, ?3) ON CONFLICT(url) DO UPDATE SET digest = ?2,"
                                " date = ?3 WHERE digest <> ?2",
                                (capture.url, digest_of(capture.body), date_of(capture.fetched_at)))

    def _find(self, url: str) -> Known | None:
        row = self._known.execute("SELECT digest, date FROM captures WHERE url = ?", (url,)).fetchone()
        return Known(*row) if row else None

    def _told(self, error: Exception) -> DatasetError:
        return DatasetError(f"{self._folder}: cannot be written ({getattr(error, 'strerror', None) or error}).")


def _open_known(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.unlink()  # an index only, and damaged
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, check_same_thread=False)
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA journal_mode = WAL")
    db.execute(_SCHEMA)
    return db
