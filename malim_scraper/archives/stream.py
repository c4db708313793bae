"""Saved pages of many places as one stream, in the order of the input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from malim_scraper.archives.places import Unreadable, is_remote, list_entries, opened
from malim_scraper.archives.saved import ENDINGS, MAX_BYTES, Saved, is_warc, page_of
from malim_scraper.archives.warc import Walk
from malim_scraper.dataset.warc import PART_OF, require_warcio
from malim_scraper.dataset.warc_files import members_of

_TARGET = re.compile(rb"\r\nWARC-Target-URI: ([^\r\n]{1,8000})")
_PART_OF = re.compile(rb"\r\n" + PART_OF.encode() + rb": ([^\r\n]{1,8000})")


@dataclass(frozen=True, slots=True)
class Stream:
    """What stands at some places: for each the addresses of its files, or why there is none; `-` is standard input."""

    places: tuple[tuple[str, tuple[str, ...], str], ...]

    @classmethod
    def of(cls, places: Iterable[str]) -> Stream:
        """Look at files, folders (searched deeply, in order of names), WARC files, addresses for fsspec."""
        return cls(tuple((place, *_look(place)) for place in places))

    @property
    def count(self) -> int | None:
        """How many pages there are, or None when that is known only after reading, as in a WARC."""
        return None if any(map(is_warc, self._files())) else len(self._files())

    def pages(self) -> Iterator[Saved]:
        """Yield the pages; what cannot be opened is yielded with its problem."""
        for place, files, problem in self.places:
            if place == "-":
                yield Saved("standard input", body=sys.stdin.buffer.read(MAX_BYTES))
                continue
            if problem:
                yield Saved(place, problem=problem)
            for file in files:
                if is_warc(file):
                    yield from _of_warc(file)
                else:
                    yield Saved(file, address=file)

    def parted(self) -> dict[str, str]:
        """Return the articles of which a WARC has further pages, by the addresses of these.

        `malim crawl --archive` notes them.
        """
        found: dict[str, str] = {}
        for file in filter(is_warc, self._files()):
            if file.lower().endswith(".gz"):
                found |= _parted_in(file)
        return found

    def _files(self) -> list[str]:
        return [file for _, files, _ in self.places for file in files]


def _look(place: str) -> tuple[tuple[str, ...], str]:
    if place == "-":
        return ("-",), ""
    try:
        found = tuple(entry.address for entry in list_entries(place, ENDINGS))
    except Unreadable as error:
        return (), str(error).removeprefix(f"{place}: ").rstrip(".")
    return found, "" if found else _why_none(place)


def _why_none(place: str) -> str:
    if is_remote(place):
        return "no saved pages or WARC files there"
    if not Path(place).is_dir():
        return "no such file or folder"
    is_open = os.access(place, os.R_OK | os.X_OK)
    return "a folder without saved pages" if is_open else "cannot be read (Permission denied)"


def _of_warc(file: str) -> Iterator[Saved]:
    require_warcio(f"{file}: a WARC file")
    try:
        with opened(file) as stream:
            for raw in Walk(stream).records():
                if page := page_of(raw, file):
                    yield page
    except Unreadable as error:
        yield Saved(file, problem=str(error).removeprefix(f"{file}: ").rstrip("."))


def _parted_in(file: str) -> dict[str, str]:
    found = {}
    try:
        with opened(file) as stream:
            for start, _, head in members_of(stream):
                if start == 0 and b"\r\nsoftware: malim_scraper" not in head:
                    break
                if (part := _PART_OF.search(head)) and (target := _TARGET.search(head)):
                    found[target[1].decode("utf-8", "replace")] = part[1].decode("utf-8", "replace")
    except Unreadable:
        return found  # is told when its pages are read
    return found
