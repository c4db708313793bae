"""What a person sees of a crawl while it runs: a bar on a terminal, log lines everywhere."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console, RenderableType
from rich.logging import RichHandler
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.standing import Queued, Standing

_LOG = "malim_scraper"


class Display:
    """A bar and log lines on one console on standard error; without a terminal only the log lines.

    is_on: whether standard error is a terminal. Over several portals a second line shows the busiest ones.
    """

    def __init__(self, *, is_on: bool) -> None:
        console = Console(stderr=True)
        self._handler: logging.Handler = RichHandler(console=console, show_path=False, markup=False) if is_on \
            else logging.StreamHandler()
        self._handler.setLevel(logging.WARNING)
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[rate]:.1f} pages/s"),
                   TimeElapsedColumn())
        self._bar = _Bar(*columns, console=console, transient=True) if is_on else None
        self._task = self._bar.add_task("starting", total=None, rate=0.0) if self._bar else None
        self._started = time.monotonic()
        self._queued = Queued()
        self._busiest = Busiest()

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

    def update(self, standing: Standing) -> None:
        """Show the counts of all crawls."""
        if self._bar is None or self._task is None:
            return
        stored = standing.counted("stored") + standing.counted("revisions")
        fetched = standing.counted("responses")
        queued = self._queued.count(standing.desks)
        self._bar.update(self._task, completed=fetched, total=fetched + queued or None,
                         description=f"{stored} stored, {fetched} fetched, {queued} queued",
                         rate=fetched / max(time.monotonic() - self._started, 0.1))
        if standing.portals > 1:
            places = (f"{len(standing.ended)} of {standing.portals} portals done", f"{len(standing.desks)} under way",
                      self._busiest.tell(standing.desks))
            self._bar.below = ", ".join(filter(None, places))


class _Bar(Progress):
    """A bar with a line of text below it."""

    below = ""

    def get_renderables(self) -> Iterable[RenderableType]:
        yield from super().get_renderables()
        if self.below:
            yield Text(self.below, style="dim", no_wrap=True, overflow="ellipsis")


class Busiest:
    """The portals that gave most pages lately."""

    _EVERY = 2.0  # seconds
    _SHOWN = 3

    def __init__(self) -> None:
        self._before: dict[str, int] = {}
        self._next = 0.0
        self._told = ""

    def tell(self, desks: Sequence[Desk]) -> str:
        """Return their names, the busiest first; the same for two seconds, so that they can be read."""
        if time.monotonic() >= self._next:
            counts = {desk.frontier.portal: desk.counted("responses") for desk in desks}
            lately = {name: count - self._before.get(name, 0) for name, count in counts.items()}
            first = sorted((name for name in lately if lately[name]), key=lambda name: -lately[name])[:self._SHOWN]
            self._told = f"busiest {', '.join(first)}" if first else ""
            self._before, self._next = counts, time.monotonic() + self._EVERY
        return self._told
