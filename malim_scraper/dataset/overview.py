"""The state of a dataset folder at a glance, read without disturbing a crawl that is writing to it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from malim_scraper.dataset.crew_runs import RECENT, read_runs
from malim_scraper.dataset.health import RUNS, alarms_of
from malim_scraper.dataset.lock import is_held
from malim_scraper.dataset.shards import gather, shards
from malim_scraper.dataset.silence import new_per_day
from malim_scraper.dataset.state import State
from malim_scraper.errors import DatasetError

_CHUNK = 1 << 20
_PAGES = "SELECT portal, sum(status = 'waiting'), sum(status = 'failed') FROM pages GROUP BY portal"


@dataclass(slots=True)
class PortalState:
    """What is known of one portal.

    articles: stored, each once. waiting: pages that the next run fetches first. retries: pages that failed and are
    tried again. last_run: when it began, or None. new_per_day: articles, over the last runs, or None when unknown.
    coverage: field → share of the articles of the last runs that have it; visible: the same, as far as a person sees
    it on the page. alarms: of the last run, and why it failed where others did not.
    """

    name: str
    articles: int = 0
    waiting: int = 0
    retries: int = 0
    last_run: str | None = None
    new_per_day: float | None = None
    coverage: dict[str, float] = field(default_factory=dict)
    visible: dict[str, float] = field(default_factory=dict)
    alarms: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Overview:
    """A dataset folder.

    records: lines of its record files, revisions included. files: their names. is_running: whether a crawl writes to
    it now. portals: in the order in which they were crawled first. runs: lines of `runs.jsonl`, oldest first.
    asked_to_wait: host → Unix time before which it asked not to be asked.
    """

    folder: Path
    records: int
    files: list[str]
    is_running: bool
    portals: list[PortalState]
    runs: list[dict[str, Any]]
    asked_to_wait: dict[str, float]

    @property
    def is_unhealthy(self) -> bool:
        """Whether the last run over one of the portals raised an alarm, or the last run of all failed or was killed."""
        last = self.runs[-1].get("outcome") if self.runs else None
        return last in ("failed", "killed") or any(portal.alarms for portal in self.portals)


def look_at(folder: Path) -> Overview:
    """Read the state of a dataset folder; one that is none is a DatasetError.

    Shards `articles-*.jsonl` count as one dataset.
    """
    files = shards(folder, "articles", ".jsonl")
    if not files and not shards(folder, "runs", ".jsonl"):
        raise DatasetError(f"{folder}: no dataset folder, it has neither articles.jsonl nor runs.jsonl.")
    try:
        runs = read_runs(folder, last=RECENT)
        records = sum(map(_count_lines, files))
    except OSError as error:
        raise DatasetError(f"{folder}: cannot be read ({error.strerror}).") from error
    portals = {name: PortalState(name) for run in runs for name in run.get("portals", ())}
    waits = _read_state(folder, portals)
    for portal in portals.values():
        _read_runs(portal, [run for run in runs if portal.name in run.get("portals", ())])
    names = [file.name for file in files]
    return Overview(folder, records, names, is_held(folder), list(portals.values()), runs, waits)


def _count_lines(path: Path) -> int:
    count = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            count += chunk.count(b"\n")
    return count


def _read_state(folder: Path, portals: dict[str, PortalState]) -> dict[str, float]:
    """Fill in the counts of pages; returns the hosts that asked to wait. A state that cannot be read has none."""
    path = folder / "state.sqlite"
    if shards(folder, "state", ".sqlite") not in ([path], []):
        with closing(State(None)) as merged:
            gather(folder, merged)
            return _count(merged.db, portals)
    for mode in ("mode=ro", "immutable=1"):  # a folder that cannot be written to has no place for SQLite's own files
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=5)) as db:
                return _count(db, portals)
        except sqlite3.Error:
            continue
    return {}


def _count(db: sqlite3.Connection, portals: dict[str, PortalState]) -> dict[str, float]:
    for key, waiting, failed in db.execute(_PAGES):
        host = key.rpartition(":")[0]  # records of older versions name the portal without its port
        name = host if host in portals and key not in portals else key
        portal = portals.setdefault(name, PortalState(name))
        portal.waiting += waiting
        portal.retries += failed
    for name, articles in db.execute("SELECT portal, count(*) FROM articles GROUP BY portal"):
        portals.setdefault(name, PortalState(name)).articles = articles
    rows = db.execute("SELECT substr(name, 13), value FROM notes WHERE name LIKE 'retry-after:%'")
    return {host: until for host, until in rows if until > time.time()}


def _read_runs(portal: PortalState, runs: Sequence[Mapping[str, Any]]) -> None:
    if not runs:
        return
    portal.last_run = runs[-1]["started_at"]
    portal.alarms = alarms_of(runs[-1], portal.name)
    last = runs[-1]["portals"][portal.name]
    if last.get("outcome") == "failed" and runs[-1].get("outcome") != "failed":  # told of the run otherwise
        portal.alarms.append(str(last.get("message")))
    counts = [run["portals"][portal.name] for run in runs[-RUNS:]]
    articles = sum(count.get("articles", 0) for count in counts)
    if articles:
        portal.coverage = _shares(counts, "field", articles)
        portal.visible = _shares(counts, "visible", articles)
    portal.new_per_day = new_per_day(runs[-RUNS:], portal.name)


def _shares(counts: Sequence[Mapping[str, Any]], group: str, articles: int) -> dict[str, float]:
    names = dict.fromkeys(name for count in counts for name in count.get(group, ()))
    return {name: round(sum(count.get(group, {}).get(name, 0) for count in counts) / articles, 4) for name in names}
