"""`articles.jsonl`: records appended one a line, durable, repaired after a crash."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from malim_scraper.errors import DatasetError


class RecordFile:
    """An append-only file of JSON objects. size: its length in bytes after the last whole line."""

    def __init__(self, path: Path) -> None:
        """Open the file, create it when missing, and set a damaged tail aside."""
        self.path = path
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self.set_aside = _repair(self._file, path)
        self.size = os.fstat(self._file).st_size
        self._synced = self.size

    def append(self, record: dict[str, Any]) -> None:
        """Write one record as a line; it is durable after `sync`.

        A write that fails takes back what it wrote of the line and raises DatasetError.
        """
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        written = 0
        try:
            while written < len(line):
                written += os.write(self._file, line[written:])
        except OSError as error:
            os.ftruncate(self._file, self.size)
            raise DatasetError(f"{self.path}: cannot be written ({error.strerror}).") from error
        self.size += len(line)

    def sync(self) -> None:
        """Make all appended lines durable; a failure is a DatasetError."""
        if self.size == self._synced:
            return
        try:
            os.fsync(self._file)
        except OSError as error:
            raise DatasetError(f"{self.path}: cannot be written ({error.strerror}).") from error
        self._synced = self.size

    def close(self) -> None:
        """Close the file; call `sync` before."""
        os.close(self._file)


def iter_records(path: Path, start: int = 0) -> Iterator[dict[str, Any]]:
    """Yield the records of a file from a byte offset on; a line that is no record is passed over.

    path: of a file like `articles.jsonl`; one that does not exist has no records.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        file.seek(start)
        for line in file:
            record = _read_line(line)
            if record is not None:
                yield record


def _read_line(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) and isinstance(record.get("id"), str) else None


def _repair(file: int, path: Path) -> Path | None:
    """Cut what stands behind the last record into a file of its own, and return that file's path."""
    size = os.fstat(file).st_size
    if size == 0:
        return None
    with mmap.mmap(file, size, access=mmap.ACCESS_READ) as content:
        end = _end_of_last_record(content, size)
        tail = content[end:size]
    if end > 0 and tail == b"" and os.pread(file, 1, size - 1) != b"\n":
        os.write(file, b"\n")  # a whole record that lacks its line feed only
    if not tail:
        return None
    aside = path.with_name(f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
    with aside.open("xb") as kept:
        kept.write(tail)
        os.fsync(kept.fileno())
    os.ftruncate(file, end)
    os.fsync(file)
    return aside


def _end_of_last_record(content: mmap.mmap, size: int) -> int:
    end = size
    while end > 0:
        start = content.rfind(b"\n", 0, end - 1) + 1
        if _read_line(content[start:end]) is not None:
            return end
        end = start
    return 0
