"""`malim extract`: the records of saved pages."""

from __future__ import annotations

import io
import json
import os
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

from malim_scraper.commands.explained import print_explanation, terminal_width
from malim_scraper.commands.explained_page import write_document
from malim_scraper.commands.options import read_moment
from malim_scraper.commands.progress import counting
from malim_scraper.commands.saved import Saved, count_pages, find_address, find_parted, iter_saved
from malim_scraper.dataset.captures import Captures
from malim_scraper.dates.zones import require_zone
from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extraction import explain
from malim_scraper.items import Article
from malim_scraper.profiles import Portal, load_portal
from malim_scraper.text import counted

WAITING = 8  # pages in work for each process; more would only fill memory


@dataclass(frozen=True, slots=True)
class Options:
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


@click.command("extract")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option(
    "--url",
    default="",
    metavar="URL",
    help="The page's address, where there is one page. Default: what it says itself.",
)
@click.option("--portal", metavar="NAME", help="Profile that sharpens the extraction: a name or a TOML file.")
@click.option(
    "--timezone", metavar="ZONE", help="IANA name, for times without an offset. Default: the profile's, else UTC."
)
@click.option(
    "--crawled-at", metavar="TIME", help='When the pages were fetched, ISO 8601; needed for dates like "yesterday".'
)
@click.option("--explain", "explained", is_flag=True, help="Show for each field the candidates and why one was chosen.")
@click.option("--json", "machine", is_flag=True, help="With --explain: one JSON object per page.")
@click.option(
    "--html",
    "document",
    type=click.Path(dir_okay=False),
    metavar="OUT.html",
    help="With --explain, of one page: write it as a page to look at, its text in colours beside the record.",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes. Default: one per core.")
def command(
    paths: tuple[str, ...],
    url: str,
    portal: str | None,
    timezone: str | None,
    crawled_at: str | None,
    explained: bool,
    machine: bool,
    document: str | None,
    jobs: int | None,
) -> None:
    """Print the records of saved pages as JSON Lines.

    PATH is a page (.html, .htm, .xhtml, also .gz), a folder with pages, a WARC file, or - for standard input. Records
    come in the order of the input; a file that cannot be read costs one line on standard error.

    A WARC gives the records that a crawl of the same pages stores: one per article and revision, times included. Give
    the portal or time zone of that crawl.

    \b
    Examples:
      malim extract page.html
      malim extract saved/ > articles.jsonl
      malim extract page.html --explain
      malim extract page.html --explain --html page-explained.html
      malim extract data/warc/ --portal malim --jobs 4
      curl -s https://example.org/news/1 | malim extract - --url https://example.org/news/1
    """
    if (machine or document) and not explained:
        raise UsageError("--json and --html say how --explain prints. Add --explain; records are JSON already.")
    total = count_pages(paths)
    if url and total != 1:
        raise UsageError("--url names the address of one page, but there are several.")
    options = Options(
        url, load_portal(portal) if portal else None, require_zone(timezone) if timezone else None,
        read_moment(crawled_at), explained, machine, terminal_width()
    )
    if document:
        if total != 1:
            raise UsageError("--html shows one page, but there are several.")
        write_document(document, next(iter_saved(paths)), options.portal, url, options.timezone, options.crawled_at)
        return
    workers = 1 if total == 1 else jobs or os.cpu_count() or 1
    captures = Captures(options.portal, find_parted(paths)) if total is None and not explained else None
    outcomes = _choose(_outcomes(iter_saved(paths), options, workers), captures)
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


def _choose(outcomes: Iterable[Outcome], captures: Captures | None) -> Iterator[Outcome]:
    """Judge the articles of WARC files as a crawl does; the outcomes of other pages pass."""
    for outcome in outcomes:
        article, fetched_at = outcome.article, outcome.fetched_at
        if captures is None or article is None or fetched_at is None:
            yield outcome
        elif outcome.part_of:
            captures.join(article, outcome.part_of)
            yield replace(outcome, is_known=True)
        elif captures.has_parts(article):
            yield from (Outcome(found.url, _line(found)) for found in captures.wait(article, fetched_at))
        else:
            is_record = captures.take(article, fetched_at)
            yield replace(outcome, output=_line(article) if is_record else "", is_known=not is_record)
    for found in captures.take_rest() if captures else ():
        yield Outcome(found.url, _line(found))


def _line(article: Article) -> str:
    return json.dumps(article.to_dict(), ensure_ascii=False)


def _outcomes(pages: Iterable[Saved], options: Options, workers: int) -> Iterator[Outcome]:
    """Yield the outcomes in the order of the pages, from as many processes as there are workers."""
    if workers == 1:
        for page in pages:
            yield _read(page, options)
        return
    pool = ProcessPoolExecutor(workers, initializer=_ignore_interrupt)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for page in pages:
            waiting.append(pool.submit(_read, page, options))
            if len(waiting) >= workers * WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise MalimError("a process was killed, probably for want of memory. Try again with --jobs 1.") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle


def _read(page: Saved, options: Options) -> Outcome:
    """Read and extract one page; runs in a process of its own."""
    if page.problem:
        return Outcome(page.name, problem=page.problem)
    try:
        html = page.read()
    except (OSError, EOFError, zlib.error) as error:
        return Outcome(page.name, problem=f"cannot be read ({getattr(error, 'strerror', None) or error})")
    found = explain(
        html,
        url=options.url or page.url or find_address(html),
        crawled_at=options.crawled_at or page.fetched_at,
        portal=options.portal,
        timezone=options.timezone,
        content_type=page.content_type,
    )
    if options.explained and not options.machine:
        tables = io.StringIO()
        print_explanation(page.name, found, tables, options.width)
        return Outcome(page.name, tables.getvalue().rstrip("\n"))
    if options.explained:
        return Outcome(page.name, json.dumps({"page": page.name, **found.to_dict()}, ensure_ascii=False))
    if page.fetched_at is not None:
        return Outcome(page.name, article=found.article, part_of=page.part_of, fetched_at=page.fetched_at)
    return Outcome(page.name, _line(found.article) if found.article else "")
