"""From sources to shards: plan, read what was not read before, write the records anew when something changed."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Protocol

from malim_scraper.archives.cluster import cluster
from malim_scraper.archives.crew import Crew, Workers
from malim_scraper.archives.manifest import NAME as MANIFEST
from malim_scraper.archives.manifest import Manifest
from malim_scraper.archives.order import VERSION, Options, Order, Row
from malim_scraper.archives.places import is_remote
from malim_scraper.archives.plan import PART_BYTES, make_plan
from malim_scraper.archives.read_part import BUCKETS, PARTS
from malim_scraper.archives.saved import is_warc
from malim_scraper.archives.shards import OWN, STAGE
from malim_scraper.archives.storage import Folder, open_folder
from malim_scraper.dataset.lock import Lock
from malim_scraper.dataset.warc import require_warcio
from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extras import need

_GROUP_BYTES = 32_000_000  # of parts, compressed, for which one process writes the shards
_QUIET = 1800.0  # seconds that the upload of a shard may take


@dataclass(frozen=True, slots=True)
class Job:
    """What a call asks for.

    sources: files, folders, addresses. out: folder or address. form: of the shards. jobs: processes of this machine.
    dask: address of a scheduler, instead. part_bytes: of a WARC file that one part has.
    """

    sources: tuple[str, ...]
    out: str
    form: str
    options: Options
    jobs: int
    dask: str | None = None
    part_bytes: int = PART_BYTES


@dataclass
class Summary:
    """What became of it. earlier: parts that were read before. failed: sources and parts that could not be read."""

    parts: int = 0
    earlier: int = 0
    pages: int = 0
    articles: int = 0
    records: int = 0
    shards: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    read_pages: int = 0
    seconds: float = 0.0
    core_seconds: float = 0.0


class Progress(Protocol):
    """Is told how it goes."""

    def begin(self, doing: str, orders: list[Order], cores: int) -> None:
        """These orders are begun, on so many cores."""

    def watch(self, order: Order, number: int | None) -> None:
        """A page of an order is begun (its number) or done (None)."""

    def done(self, order: Order, row: Row) -> None:
        """An order is done."""


def run(job: Job, progress: Progress) -> Summary:
    """Read what was not read before and bring the shards up to date. A kill at any moment costs the parts in work.

    Raises UsageError for a folder with other records in it, DatasetError for one that cannot be used, MalimError for a
    cluster that cannot, MissingExtra before anything is made.
    """
    _require(job)
    with _locked(job.out) as folder:
        there = folder.sizes()
        if MANIFEST not in there and any(name.startswith("articles") for name in there):
            raise UsageError(f"{job.out} holds other records, of a crawl or an export. Choose another folder.")
        manifest = Manifest(folder)
        try:
            return _Run(job, folder, manifest, progress).run()
        finally:
            manifest.flush()


def _require(job: Job) -> None:
    if job.dask:
        need("distributed", extra="dask", purpose="--dask")
    for address in filter(is_remote, job.sources):
        need("fsspec", extra="remote", purpose=address)
    for address in filter(is_warc, job.sources):
        require_warcio(f"{address}: a WARC file")


@contextmanager
def _locked(out: str) -> Iterator[Folder]:
    folder = open_folder(out)
    folder.make()
    with ExitStack() as stack:
        if not is_remote(out):
            stack.callback(Lock(Path(out)).release)
        yield folder


class _Run:
    def __init__(self, job: Job, folder: Folder, manifest: Manifest, progress: Progress) -> None:
        self._job, self._folder, self._manifest, self._progress = job, folder, manifest, progress
        self._summary = Summary()

    def run(self) -> Summary:
        plan = make_plan(self._job.sources, self._job.options, self._job.out, part_bytes=self._job.part_bytes)
        there = self._folder.sizes(PARTS)
        for address, reason in plan.missing.items():
            if not all(self._is_done(name, there) for name in self._manifest.sources.get(address, [""])):
                self._summary.failed.append(reason)
        for source in plan.sources:
            names = [order["name"] for order in source.orders]
            if self._manifest.sources.get(source.address) != names:
                self._manifest.add({"source": source.address, "parts": names, "at": _now()})
        orders = [order for source in plan.sources for order in source.orders]
        todo = [order for order in orders if not self._is_done(order["name"], there)]
        self._summary.earlier = len(orders) - len(todo)
        with self._workers() as workers:
            self._read(todo, workers)
            for source in plan.sources:
                while (wrong := find_gap(source.orders, self._manifest.parts)) and self._read([wrong], workers):
                    continue
            self._settle(workers)
        return self._summed(orders)

    def _workers(self) -> AbstractContextManager[Workers]:
        return cluster(self._job.dask, self._folder) if self._job.dask else Crew(self._job.jobs)

    def _is_done(self, name: str, there: dict[str, int]) -> bool:
        row = self._manifest.parts.get(name)
        return row is not None and there.get(f"{name}.jsonl.gz") == row["bytes"]

    def _read(self, orders: list[Order], workers: Workers) -> bool:
        """Read parts; returns whether all could be."""
        if not orders:
            return True
        failed = len(self._summary.failed)
        self._progress.begin("reading", orders, workers.count)
        began = time.monotonic()
        for order, row in workers.run(orders, self._progress.watch):
            self._progress.done(order, row)
            if "failed" in row:
                self._summary.failed.append(f"{order['source']}, part {order['name']}: {row['failed']}")
                continue
            self._manifest.add({**row, "options": order["options"], "version": VERSION, "at": _now()})
            self._summary.read_pages += row["pages"]
            self._summary.core_seconds += row["seconds"]
        self._summary.seconds += time.monotonic() - began
        return len(self._summary.failed) == failed

    def _settle(self, workers: Workers) -> None:
        there = self._folder.sizes(PARTS)
        parts = [self._manifest.parts[name] for name in self._manifest.current() if self._is_done(name, there)]
        orders = self._orders_of_shards(parts)
        digest = blake2b(json.dumps(orders).encode(), digest_size=16).hexdigest()
        if self._manifest.settled.get("digest") != digest or not self._can_show():
            for name in self._folder.sizes(STAGE):
                self._folder.remove(f"{STAGE}/{name}")
            self._progress.begin("writing", orders, workers.count)
            shards = []
            for order, row in sorted(workers.run(orders, self._progress.watch), key=lambda done: done[0]["group"]):
                if "failed" in row:
                    raise MalimError(f"the shards were not written: {row['failed']} What was read is kept.")
                shards += row["shards"]
                self._progress.done(order, row)
            self._manifest.add({"shards": shards, "digest": digest, "at": _now()})
            self._manifest.flush()
        self._show()
        for name in there.keys() - {f"{name}.jsonl.gz" for name in self._manifest.current()}:
            self._folder.remove(f"{PARTS}/{name}")

    def _orders_of_shards(self, parts: list[Row]) -> list[Order]:
        groups = 1
        while groups < BUCKETS and groups * _GROUP_BYTES < sum(part["bytes"] for part in parts):
            groups *= 2
        parted = {further: url for part in parts for further, url in part["parted"].items()}
        width = BUCKETS // groups
        return [{"do": "write", "name": f"shards {group}", "out": self._job.out, "format": self._job.form,
                 "group": group, "options": asdict(self._job.options), "version": VERSION, "parted": parted,
                 "quiet": _QUIET,
                 "parts": [{"name": part["part"], "offsets": part["offsets"][group * width::width][:2]}
                           for part in parts]}
                for group in range(groups)]

    def _can_show(self) -> bool:
        there = {**self._folder.sizes(STAGE), **self._folder.sizes()}
        return all(there.get(shard["name"]) == shard["bytes"] for shard in self._manifest.settled["shards"])

    def _show(self) -> None:
        """Put the new shards in the place of the old ones; after a kill the next run goes on with it."""
        shown, staged = self._folder.sizes(), self._folder.sizes(STAGE)
        names = {shard["name"] for shard in self._manifest.settled["shards"]}
        for name in shown:
            if OWN.fullmatch(name) and (name not in names or name in staged):
                self._folder.remove(name)
        for name in staged:
            if name in names:
                self._folder.move(f"{STAGE}/{name}", name)

    def _summed(self, orders: list[Order]) -> Summary:
        summary = self._summary
        summary.parts = len(orders)
        for name in self._manifest.current():
            if row := self._manifest.parts.get(name):
                summary.pages += row["pages"]
                summary.articles += row["articles"]
                summary.errors.update(row["errors"])
        summary.shards = len(self._manifest.settled["shards"])
        summary.records = sum(shard["records"] for shard in self._manifest.settled["shards"])
        return summary


def find_gap(orders: Sequence[Order], rows: Mapping[str, Row]) -> Order | None:
    """Return the order of a part that did not begin where the one before it ended, with the right beginning.

    Where a part begins is found by the look of its bytes, which those inside of a record may have too, such as of a
    WARC file that somebody put into a page.
    """
    behind: int | None = None
    for order in orders:
        row = rows.get(order["name"], {})
        first, after = row.get("first"), row.get("after")
        if None not in (behind, first) and behind != first:
            return {**order, "start": behind, "exact": True}
        behind = after if first is not None or not row else behind
    return None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
