"""The files of a `warc` folder: one is written at a time, closed at a size, and closed after a kill."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from malim_scraper.dataset.warc import make_info

OPEN = ".open"  # ends the name of a file that is being written
_CHUNK = 1 << 20
_HEAD = 8_192


class WarcFiles:
    """Appends to `malim-TIME.warc.gz.open`, which loses its ending when it is closed.

    OSErrors pass through; what a write that failed has written is taken back.
    """

    def __init__(self, folder: Path, *, max_bytes: int, user_agent: str) -> None:
        """folder: made when missing. max_bytes: a file is closed when it is this large."""
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self._max_bytes = max_bytes
        self._user_agent = user_agent
        self._file: int | None = None
        self._path = folder
        self._size = 0

    def append(self, records: bytes) -> None:
        """Write records, whole gzip members; they are durable after `sync`."""
        self._write(self._open() if self._file is None else self._file, records)
        if self._size >= self._max_bytes:
            self.close()

    def sync(self) -> None:
        """Make what was appended durable."""
        if self._file is not None:
            os.fsync(self._file)

    def close(self) -> None:
        """Close the file under its name, if one is open."""
        if self._file is None:
            return
        os.fsync(self._file)
        os.close(self._file)
        self._file = None
        _finish(self._path)

    def _open(self) -> int:
        name = f"malim-{datetime.now(UTC):%Y%m%d%H%M%S%f}.warc.gz"
        self._path = self.folder / (name + OPEN)
        file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        self._file, self._size = file, 0
        self._write(file, make_info(name, self._user_agent))
        return file

    def _write(self, file: int, records: bytes) -> None:
        written = 0
        try:
            while written < len(records):
                written += os.write(file, records[written:])
        except OSError:
            os.ftruncate(file, self._size)
            os.lseek(file, self._size, os.SEEK_SET)
            raise
        self._size += written


def close_left_open(folder: Path) -> list[str]:
    """Close the files that a killed run left open, without their torn end; an OSError passes through.

    folder: may be missing. Returns one line for each file of which something had to be cut off.
    """
    repairs = []
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        end = _end_of_last_member(path)
        size = path.stat().st_size
        if end < size:
            repairs.append(f"{path.name}: its torn end of {size - end} bytes was cut off")
            os.truncate(path, end)
        if end:
            _finish(path)
        else:
            path.unlink()
    return repairs


def _finish(path: Path) -> None:
    path.rename(path.with_name(path.name.removesuffix(OPEN)))
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _end_of_last_member(path: Path) -> int:
    """Return the offset behind the last whole gzip member; what is behind a damaged one does not count."""
    return max((end for _, end, _ in iter_members(path)), default=0)


def iter_members(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield of each gzip member its offset, the offset behind it and the first bytes in it, up to a damaged one."""
    with path.open("rb") as file:
        yield from members_of(file)


def members_of(file: BinaryIO) -> Iterator[tuple[int, int, bytes]]:
    """Yield of an opened file what `iter_members` yields."""
    start = at = 0
    member, head = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
    while chunk := file.read(_CHUNK):
        while chunk:
            try:
                inside = member.decompress(chunk)
            except zlib.error:
                return
            head += inside[:_HEAD - len(head)]
            at += len(chunk) - len(member.unused_data)
            chunk = member.unused_data
            if member.eof:
                yield start, at, head
                start = at
                member, head = zlib.decompressobj(zlib.MAX_WBITS | 16), b""
