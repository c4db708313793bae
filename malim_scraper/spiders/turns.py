"""Which portals are crawled now and which wait for their turn."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from malim_scraper.profiles import Portal
from malim_scraper.urls import Site

Target = tuple[Portal, bool]  # a portal, and whether it has a profile


class Turns:
    """The portals of a run, in order, a bounded number at once, never two on one host: they would not know of each
    other's delay.

    at_once: how many at most. waiting: those that have not begun.
    """

    def __init__(self, targets: Iterable[Target], at_once: int) -> None:
        self.at_once = at_once
        self.waiting = deque(targets)
        self._running = 0
        self._busy: Counter[str] = Counter()

    def take(self) -> Target | None:
        """Return the portal that may begin, or None when none waits or it is nobody's turn."""
        if self._running >= self.at_once:
            return None
        for target in self.waiting:
            places = _places(target)
            if not any(self._busy[place] for place in places):
                self.waiting.remove(target)
                self._busy.update(places)
                self._running += 1
                return target
        return None

    def give_back(self, target: Target) -> None:
        """Note that the crawl of a portal is over."""
        self._running -= 1
        self._busy.subtract(_places(target))


def _places(target: Target) -> list[str]:
    site = Site.of(target[0].start_urls, target[0].hosts)
    return [f"{host}:{site.port or ''}" for host in site.hosts]
