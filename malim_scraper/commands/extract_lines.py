"""The records of saved pages on standard output, in the order of the input."""

from __future__ import annotations

import io
import json
import multiprocessing
import signal
import sys
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import datetime

import click

from malim_scraper.archives.saved import Saved, add_warnings, find_address
from malim_scraper.archives.stream import Stream
from malim_scraper.commands.explained import print_explanation
from malim_scraper.commands.progress import counting
from malim_scraper.dataset.captures import Captures
from malim_scraper.errors import MalimError
from malim_scraper.extraction import explain
from malim_scraper.items import Article
from malim_scraper.profiles import Portal
from malim_scraper.text import counted

WAITING = 8  # pages in work for each process; more would only fill memory


@dataclass(frozen=True, slots=True)
class Reading:
    """What holds for all pages of a call. width: columns of the tables of an explanation."""

    url: str
    portal: Portal | None
    timezone: str | None
    crawled_at: datetime | None
    explained: bool
    machine: bool
    width: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a page.

    output: what goes to standard output, empty when the page is no article. problem: why it could not be read.
    article, part_of, fetched_at: of a page in a WARC, which is yet to be judged. is_known: whether it is in another
    record.
    """

    name: str
    output: str = ""
    problem: str = ""
    article: Article | None = None
    part_of: str | None = None
    fetched_at: datetime | None = None
    is_known: bool = False


def print_records(stream: Stream, reading: Reading, workers: int) -> None:
    """Print the records of a stream, or with `explained` how they came about, and a summary on standard error.

    Raises MalimError when nothing could be read.
    """
    total = stream.count
    captures = Captures(reading.portal, stream.parted()) if total is None and not reading.explained else None
    outcomes = _judge(_outcomes(stream.pages(), reading, 1 if total == 1 else workers), captures)
    _report(_print_all(outcomes, total), single=total == 1)


def _print_all(outcomes: Iterable[Outcome], total: int | None) -> tuple[int, int, int, str]:
    """Print what comes, in its order; return the numbers of records, of empty and of bad pages, and the last's name."""
    records = empty = bad = 0
    name = ""
    with counting() as advance:
        for outcome in outcomes:
            name = outcome.name
            if outcome.problem:
                bad += 1
                click.echo(f"{outcome.name}: {outcome.problem}", err=True)
            elif outcome.output:
                records += 1
                sys.stdout.buffer.write(outcome.output.encode("utf-8", "replace") + b"\n")
            else:
                empty += not outcome.is_known
            if total != 1:
                advance("pages", total)
        sys.stdout.buffer.flush()
    return records, empty, bad, name


def _report(numbers: tuple[int, int, int, str], *, single: bool) -> None:
    records, empty, bad, name = numbers
    if bad and not records and not empty:
        raise MalimError("nothing could be read.")
    if single:
        if empty:
            click.echo(f"{name}: no article", err=True)
        return
    click.echo(f"{counted(records, 'record')}, {counted(empty, 'page')} without an article, "
               f"{bad} that could not be read", err=True)


def _judge(outcomes: Iterable[Outcome], captures: Captures | None) -> Iterator[Outcome]:
    """Judge the articles of WARC files as a crawl does; the outcomes of other pages pass."""
    for outcome in outcomes:
        article, fetched_at = outcome.article, outcome.fetched_at
        if captures is None or article is None or fetched_at is None:
            yield outcome
            continue
        for found in captures.judge(article, fetched_at, outcome.part_of):
            yield Outcome(found.url, _line(found))
        yield replace(outcome, is_known=True)
    for found in captures.take_rest() if captures else ():
        yield Outcome(found.url, _line(found))


def _line(article: Article) -> str:
    return json.dumps(article.to_dict(), ensure_ascii=False)


def _outcomes(pages: Iterable[Saved], reading: Reading, workers: int) -> Iterator[Outcome]:
    """Yield the outcomes in the order of the pages, from as many processes as there are workers."""
    if workers == 1:
        for page in pages:
            yield _read(page, reading)
        return
    context = multiprocessing.get_context("forkserver")  # threads of fsspec must not be copied
    context.set_forkserver_preload([__name__])
    pool = ProcessPoolExecutor(workers, context, initializer=_ignore_interrupt)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for page in pages:
            waiting.append(pool.submit(_read, page, reading))
            if len(waiting) >= workers * WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise MalimError("a process was killed, probably for want of memory. Try again with --jobs 1, or with -o DIR, "
                         "which leaves out the page that did it.") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def _read(page: Saved, reading: Reading) -> Outcome:
    """Read and extract one page; runs in a process of its own."""
    if page.problem:
        return Outcome(page.name, problem=page.problem)
    try:
        html = page.read()
    except (MalimError, OSError, EOFError, zlib.error) as error:
        reason = str(error).removeprefix(f"{page.name}: ").rstrip(".") if isinstance(error, MalimError) else \
            f"cannot be read ({getattr(error, 'strerror', None) or error})"
        return Outcome(page.name, problem=reason)
    found = explain(
        html,
        url=reading.url or page.url or find_address(html),
        crawled_at=reading.crawled_at or page.fetched_at,
        portal=reading.portal,
        timezone=reading.timezone,
        content_type=page.content_type,
    )
    if found.article:
        add_warnings(found.article, page)
    if reading.explained and not reading.machine:
        tables = io.StringIO()
        print_explanation(page.name, found, tables, reading.width)
        return Outcome(page.name, tables.getvalue().rstrip("\n"))
    if reading.explained:
        return Outcome(page.name, json.dumps({"page": page.name, **found.to_dict()}, ensure_ascii=False))
    if page.fetched_at is not None:
        return Outcome(page.name, article=found.article, part_of=page.part_of, fetched_at=page.fetched_at)
    return Outcome(page.name, _line(found.article) if found.article else "")
