"""One run at a time on a dataset folder."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from typing import Any

from malim_scraper.errors import DatasetError


class Lock:
    """The file `.lock` of a dataset folder, locked by the kernel while this process lives.

    left: what the run before wrote into it and did not take back, since it was killed; else None.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock, or raise DatasetError when another run has it."""
        self._file = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            os.close(self._file)
            raise DatasetError(f"{folder}: another run is writing to this folder. Wait for its end.") from error
        self.left = self._read()

    def _read(self) -> dict[str, Any] | None:
        try:
            found = json.loads(os.pread(self._file, 65_536, 0) or b"null")
        except ValueError:
            return None
        return found if isinstance(found, dict) else None

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


def is_held(folder: Path) -> bool:
    """Tell whether a run is writing to the folder; changes nothing in it."""
    try:
        file = os.open(folder / ".lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(file)
    return False
