"""`malim duplicates`: which articles of a dataset folder repeat another one."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from malim_scraper.commands.progress import counting
from malim_scraper.export.duplicates import THRESHOLD, find_duplicates, write_listing
from malim_scraper.export.reading import stored_records
from malim_scraper.export.records import Choice, Split
from malim_scraper.export.selection import Selection
from malim_scraper.text import counted


@click.command("duplicates", short_help="List the articles that repeat another one.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--threshold", type=click.FloatRange(0.2, 1), default=THRESHOLD, show_default=True,
              metavar="SHARE", help="Least similarity: shared groups of three words among all of both texts.")
def command(folder: Path, threshold: float) -> None:
    """List the articles of dataset folder DIR that repeat another one, as CSV on standard output.

    The one published first counts as the original, then the longest. Nothing is removed: `malim export --dedup` leaves
    the others out of an export.

    \b
    Examples:
      malim duplicates data > duplicates.csv
      malim duplicates data --threshold 0.8
    """
    with counting() as advance:
        choice = Choice.make(folder, Selection(), Split(), advance)
        found = find_duplicates(choice.records(doing="comparing"), threshold=threshold)
    write_listing(found, stored_records(folder), sys.stdout)
    exact = sum(one.exact for one in found)
    near = len(found) - exact
    click.echo(f"{counted(len(choice.places), 'article')}: {exact:,} repeat another exactly, {near:,} nearly", err=True)
