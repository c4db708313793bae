"""`malim fixture`: saved pages with their expected records."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from malim_scraper.archives.saved import find_address
from malim_scraper.commands.options import read_moment, render_option
from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extraction import extract
from malim_scraper.fixtures.compare import Difference, compare
from malim_scraper.fixtures.diff import render
from malim_scraper.fixtures.store import Fixture, find_fixtures, keep_profile, write_fixture, write_json
from malim_scraper.profiles import load_portal

_PLACES = click.argument("places", metavar="[FILE|FOLDER ...]", nargs=-1, type=click.Path(exists=True, path_type=Path))
_DEFAULT = Path("tests/fixtures")


@click.group("fixture", short_help="Keep saved pages as tests: what a change moves.")
def command() -> None:
    """Keep saved pages with their expected records, and see what changes.

    \b
    Examples:
      malim fixture add page.html --url https://example.kz/news/1   save a page, after a look at its record
      malim fixture check                                           compare all of tests/fixtures; 1 on a difference
      malim fixture diff tests/fixtures/example                     what differs, field by field
      malim fixture accept tests/fixtures/example                   take the new values
    """


@command.command(short_help="Save a page with its record.")
@click.argument("source", metavar="URL|FILE")
@click.option("--url", metavar="URL", help="The page's address, for a FILE that does not say it.")
@click.option("--portal", metavar="NAME",
              help="Profile: a name or a TOML file. Default: none; the host names the folder.")
@click.option("--name", metavar="NAME", help="Name of the fixture. Default: the end of the address.")
@click.option("--dir", "folder", type=click.Path(path_type=Path), default=_DEFAULT, show_default=True,
              metavar="DIR", help="Where the folders of portals are.")
@click.option("--crawled-at", metavar="TIME", help="The frozen time of the crawl, ISO 8601. Default: now.")
@render_option
@click.option("--yes", is_flag=True, help="Save without asking.")
def add(source: str, url: str | None, portal: str | None, name: str | None, folder: Path, crawled_at: str | None,
        render: str | None, yes: bool) -> None:
    """Save a page with the record that is extracted now, after showing it.

    A profile that the fixture would not find in a folder above it is copied beside it.

    \b
    Examples:
      malim fixture add https://example.kz/news/1
      malim fixture add https://example.kz/news/1 --portal example.toml
      malim fixture add https://app.example/news/1 --render always
      malim fixture add page.html --url https://example.kz/news/1 --name flood
    """
    profile = load_portal(portal) if portal else None
    body, headers, address = _load(source, url, render or (profile.all_settings().get("RENDER") if profile else None))
    at = read_moment(crawled_at) or datetime.now(UTC).replace(microsecond=0)
    article = extract(body, url=address, portal=profile, crawled_at=at, content_type=headers.get("content-type"))
    if article is None:
        raise MalimError(f"{source}: no article was found. `malim extract --explain` shows what was looked at.")
    record = article.to_dict() | {"crawled_at": at.isoformat()}
    click.echo(json.dumps(record, ensure_ascii=False, indent=2), err=True)
    if not yes and not click.confirm("Save it as the expected record?", err=True):
        click.echo("Nothing was saved.", err=True)
        return
    place = folder / article.portal.partition(":")[0]  # no folder has a colon on Windows
    fixture = write_fixture(place, name or _name(article.canonical_url), body, record, headers)
    if portal and profile and portal.endswith(".toml") and (copy := keep_profile(place, Path(portal), profile)):
        click.echo(f"{copy}: copy of the profile", err=True)
    click.echo(fixture.page)


@command.command(short_help="Name the pages and fields that differ from what is expected.")
@_PLACES
def check(places: tuple[Path, ...]) -> None:
    """Compare the pages with their expected records; exit code 1 when one differs.

    \b
    Examples:
      malim fixture check
      malim fixture check tests/fixtures/malim/biometrics.html
    """
    fixtures = _fixtures(places)
    wrong = 0
    for fixture in fixtures:
        differences = compare(fixture)
        wrong += bool(differences)
        if differences:
            click.echo(f"{fixture.name}: {', '.join(difference.field for difference in differences)}")
    click.echo(f"{len(fixtures) - wrong} of {len(fixtures)} fixtures as expected.", err=True)
    if wrong:
        click.echo("`malim fixture diff` shows the differences, `malim fixture accept` takes them.", err=True)
        sys.exit(1)


@command.command(short_help="Show what differs, field by field.")
@_PLACES
def diff(places: tuple[Path, ...]) -> None:
    """Show what differs, field by field, paragraphs word by word; exit code 1 when something does.

    \b
    Examples:
      malim fixture diff
      malim fixture diff tests/fixtures/malim
    """
    wrong = False
    for fixture in _fixtures(places):
        if differences := compare(fixture):
            wrong = True
            _show(fixture, differences)
    sys.exit(int(wrong))


@command.command(short_help="Take the values found now as the expected ones.")
@_PLACES
@click.option("--yes", is_flag=True, help="Accept without asking.")
def accept(places: tuple[Path, ...], yes: bool) -> None:
    """Take the values found now as the expected ones, after showing what changes.

    \b
    Examples:
      malim fixture accept tests/fixtures/malim/biometrics.html
    """
    for fixture in _fixtures(places):
        differences = compare(fixture)
        if not differences:
            continue
        _show(fixture, differences)
        if any(difference.field == "article" for difference in differences):
            click.echo(f"{fixture.name}: no article is found any more; not accepted.", err=True)
        elif yes or click.confirm("Accept?", err=True):
            write_json(fixture.expected, fixture.record() | {each.field: each.found for each in differences})


def _fixtures(places: tuple[Path, ...]) -> list[Fixture]:
    if not places and not _DEFAULT.is_dir():
        raise UsageError(f"there is no folder {_DEFAULT} here. Name the FILE or FOLDER to look in.")
    return list(find_fixtures(list(places) or [_DEFAULT]))


def _show(fixture: Fixture, differences: list[Difference]) -> None:
    click.echo(click.style(fixture.name, underline=True))
    for difference in differences:
        for line in render(difference):
            click.echo(f"  {line}")


def _load(source: str, url: str | None, render: str | None) -> tuple[bytes, dict[str, str], str | None]:
    if source.startswith(("http://", "https://")):
        from malim_scraper.fetching import fetch  # Scrapy: only when the network is asked for

        page = fetch(source, settings={"RENDER": render} if render else None)
        return page.body, page.headers, page.url
    try:
        body = Path(source).read_bytes()
        return body, {}, url or find_address(body) or None
    except OSError as error:
        raise MalimError(f"{source}: cannot be read ({error.strerror}).") from error


def _name(url: str) -> str:
    path, _, query = url.partition("?")
    last = "-".join(filter(None, (path.rstrip("/").rsplit("/", 1)[-1].removesuffix(".html"), query)))
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in last)
    return kept[:60].strip("-") or "page"
