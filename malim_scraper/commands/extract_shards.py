"""The records of many saved pages as shards in a folder: how it goes, and what came of it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.live import Live
from rich.text import Text

from malim_scraper.archives.order import Options, Order, Row
from malim_scraper.archives.places import is_remote
from malim_scraper.archives.run import Job, Summary, run
from malim_scraper.archives.shards import choose_form
from malim_scraper.errors import MalimError
from malim_scraper.text import counted

LINE_EVERY = 60.0  # seconds between two lines where standard error is no terminal
UNHEALTHY = 3


def write_archive(
    sources: tuple[str, ...], out: str, form: str | None, portal: str | None, timezone: str | None,
    crawled_at: datetime | None, hosts: tuple[str, ...], jobs: int, dask: str | None,
) -> None:
    """Read the sources and write the shards. Exits with 3 when some could not be read.

    Raises MalimError when none could, or the output or the cluster cannot be used.
    """
    job = Job(tuple(map(_absolute, sources)), _absolute(out), choose_form(form, out),
              Options.of(portal, timezone, crawled_at, hosts), jobs, dask)
    with _shown() as progress:
        summary = run(job, progress)
    for line in summary.failed:
        click.echo(line, err=True)
    if summary.failed and not summary.earlier and not summary.read_pages:
        raise MalimError("nothing could be read.")
    click.echo(_told(summary, out), err=True)
    if summary.failed:
        click.echo(f"{counted(len(summary.failed), 'part')} could not be read: call again to try anew.", err=True)
        sys.exit(UNHEALTHY)


def _absolute(address: str) -> str:
    return address if is_remote(address) else str(Path(address).absolute())  # workers may stand in another folder


def _told(summary: Summary, out: str) -> str:
    bad = summary.errors.total()
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in summary.errors.most_common())
    lines = (f"{counted(summary.records, 'record')} in {counted(summary.shards, 'shard')} in {out}: "
             f"{counted(summary.articles, 'article')} on {counted(summary.pages, 'page')}, "
             f"{counted(summary.pages - summary.articles, 'page')} without an article, {bad:,} that could not be read"
             + (f" ({reasons})" if bad else ""))
    if summary.earlier:
        lines += f"\n{summary.earlier:,} of {counted(summary.parts, 'part')} were read before"
    if summary.read_pages and summary.seconds:
        lines += (f"\n{counted(summary.read_pages, 'page')} in {summary.seconds:,.0f} s: "
                  f"{summary.read_pages / summary.seconds:,.1f} pages/s, "
                  f"{summary.read_pages / max(summary.core_seconds, 0.01):,.1f} on each core")
    return lines


@contextmanager
def _shown() -> Iterator[_Progress]:
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Progress(None)
        return
    with Live(Text(""), console=console, refresh_per_second=4, transient=True) as live:
        yield _Progress(live)


class _Progress:
    """One line: parts, pages, the rate, the rest. live: where it is shown; None prints a line now and then."""

    def __init__(self, live: Live | None) -> None:
        self._live = live
        self.begin("reading", [], 1)

    def begin(self, doing: str, orders: list[Order], cores: int) -> None:
        """Begin something; orders: all that are to be done. cores: that do it."""
        self._doing, self._cores = doing, cores
        self._parts, self._bytes = len(orders), sum(order.get("size", 0) for order in orders)
        self._done = self._done_bytes = self._done_pages = 0
        self._at_work: dict[str, int] = {}
        self._began = self._printed = time.monotonic()

    def watch(self, order: Order, number: int | None) -> None:
        """Count a page that is done; called from several threads, each with its own order."""
        if number is None:
            self._at_work[order["name"]] = self._at_work.get(order["name"], 0) + 1
            self._show()

    def done(self, order: Order, row: Row) -> None:
        """Count what is done."""
        self._at_work.pop(order["name"], None)
        self._done += 1
        self._done_bytes += order.get("size", 0)
        self._done_pages += row.get("pages", 0)
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if self._live:
            self._live.update(Text(self._line(now - self._began)))
        elif now - self._printed >= LINE_EVERY:
            self._printed = now
            click.echo(self._line(now - self._began), err=True)

    def _line(self, seconds: float) -> str:
        pages = self._done_pages + sum(list(self._at_work.values()))
        rate = pages / max(seconds, 0.1)
        line = f"{self._doing}: {self._done:,} of {counted(self._parts, 'part')}"
        if self._doing == "reading":
            line += f", {counted(pages, 'page')}, {rate:,.0f} pages/s, {rate / self._cores:,.1f} on each core"
        if self._done_bytes:
            left = seconds * (self._bytes - self._done_bytes) / self._done_bytes
            line += f", {timedelta(seconds=round(left))} left"
        return line
