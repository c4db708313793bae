"""`malim extract`: the records of saved pages."""

from __future__ import annotations

import os

import click

from malim_scraper.archives.stream import Stream
from malim_scraper.commands.explained import terminal_width
from malim_scraper.commands.explained_page import write_document
from malim_scraper.commands.extract_lines import Reading, print_records
from malim_scraper.commands.extract_shards import write_archive
from malim_scraper.commands.options import read_moment
from malim_scraper.dates.zones import require_zone
from malim_scraper.errors import UsageError
from malim_scraper.profiles import load_portal

FORMS = ("parquet", "jsonl", "jsonl.gz", "jsonl.zst")


@click.command("extract", short_help="Read saved pages and WARC files: JSON Lines, or shards with -o.")
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
@click.option("-o", "--output", metavar="DIR", help="Write shards into this folder or address (s3://…), resumably.")
@click.option("--format", "form", type=click.Choice(FORMS),
              help="Of the shards. Default: the suffix of DIR, else parquet.")
@click.option("--host", "hosts", multiple=True, metavar="HOST",
              help="With -o: only pages of this host and of those below it, such as kz; may be repeated.")
@click.option("--dask", metavar="ADDRESS", help="With -o: on the cluster of this scheduler, such as tcp://HOST:8786.")
def command(
    paths: tuple[str, ...], url: str, portal: str | None, timezone: str | None, crawled_at: str | None, explained: bool,
    machine: bool, document: str | None, jobs: int | None, output: str | None, form: str | None,
    hosts: tuple[str, ...], dask: str | None,
) -> None:
    """Print the records of saved pages as JSON Lines, or write them as shards.

    PATH is a page (.html, .htm, .xhtml, also .gz), a WARC file, a folder of them, an address that fsspec opens (s3://,
    https://), or - for standard input. Records come in the order of the input; a file that cannot be read costs one
    line on standard error.

    A WARC gives the records that a crawl of the same pages stores: one per article and revision, times included. Give
    the portal or time zone of that crawl.

    With -o any number of files becomes one dataset. A second call reads only what is new or was not done.

    \b
    Examples:
      malim extract page.html
      malim extract saved/ > articles.jsonl
      malim extract page.html --explain
      malim extract page.html --explain --html page-explained.html
      malim extract data/warc/ --portal malim --jobs 4
      curl -s https://example.org/news/1 | malim extract - --url https://example.org/news/1
      malim extract cc-news/ -o news --host kz
      malim extract s3://bucket/warc/ -o s3://bucket/news --dask tcp://10.0.0.1:8786
    """
    if (machine or document) and not explained:
        raise UsageError("--json and --html say how --explain prints. Add --explain; records are JSON already.")
    moment = read_moment(crawled_at)
    zone = require_zone(timezone) if timezone else None
    workers = jobs or os.cpu_count() or 1
    if output is not None:
        if explained or url or "-" in paths:
            raise UsageError("-o writes records of files; --explain, --url and standard input go without it.")
        write_archive(paths, output, form, portal, zone, moment, hosts, workers, dask)
        return
    if form or hosts or dask:
        raise UsageError("--format, --host and --dask go with -o DIR.")
    stream = Stream.of(paths)
    if url and stream.count != 1:
        raise UsageError("--url names the address of one page, but there are several.")
    profile = load_portal(portal) if portal else None
    if document:
        if stream.count != 1:
            raise UsageError("--html shows one page, but there are several.")
        write_document(document, next(stream.pages()), profile, url, zone, moment)
        return
    print_records(stream, Reading(url, profile, zone, moment, explained, machine, terminal_width()), workers)
