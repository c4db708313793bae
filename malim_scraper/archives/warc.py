"""The records of a WARC file, from any offset: a damaged one is told and passed over, the others are read.

Source of the format: ISO 28500:2017 (WARC 1.1), its annex on gzip: each record a member of its own.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

PAGES = ("response", "conversion")  # types of records that may hold a page
MAX_RECORD = 24_000_000  # bytes of a record that are kept: a page of 20 MB with its headers
MAX_PASSED = 1 << 30  # bytes of a record that are unpacked only to pass over them
MAX_BAD = 1_000  # damaged records of a stretch, after which the rest of it is left
_MAX_HEAD = 65_536
_CHUNK = 1 << 18
_GZIP = b"\x1f\x8b\x08"
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]{0,9}(\d{1,18})[ \t]{0,9}\r\n", re.IGNORECASE)
_TYPE = re.compile(rb"\r\nwarc-type:[ \t]{0,9}([a-z]{1,20})", re.IGNORECASE)


class Damaged(Exception):
    """A record that is none, for the reason given."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as it stands. number: among those of the walk. type: such as `response`; of others data is empty.

    problem: why it could not be read; then all else is empty.
    """

    number: int
    type: str = ""
    data: bytes = b""
    problem: str = ""


class _Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Walk:
    """Goes through the records that begin in a stretch of a file.

    first: offset of the first gzip member, None when none begins in the stretch. after: offset behind the last one,
    None when that one is damaged, so that nobody knows.
    """

    def __init__(self, file: BinaryIO, start: int = 0, stop: int | None = None, *, exact: bool = False) -> None:
        """start, stop: offsets; None is the end. exact: a member begins at start; otherwise the first one behind it."""
        self._file, self._start, self._stop, self._exact = file, start, stop, exact
        self.first: int | None = None
        self.after: int | None = None
        self._number = -1
        self._damaged = 0

    def records(self) -> Iterator[Raw]:
        """Yield the records; Unreadable passes through."""
        at: int | None = self._start
        if at == 0 or self._exact:
            self._file.seek(self._start)
            head = self._file.read(4)
            if at == 0 and head and head[:3] != _GZIP:
                yield from self._plain()
                return
        else:
            at = find_member(self._file, self._start, self._stop)
        while at is not None:
            self.first = at if self.first is None else self.first
            source = _Members(self._file, at)
            yield from self._members(source)
            if source.is_whole:
                self.after = source.at
                return
            self.after = None
            if self._damaged >= MAX_BAD:
                yield self._bad(Damaged("too much is damaged, the rest is left"))
                return
            at = find_member(self._file, source.began + 1, self._stop)

    def _plain(self) -> Iterator[Raw]:
        self._file.seek(0)
        buffer = _Buffer(self._file)
        while True:
            try:
                yield from self._in_member(buffer)
                return
            except (Damaged, EOFError) as error:
                yield self._bad(error)
            if not buffer.pass_to(b"\r\n\r\nWARC/1."):
                return

    def _members(self, source: _Members) -> Iterator[Raw]:
        while self._stop is None or source.at < self._stop:
            try:
                if not source.open():
                    return
                yield from self._in_member(_Buffer(source))
            except (Damaged, zlib.error, EOFError) as error:
                yield self._bad(error)
                source.is_whole = False
                return

    def _bad(self, error: Exception) -> Raw:
        self._number += 1
        self._damaged += 1
        return Raw(self._number, problem=_reason(error))

    def _in_member(self, buffer: _Buffer) -> Iterator[Raw]:
        while head := _read_head(buffer):
            length = _LENGTH.search(head)
            if length is None:
                raise Damaged("a record without a length")
            found = _TYPE.search(head)
            kind = found[1].decode().lower() if found else ""
            left = int(length[1])
            data = b""
            if kind in PAGES:
                data = buffer.take(min(left, MAX_RECORD))
                left -= len(data)
            if left > MAX_PASSED:
                raise Damaged("a record of more than a gigabyte")
            buffer.drop(left)
            self._number += 1
            yield Raw(self._number, kind, head + data if data else b"")


def find_member(file: BinaryIO, at: int, stop: int | None = None) -> int | None:
    """Return the offset of the first gzip member from `at` on, before `stop`, that holds a WARC record; else None."""
    file.seek(at)
    held = b""
    while True:
        chunk = file.read(_CHUNK)
        window = held + chunk
        last = len(window) if len(chunk) < _CHUNK else len(window) - 4_096
        place = window.find(_GZIP)
        while 0 <= place < last:
            if stop is not None and at + place >= stop:
                return None
            if _is_record(window[place:place + 4_096]):
                return at + place
            place = window.find(_GZIP, place + 1)
        if len(chunk) < _CHUNK or (stop is not None and at + last >= stop):
            return None
        held = window[last:]
        at += last


def _is_record(data: bytes) -> bool:
    try:
        return zlib.decompressobj(31).decompress(data, 64).startswith(b"WARC/")
    except zlib.error:
        return False


class _Members:
    """The bytes of one gzip member after the other. began: offset of the present one. at: of what was not used yet."""

    def __init__(self, file: BinaryIO, at: int) -> None:
        file.seek(at)
        self._file, self.at, self.began = file, at, at
        self._input = b""
        self._unzip = zlib.decompressobj(31)
        self.is_whole = True

    def open(self) -> bool:
        """Begin the next member; returns whether there is one."""
        self.began = self.at
        self._unzip = zlib.decompressobj(31)
        return self._has_input()

    def read(self, size: int) -> bytes:
        """Return at most so many bytes of the member, none at its end. Raises zlib.error, or EOFError in its middle."""
        while not self._unzip.eof:
            if not self._has_input():
                raise EOFError
            before = len(self._input)
            out = self._unzip.decompress(self._input, size)
            self._input = self._unzip.unused_data if self._unzip.eof else self._unzip.unconsumed_tail
            self.at += before - len(self._input)
            if out:
                return out
        return b""

    def _has_input(self) -> bool:
        self._input = self._input or self._file.read(_CHUNK)
        return bool(self._input)


class _Buffer:
    """Reads a member by sizes and marks; holds little more than what is asked for."""

    def __init__(self, source: _Source) -> None:
        self._source = source
        self._held = bytearray()

    def until(self, mark: bytes, limit: int) -> bytes:
        """Return what stands before a mark, with it; at the end what is left. Damaged when it is longer than limit."""
        seen = 0
        while (place := self._held.find(mark, max(0, seen - len(mark)))) < 0:
            seen = len(self._held)
            if seen > limit:
                raise Damaged("a head without an end")
            if not self._more():
                break
        return self._give(place + len(mark) if place >= 0 else len(self._held))

    def take(self, size: int) -> bytes:
        """Return exactly so many bytes; EOFError when there are fewer."""
        while len(self._held) < size:
            if not self._more():
                raise EOFError
        return self._give(size)

    def drop(self, size: int) -> None:
        """Pass over so many bytes; EOFError when there are fewer."""
        while size > len(self._held):
            size -= len(self._held)
            self._held.clear()
            if not self._more():
                raise EOFError
        del self._held[:size]

    def pass_to(self, mark: bytes) -> bool:
        """Pass over what stands before a mark; returns whether there is one."""
        while (place := self._held.find(mark)) < 0:
            del self._held[:-len(mark)]
            if not self._more():
                return False
        del self._held[:place]
        return True

    def skip_breaks(self, limit: int) -> None:
        """Pass over the line breaks between two records. Damaged when there are more than limit."""
        while limit > 0:
            size = len(self._held)
            self._held = self._held.lstrip(b"\r\n")
            limit -= size - len(self._held)
            if self._held or not self._more():
                return
        raise Damaged("nothing but empty lines")

    def _more(self) -> bool:
        found = self._source.read(_CHUNK)
        self._held += found
        return bool(found)

    def _give(self, size: int) -> bytes:
        found = bytes(self._held[:size])
        del self._held[:size]
        return found


def _read_head(buffer: _Buffer) -> bytes:
    buffer.skip_breaks(_MAX_HEAD)
    head = buffer.until(b"\r\n\r\n", _MAX_HEAD)
    if head and not head.startswith(b"WARC/"):
        raise Damaged("no WARC record")
    return head


def _reason(error: Exception) -> str:
    if isinstance(error, EOFError):
        return "ends in the middle of a record"
    return f"damaged gzip ({error})" if isinstance(error, zlib.error) else str(error)
