"""Progress of commands that read a whole dataset folder; only where standard error is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from malim_scraper.export.records import Advance, no_progress

EVERY = 200  # records between two movements of the bar


@contextmanager
def counting() -> Iterator[Advance]:
    """Show what is done and how many records of it. Gives the function that an export tells of its progress."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield no_progress
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bars(progress)


class _Bars:
    """A bar for each thing that is done, the former one at rest."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._doing: str | None = None
        self._task = TaskID(0)
        self._count = 0

    def __call__(self, doing: str, total: int | None) -> None:
        if doing != self._doing:
            self._end()
            self._doing, self._count = doing, 0
            self._task = self._progress.add_task(doing, total=total)
        self._count += 1
        if self._count % EVERY == 0:
            self._progress.update(self._task, completed=self._count)

    def _end(self) -> None:
        if self._doing is not None:
            self._progress.update(self._task, completed=self._count, total=self._count)
            self._progress.stop_task(self._task)
