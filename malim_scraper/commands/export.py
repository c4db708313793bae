"""`malim export`: the records of a dataset folder in the forms that researchers load."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from malim_scraper.commands.progress import counting
from malim_scraper.errors import UsageError
from malim_scraper.export import ADDED, FORMATS, Request, Selection, Split, export
from malim_scraper.export.selection import parse_shares
from malim_scraper.text import counted

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("export", short_help="Write the records as a file or folder that others load.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("-o", "--output", required=True, metavar="TARGET", help="File, folder or address (s3://…) to write.")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Instead of the one of TARGET's suffix.")
@click.option("--portal", "portals", multiple=True, metavar="NAME", help="Only this portal; may be repeated.")
@click.option("--language", "languages", multiple=True, metavar="CODE", help="Only this BCP 47 code; may be repeated.")
@click.option("--since", type=_DAY, metavar="DAY", help="Published on this day or later, as 2024-01-31.")
@click.option("--until", type=_DAY, metavar="DAY", help="Published on this day or earlier.")
@click.option("--min-words", type=click.IntRange(0), metavar="N", default=0, show_default=True,
              help="Least words of the body.")
@click.option("--fields", default="", metavar="A,B,…", help="Only these columns, in this order.")
@click.option("--add", "added", multiple=True, type=click.Choice(list(ADDED)),
              help="Further columns: of sentences and tokens, the script, Kazakh in Latin letters; may be repeated.")
@click.option("--all-revisions", is_flag=True, help="Every stored revision, not the latest alone.")
@click.option("--dedup", is_flag=True, help="One article of those with the same text; the others are listed beside.")
@click.option("--sample", type=click.IntRange(1), metavar="N", help="Only N articles, drawn by --seed.")
@click.option("--seed", type=int, metavar="N", default=0, show_default=True, help="Another seed draws another sample.")
@click.option("--split", "shares", metavar="SHARES", help="Two or three parts: 0.9,0.1 (train, test), 0.8,0.1,0.1.")
@click.option("--split-by", type=click.Choice(["hash", "time"]), default="hash", show_default=True,
              help="hash: an article keeps its part as the dataset grows. time: the newest are the test.")
def command(
    folder: Path, output: str, form: str | None, fields: str, added: tuple[str, ...], shares: str | None, split_by: str,
    portals: tuple[str, ...], languages: tuple[str, ...], since: datetime | None, until: datetime | None,
    min_words: int, all_revisions: bool, dedup: bool, sample: int | None, seed: int,
) -> None:
    """Write the records of dataset folder DIR, with a datasheet beside them.

    The suffix of TARGET says the form: .parquet, .csv, .jsonl, .jsonl.zst, .sqlite; a name without a suffix is a folder
    ready for the Hugging Face hub, or of text or Markdown files with --format. Nothing appears before it is whole.

    \b
    Examples:
      malim export data -o malim.parquet
      malim export data -o kazakh.csv --language kk --since 2024-01-01 --fields id,title,date_published,body
      malim export data -o malim-news --split 0.8,0.1,0.1
      malim export data -o texts --format markdown
    """
    if output == "-":
        raise UsageError("-o -: an export is whole files, with a datasheet beside them. Name a file or folder.")
    selection = Selection(
        portals=portals, languages=languages, min_words=min_words, all_revisions=all_revisions, dedup=dedup,
        sample=sample, seed=seed, since=since.date() if since else None, until=until.date() if until else None)
    request = Request(
        source=folder, target=output, format=form, selection=selection, added=added,
        fields=tuple(name.strip() for name in fields.split(",") if name.strip()),
        split=Split(parse_shares(shares) if shares else (), split_by))
    with counting() as advance:
        facts = export(request, advance=advance)
    none = "" if facts.count else f"; none in {folder} is what the options ask for"
    click.echo(f"{counted(facts.count, 'record')} written to {output}{none}", err=True)
