"""Where a run over one or more portals stands, for those who watch it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.ledger import Ending


@dataclass(frozen=True, slots=True)
class Standing:
    """desks: of the crawls under way. ended: those that are over. waiting: how many portals have not begun."""

    desks: Sequence[Desk]
    ended: Sequence[Ending] = ()
    waiting: int = 0

    def counted(self, name: str) -> int:
        """Return a count over all portals."""
        over = sum(int(ending.counts.get(name, 0)) for ending in self.ended)
        return over + sum(desk.counted(name) for desk in self.desks)

    @property
    def portals(self) -> int:
        """How many portals the run goes over."""
        return len(self.desks) + len(self.ended) + self.waiting


class Queued:
    """The pages in line, counted so seldom that it takes no time worth mentioning."""

    _SHARE = 50  # the seconds that a count took, times this, pass until the next one
    _LEAST = 0.2

    def __init__(self) -> None:
        self._count = 0
        self._next = 0.0

    def count(self, desks: Sequence[Desk]) -> int:
        """Return how many pages wait, as of a moment ago."""
        begun = time.monotonic()
        if begun >= self._next:
            self._count = sum(desk.frontier.count_waiting() for desk in desks if desk.failure is None)
            took = time.monotonic() - begun
            self._next = begun + max(self._LEAST, took * self._SHARE)
        return self._count
