"""`malim demo`: a portal that this program serves itself, crawled for real."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from malim_scraper.errors import MalimError, MissingExtra
from malim_scraper.text import counted

if TYPE_CHECKING:
    from malim_scraper.runner import Result

_PORT = 8750  # the same from run to run, so that a second demo finds its articles known
_ZONE = "Asia/Almaty"


@click.command("demo", short_help="Try it on a portal that this program serves itself.")
@click.option("--out", default="malim-demo", show_default=True, metavar="DIR",
              type=click.Path(path_type=Path, file_okay=False), help="Dataset folder; made when missing.")
@click.option("--port", type=click.IntRange(0, 65535), metavar="N",
              help=f"Port of the portal on loopback; 0 takes a free one.  [default: {_PORT}, else a free one]")
@click.option("--keep-serving", is_flag=True, help="Serve the portal after the crawl, until Ctrl-C.")
def command(out: Path, port: int | None, keep_serving: bool) -> int:
    """Serve a replica of a news portal on loopback, crawl it into a dataset folder, export it, write its report.

    The replica has some sixty articles in Kazakh and Russian, in two markups, with sitemaps, a feed and an archive.

    \b
    Examples:
      malim demo
      malim demo --out replica --keep-serving
    """
    from malim_scraper.demo import Replica, serve

    replica = Replica()
    with serve(replica, _free_port(port)):
        click.echo(f"The replica portal is served at {replica.base}/", err=True)
        started = time.monotonic()
        result = _crawl(replica.base, out)
        for line in _closing_lines(result, out, time.monotonic() - started):
            click.echo(line, err=True)
        if keep_serving and not result.exit_code:
            _wait(replica.base)
    return result.exit_code


def _free_port(port: int | None) -> int:
    """The port to serve on: the one that the user named, which must be free, else the usual one if it is."""
    import socket

    wanted = _PORT if port is None else port
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", wanted))
        except OSError as error:
            if port is None:
                return 0
            raise MalimError(f"port {port} cannot be used ({error.strerror}). Leave out --port.") from error
    return wanted


def _crawl(base: str, out: Path) -> Result:
    from malim_scraper.extensions.display import Display
    from malim_scraper.runner import run_crawl
    from malim_scraper.spiders.arguments import Options, read_target

    with Display(is_on=sys.stderr.isatty()) as display:
        return run_crawl([read_target(f"{base}/")], out=out, options=Options(timezone=_ZONE),
                         on_progress=display.update)


def _closing_lines(result: Result, out: Path, seconds: float) -> Iterator[str]:
    """What was stored, where, one record, what to try next. Whatever else a demo makes of the dataset is told here."""
    from malim_scraper.dataset.records import iter_records
    from malim_scraper.extensions.summary import summary

    yield from summary(result.run.portals, out, seconds)
    for failure in dict.fromkeys(result.failures):
        yield f"Error: {failure}"
    if result.exit_code:
        return
    records = list(iter_records(out / "articles.jsonl"))
    if records:
        yield from _sample(max(records, key=lambda record: len(record["related"])))
    yield f"Dataset: {counted(len(records), 'record')} in {out / 'articles.jsonl'}, the runs in {out / 'runs.jsonl'}"
    yield from _publish(out)
    yield "Try next:"
    yield f"  malim demo --out {out}    crawl again: nothing new, so few requests and no new record"
    yield f"  malim export {out} -o demo.sqlite    the records as a database with full-text search"
    yield "  malim demo --keep-serving    open the portal in a browser, crawl it from a second terminal"


def _publish(out: Path) -> Iterator[str]:
    """Export the records, and write the report where its library is installed."""
    from malim_scraper.export import Request, export
    from malim_scraper.report import write_report

    table, report = out / "demo.csv", out / "report.html"
    export(Request(out, str(table)))
    yield f"Table:   {table}, which a spreadsheet opens"
    try:
        write_report(out, report)
    except MissingExtra as error:
        yield f"Report:  {error}"
    else:
        yield f"Report:  {report}, to open in a browser"


def _sample(record: dict[str, Any]) -> Iterator[str]:
    kinds = [block["type"] for block in record["blocks"]]
    blocks = ", ".join(counted(kinds.count(kind), kind.replace("_", " ")) for kind in dict.fromkeys(kinds))
    yield f"One of them, {record['canonical_url']}"
    yield f"  title      {record['title']}"
    yield f"  authors    {', '.join(record['authors'])}"
    yield f"  published  {record['date_published']} (from {record['provenance'].get('date_published', 'nothing')})"
    yield f"  section    {record['section']}, in {record['language']}; tags: {', '.join(record['tags'])}"
    yield f"  body       {blocks}; {len(record['body'])} characters"
    for item in record["related"]:
        yield f"  related    {item['date_published']} {item['title']}"


def _wait(base: str) -> None:
    click.echo(f"Serving {base}/ until Ctrl-C.", err=True)
    try:
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        pass
