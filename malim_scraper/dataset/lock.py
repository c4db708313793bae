"""One run at a time on a dataset folder, or several workers of one crawl with a name each."""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from malim_scraper.errors import DatasetError

_LONGEST = 65_536  # bytes of a note
_PAUSES = (0.01, 0.1, 0.0)  # seconds after a try: `is_locked` of somebody has a file for a moment


class Lock:
    """The file `.lock` of a dataset folder, locked by the kernel while this process lives.

    Workers share it, and each has a file `.lock-<worker>` of its own. left: what the run before wrote into its file and
    did not take back, since it was killed; else None.
    """

    def __init__(self, folder: Path, worker: str | None = None) -> None:
        """Take the lock, or raise DatasetError when another run or a worker of this name has it."""
        self._folder_lock: int | None = None
        if worker is None:
            self._file = _lock(folder / ".lock", fcntl.LOCK_EX, f"{folder}: another run is writing to this folder.")
        else:
            self._folder_lock = _lock(folder / ".lock", fcntl.LOCK_SH,
                                      f"{folder}: a run without --redis is writing to this folder.")
            try:
                self._file = _lock(folder / f".lock-{worker}", fcntl.LOCK_EX,
                                   f"{folder}: another worker is named {worker}.")
            except BaseException:
                os.close(self._folder_lock)
                raise
        self.left = self._read()

    def _read(self) -> dict[str, Any] | None:
        return _read_note(os.pread(self._file, _LONGEST, 0))

    def note(self, run: dict[str, Any]) -> None:
        """Write down which run has the lock, so that the next one knows of it when this one is killed."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, json.dumps(run).encode(), 0)

    def release(self) -> None:
        """Take the note back and give the lock up."""
        try:
            os.ftruncate(self._file, 0)
        finally:
            os.close(self._file)
            if self._folder_lock is not None:
                os.close(self._folder_lock)


def left_by_workers(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the workers that were killed, by name, each with what it wrote into its file, which is taken back then.

    For the one who has the folder's lock without being a worker.
    """
    for path in sorted(folder.glob(".lock-*")):
        note = _read_note(path.read_bytes()[:_LONGEST])
        if note is not None:
            yield path.name.removeprefix(".lock-"), note
            os.truncate(path, 0)


def is_held(folder: Path) -> bool:
    """Tell whether a run or a worker is writing to the folder; changes nothing in it."""
    return any(map(is_locked, folder.glob(".lock*")))


def is_locked(path: Path) -> bool:
    """Tell whether a process has this lock file for itself."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False


def _read_note(text: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(text or b"null")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _lock(path: Path, kind: int, refusal: str) -> int:
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    for pause in _PAUSES:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(pause)
        else:
            return file
    os.close(file)
    raise DatasetError(f"{refusal} Wait for its end.")
