"""`malim report`: a dataset folder on one page."""

from __future__ import annotations

from pathlib import Path

import click

from malim_scraper.commands.progress import counting
from malim_scraper.report import write_report


@click.command("report", short_help="Write a page about a dataset: coverage, plots, health.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              default="report.html", show_default=True, help="HTML file to write.")
def command(folder: Path, output: Path) -> None:
    """Write a page about dataset folder DIR: coverage, lengths, authors, related articles, health of the crawls.

    One HTML file that needs no network; reads in light and dark, on a phone and on paper.

    \b
    Examples:
      malim report data -o report.html
    """
    with counting() as advance:
        write_report(folder, output, advance=advance)
    click.echo(f"Report written to {output}", err=True)
