"""`runs.jsonl`: one line per run, also of those that were stopped, failed or killed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO


@dataclass(slots=True)
class Run:
    """One run over one or more portals.

    started_at, ended_at: ISO 8601, UTC; ended_at is null of a killed run.
    outcome: `finished`, `limit`, `stopped`, `failed`, `killed`. message: what made it fail.
    portals: name of each portal → its counts: `requests`, `stored`, `errors`, …; `left_out` has the reasons.
    options: those that were not default. alarms: what was unhealthy about it.
    """

    started_at: str
    portals: dict[str, dict[str, Any]] = field(default_factory=dict)
    options: dict[str, Any] = field(default_factory=dict)
    outcome: str = "finished"
    message: str | None = None
    ended_at: str | None = None
    alarms: list[str] = field(default_factory=list)


def utc_now() -> str:
    """Return the time of day as ISO 8601, UTC, in seconds."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def append_run(path: Path, run: Run) -> None:
    """Append a run's line; an OSError passes through.

    A line that the run before could not finish is ended first.
    """
    line = json.dumps(asdict(run), ensure_ascii=False).encode() + b"\n"
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
    try:
        size = os.fstat(file).st_size
        if size and os.pread(file, 1, size - 1) != b"\n":
            line = b"\n" + line
        os.write(file, line)
        os.fsync(file)
    finally:
        os.close(file)


def iter_runs(path: Path, *, last: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the runs of a file in order; a line that is none is passed over.

    last: only the first line, and those within so many bytes before the end: of many portals over years there are
    gigabytes.
    """
    try:
        with path.open("rb") as file:
            for line in _lines(file, last):
                try:
                    run = json.loads(line)
                except ValueError:
                    continue
                if isinstance(run, dict) and "started_at" in run:
                    yield run
    except FileNotFoundError:
        return


def _lines(file: BinaryIO, last: int | None) -> Iterator[bytes]:
    yield file.readline()
    if last is not None and (start := file.seek(0, os.SEEK_END) - last) > 0:
        file.seek(start)
        file.readline()  # the rest of a line, or the first one again
    elif last is not None:
        file.seek(0)
        file.readline()
    yield from file
