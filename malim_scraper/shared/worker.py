"""A worker, from the command line's word to its end: folder, connection and desks belong together."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from malim_scraper.dataset import Folder, Run
from malim_scraper.dataset.crew_runs import join_counts
from malim_scraper.dataset.lock import is_locked
from malim_scraper.dataset.shards import free_worker, read_worker
from malim_scraper.errors import DatasetError, UsageError
from malim_scraper.extras import need
from malim_scraper.shared.crew import Crew
from malim_scraper.shared.desk import SharedDesk
from malim_scraper.shared.errors import SharedError
from malim_scraper.shared.store import SharedStore

if TYPE_CHECKING:
    from malim_scraper.shared.server import Server

PASSWORD = "MALIM_REDIS_PASSWORD"  # noqa: S105  # the name of an environment variable
_PAUSE = 0.05
_SCHEMES = ("redis", "rediss", "unix")


@dataclass(frozen=True, slots=True)
class Order:
    """What makes a crawl one of several: where Redis is, and the worker's name, or None for the next free one."""

    url: str
    worker: str | None

    @classmethod
    def read(cls, url: str | None, worker: str | None) -> Order | None:
        """Read `--redis` and `--worker`; None without the first one.

        UsageError for what cannot be read, MissingExtra without the extra.
        """
        if not url:
            if worker:
                raise UsageError("--worker names one of several workers: it needs --redis.")
            return None
        for module in ("redis", "scrapy_redis"):
            need(module, extra="redis", purpose="--redis")
        parts = urlsplit(url)
        if parts.scheme not in _SCHEMES or not (parts.netloc or parts.path):
            raise UsageError(f"--redis: '{parts.scheme}:…' is no address of Redis. "
                             "Write redis://HOST:PORT/DB.")
        return cls(url, read_worker(worker) if worker else None)


@dataclass(slots=True)
class Worker:
    """One worker of a crawl. folder: its files. server: the connection."""

    folder: Folder
    server: Server
    _crews: dict[str, Crew] = field(default_factory=dict)

    @classmethod
    def start(cls, order: Order, out: Path, *, patience: float) -> Worker:
        """Connect, then open the folder; a DatasetError when either cannot be used."""
        from malim_scraper.shared.server import Server

        server = Server(order.url, password=os.environ.get(PASSWORD), patience=patience)
        folder = _open(out, order.worker)
        folder.store = SharedStore(folder.store.state, folder.store.records)
        return cls(folder, server)

    def desk_maker(self, run: Run) -> Callable[..., SharedDesk]:
        """Return what makes the desk of a portal. run: the line that is to name worker and crawl."""
        run.options["worker"] = self.folder.worker

        def joined(portal: str, crew: Crew) -> None:
            self._crews[portal] = crew
            run.options.setdefault("crawl", crew.generation)
            self.folder.begin(run)

        return partial(self._make_desk, joined)

    def _make_desk(self, joined: Callable[[str, Crew], None], *args: Any, **kwargs: Any) -> SharedDesk:
        return SharedDesk(*args, server=self.server, folder=self.folder, on_joined=partial(joined, args[0].name),
                          **kwargs)

    def leave(self, run: Run) -> Mapping[str, Mapping[str, Any]]:
        """Leave the crawls; returns the counts of all workers for the portals of which this is the last one."""
        whole = {}
        try:
            for portal, crew in self._crews.items():
                counts = crew.leave(run.portals.get(portal, {}))
                if counts:
                    whole[portal] = join_counts(counts)
        except SharedError:
            return {}
        finally:
            self.server.close()
        return whole


def _open(out: Path, name: str | None) -> Folder:
    while True:
        worker = name or free_worker(out, gethostname())
        try:
            return Folder(out, worker)
        except DatasetError:
            if name or not is_locked(out / f".lock-{worker}"):
                raise
            time.sleep(_PAUSE)  # another one, which started at the same moment, took the name
