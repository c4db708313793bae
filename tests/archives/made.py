"""Archives of invented pages, as crawlers write them, and the command line run on them."""

import gzip
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper

import click
from tiny_portal import article_page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from malim_scraper.archives.worker import WORK
from malim_scraper.commands.extract import command
from malim_scraper.errors import MalimError


def warcinfo(software="StormCrawler"):
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": software}))
    return out.getvalue()


def response(url, body, *, status="200 OK", kind="text/html; charset=utf-8", date="2026-03-01T12:00:00Z", http=(),
             warc=(), record="response"):
    """One record as a gzip member."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    body = body.encode() if isinstance(body, str) else body
    headers = StatusAndHeaders(status, [("Content-Type", kind), *http], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(
        url, record, payload=BytesIO(body), length=len(body), http_headers=headers,
        warc_headers_dict={"WARC-Date": date, **dict(warc)}))
    return out.getvalue()


def page(number, host="example.kz", **options):
    """An article of its own as a record."""
    return response(f"https://{host}/news/{number}", article_page(number), **options)


def archive(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(warcinfo() + b"".join(records))
    return path


def chunked(body, size=700):
    parts = [body[start:start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@dataclass
class Done:
    """What a call of the command printed."""

    stdout: str
    stderr: str


def malim(*args, code=0):
    """Call `malim extract` in this process, as `malim_scraper.cli` does."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with redirect_stdout(out), redirect_stderr(err):
        found = _call([str(arg) for arg in args])
    told = Done(*(text.buffer.getvalue().decode() for text in (out, err)))
    assert found == code, told.stderr
    return told


def _call(args):
    try:
        command.main(args, "malim extract", standalone_mode=False)
    except MalimError as error:
        click.echo(f"Error: {error}", err=True)
        return error.exit_code
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return error.exit_code
    except SystemExit as end:
        return end.code
    return 0


def printed(*args):
    """The records on standard output."""
    return [json.loads(line) for line in malim(*args, "--jobs", 1).stdout.splitlines()]


class Silent:
    """Hears how a run goes; keeps the parts that were read."""

    def __init__(self):
        self.read = []

    def begin(self, doing, orders, cores):
        self.read += [order["name"] for order in orders if doing == "reading"]

    def watch(self, order, number): ...
    def done(self, order, row): ...


class Here:
    """Does orders in this process, where processes are not what a test is about."""

    def __init__(self, count):
        self.count = count

    def __enter__(self):
        return self

    def __exit__(self, *error): ...

    def run(self, orders, watch):
        for order in orders:
            yield order, WORK[order["do"]]({**order, "skip": []}, lambda number, order=order: watch(order, number))


def stored(folder):
    """The records of all shards of JSON Lines, in their order."""
    found = []
    for path in sorted(folder.glob("articles-*")):
        data = path.read_bytes()
        found += (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [json.loads(line) for line in found]


def in_order(records):
    return sorted(records, key=lambda record: (record["id"], record["revision"]))


def lines(folder):
    """The lines of a manifest."""
    return [json.loads(line) for line in (folder / "_manifest.jsonl").read_text("utf-8").splitlines()]
