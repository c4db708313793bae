"""What a person sees of a crawl: a bar while it runs on a terminal, a summary at its end."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rich.console import Console
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from malim_scraper.spiders.desk import Desk

_LOG = "malim_scraper"


class Display:
    """A bar and log lines on one console on standard error; without a terminal only the log lines.

    is_on: whether standard error is a terminal.
    """

    def __init__(self, *, is_on: bool) -> None:
        console = Console(stderr=True)
        self._handler: logging.Handler = RichHandler(console=console, show_path=False, markup=False) if is_on \
            else logging.StreamHandler()
        self._handler.setLevel(logging.WARNING)
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]:.1f} pages/s"),
                   TimeElapsedColumn())
        self._bar = Progress(*columns, console=console, transient=True) if is_on else None
        self._task = self._bar.add_task("starting", total=None, rate=0.0) if self._bar else None
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        logging.getLogger(_LOG).addHandler(self._handler)
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()
        logging.getLogger(_LOG).removeHandler(self._handler)

    def update(self, desks: Sequence[Desk]) -> None:
        """Show the counts of all crawls."""
        if self._bar is None or self._task is None:
            return
        stored = sum(desk.counted("stored") + desk.counted("revisions") for desk in desks)
        fetched = sum(desk.counted("responses") for desk in desks)
        queued = sum(desk.frontier.count_waiting() for desk in desks if desk.failure is None)
        self._bar.update(self._task, completed=fetched, total=fetched + queued or None,
                         description=f"{stored} stored, {fetched} fetched, {queued} queued",
                         rate=fetched / max(time.monotonic() - self._started, 0.1))


def summary(portals: Mapping[str, Mapping[str, Any]], out: Path, seconds: float) -> Iterator[str]:
    """Yield the lines that tell what a crawl did. portals: the counts of each. seconds: how long it took."""
    for name, counts in portals.items():
        if not counts["responses"]:
            continue
        parts = [f"{counts['stored']} stored", f"{counts['revisions']} revised", f"{counts['unchanged']} unchanged"]
        parts += [f"{counts[key]} {words}" for key, words in (
            ("duplicates", "duplicates"), ("not_articles", "other pages"), ("gone", "not found"),
            ("errors", "errors")) if counts.get(key)]
        yield f"{name}: {', '.join(parts)}; {counts['requests']} requests in {seconds:.1f} s"
        if counts["left_out"]:
            yield "  left out: " + ", ".join(f"{number} {why}" for why, number in counts["left_out"].items())
    if any(counts["stored"] or counts["revisions"] for counts in portals.values()):
        yield f"Records: {out / 'articles.jsonl'}"
