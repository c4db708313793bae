"""`malim forget`: take an article out of a dataset folder."""

from __future__ import annotations

from pathlib import Path

import click

from malim_scraper.dataset.forget import forget
from malim_scraper.text import counted


@click.command("forget", short_help="Take articles out of a dataset folder, for good.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--url", "urls", multiple=True, required=True, metavar="URL", help="Of the article; may be repeated.")
def command(folder: Path, urls: tuple[str, ...]) -> None:
    """Remove articles from dataset folder DIR, for good: every revision, and what other articles print of them.

    Their raw pages go from DIR/warc, too; lists in there may still print their titles. Their addresses are never
    fetched again. Exports made before still hold the articles: make them anew.

    \b
    Examples:
      malim forget data --url https://malim.kz/article/27663
    """
    removed = forget(folder, urls)
    click.echo(f"{counted(removed, 'record')} removed from {folder}", err=True)
