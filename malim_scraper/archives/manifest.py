"""`_manifest.jsonl`: what each part holds, and which shards the records are in; lines are only added."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from malim_scraper.archives.order import Row
from malim_scraper.archives.places import is_remote
from malim_scraper.archives.storage import Folder
from malim_scraper.errors import DatasetError

NAME = "_manifest.jsonl"
_EVERY = 5.0  # seconds between two uploads where nothing can be appended


class Manifest:
    """The lines of a folder, folded.

    parts: by name, the newest line of each. sources: the parts of each source, in the order in which they came first.
    settled: the line of the shards in which the records are; empty when there is none.
    """

    def __init__(self, folder: Folder) -> None:
        """Read the manifest; a torn last line is passed over. A folder that cannot be read is a DatasetError."""
        self._folder = folder
        self.parts: dict[str, Row] = {}
        self.sources: dict[str, list[str]] = {}
        self.settled: Row = {}
        self._lines = folder.read(NAME) if NAME in folder.sizes() else b""
        self._is_written = True
        self._written_at = time.monotonic()
        for line in self._lines.splitlines():
            self._fold(_read_line(line))
        if self._lines and not self._lines.endswith(b"\n"):
            self._lines += b"\n"
            self._append(b"\n")

    def add(self, row: Row) -> None:
        """Add a line; where nothing can be appended it is durable after `flush`, or after some seconds."""
        self._fold(row)
        self._append(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def flush(self) -> None:
        """Make all lines durable."""
        if not self._is_written:
            self._folder.write(NAME, self._lines)
            self._is_written, self._written_at = True, time.monotonic()

    def current(self) -> list[str]:
        """Return the names of the parts of all sources, in order."""
        return [name for names in self.sources.values() for name in names]

    def _append(self, line: bytes) -> None:
        if is_remote(self._folder.address):
            self._lines += line
            self._is_written = False
            if time.monotonic() - self._written_at > _EVERY:
                self.flush()
            return
        try:
            with Path(self._folder.address, NAME).open("ab") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise DatasetError(f"{self._folder.address}: cannot be written ({error.strerror}).") from error

    def _fold(self, row: Any) -> None:
        if not isinstance(row, dict):
            return
        if "part" in row:
            self.parts[row["part"]] = row
        elif "parts" in row:
            self.sources[row["source"]] = row["parts"]
        elif "shards" in row:
            self.settled = row


def _read_line(line: bytes) -> Any:
    try:
        return json.loads(line)
    except ValueError:
        return None
