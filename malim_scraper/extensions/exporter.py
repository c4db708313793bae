"""Figures for Prometheus: served while crawls run, or written to a file when the last one has ended."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from malim_scraper.errors import DatasetError, MalimError, UsageError
from malim_scraper.extensions.figures import Figures, metrics, read
from malim_scraper.extensions.metrics_past import Past, read_past, read_samples
from malim_scraper.extras import need
from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.standing import Queued

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry
    from prometheus_client.core import Metric

logger = logging.getLogger(__name__)
_PLACE = re.compile(r"(?:(?P<host>\[[0-9a-fA-F:.]+\]|[^\s:\[\]]+):)?(?P<port>[0-9]{1,5})")
_open: dict[str, Exporter] = {}


def read_place(text: str) -> Path | tuple[str, int]:
    """Read where figures go: a port of loopback, HOST:PORT, or a file that ends in .prom. UsageError for what is none.

    >>> read_place("9410"), read_place("[::1]:9410")
    (('127.0.0.1', 9410), ('::1', 9410))
    """
    if text.endswith(".prom"):
        return Path(text)
    found = _PLACE.fullmatch(text)
    if found is None or not 0 < int(found["port"]) < 65_536:
        raise UsageError(f"--metrics: '{text}' is no port from 1 to 65535, no HOST:PORT and no file named *.prom.")
    return (found["host"] or "127.0.0.1").strip("[]"), int(found["port"])


def require_prometheus() -> None:
    """Raise MissingExtra when the client library is not installed."""
    need("prometheus_client", extra="metrics", purpose="--metrics")


def hold(place: str, dataset: Path | None) -> Exporter:
    """Return the exporter of a place, opened when there is none yet; each holder has to `release` it.

    place: see `read_place`. dataset: the folder whose earlier runs are known.
    Raises UsageError for what is no place, and MalimError for a port that is in use or a folder that is missing.
    """
    if place not in _open:
        require_prometheus()
        target = read_place(place)
        _open[place] = Exporter(place, target, dataset)
    _open[place].holders += 1
    return _open[place]


class Exporter:
    """The figures of all crawls of this process at one place. waiting: gives the names of the portals that have not
    begun."""

    def __init__(self, name: str, target: Path | tuple[str, int], dataset: Path | None) -> None:
        self.holders = 0
        self.waiting: Callable[[], Sequence[str]] = list
        self._name = name
        self._dataset = dataset
        self._under_way: dict[Desk, Queued] = {}
        self._ended: dict[str, Figures] = {}
        self._states: Counter[str] = Counter()
        self._file = target if isinstance(target, Path) else None
        self._past = Past()
        if isinstance(target, tuple):
            from malim_scraper.extensions.metrics_server import serve

            self._past = read_past(dataset)
            serve(_registry(self, with_process=True), *target)
        elif not target.absolute().parent.is_dir():
            raise MalimError(f"--metrics: {target}: there is no folder {target.parent}. Make it first.")

    def begin(self, desk: Desk) -> None:
        """Show the figures of a crawl."""
        self._under_way[desk] = Queued()

    def end(self, desk: Desk) -> None:
        """Keep the figures of a crawl that has ended, and nothing else of it."""
        if self._under_way.pop(desk, None) is not None:
            self._ended[desk.portal.name] = read(desk, _queue(desk, Queued()))
            self._states["failed" if desk.has_failed else "ended"] += 1

    def release(self) -> None:
        """Note that one holder is done; after the last one the file is written, where there is one."""
        self.holders -= 1
        if self.holders:
            return
        _open.pop(self._name, None)
        if self._file is not None:
            self._write(self._file)

    def collect(self) -> Iterator[Metric]:
        """Yield the metrics, for the client library."""
        portals = [*self._ended.values(),
                   *(read(desk, _queue(desk, queued)) for desk, queued in self._under_way.items())]
        waiting = self.waiting()
        states = {"waiting": len(waiting), "running": len(self._under_way), "ended": self._states["ended"],
                  "failed": self._states["failed"]}
        yield from metrics(portals, states, self._past.of({*waiting, *(portal.portal for portal in portals)}))

    def _write(self, path: Path) -> None:
        from prometheus_client import write_to_textfile

        self._past = read_past(self._dataset, samples=read_samples(path))
        try:
            write_to_textfile(str(path), _registry(self, with_process=False))
        except OSError as error:
            logger.warning("--metrics: %s: cannot be written (%s)", path, error.strerror)


def _queue(desk: Desk, queued: Queued) -> int | None:
    """The pages in line, or None when the dataset folder was closed before, as it is where a spider opened it."""
    try:
        return queued.count([desk])
    except (sqlite3.Error, DatasetError):
        return None


def _registry(exporter: Exporter, *, with_process: bool) -> CollectorRegistry:
    from prometheus_client import CollectorRegistry, ProcessCollector

    registry = CollectorRegistry(auto_describe=False)
    registry.register(exporter)
    if with_process:
        ProcessCollector(registry=registry)
    return registry
