"""Options that several commands have, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any, TypeVar

import click

from malim_scraper.errors import UsageError

_OTHERS = frozenset(("CONCURRENT_REQUESTS_PER_IP", "DATASET_DIR"))  # read, but in no table of settings
_OF_EXTRAS = ("PLAYWRIGHT_", "REDIS_", "SCHEDULER_", "DUPEFILTER_")  # of scrapy-playwright and scrapy-redis
Command = TypeVar("Command", bound=Callable[..., Any])


def settings_option(text: str) -> Callable[[Command], Command]:
    """Give a command the option `-s NAME=VALUE`, which may be repeated; it gets a dict `settings`."""
    return click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", callback=_read_settings, help=text)


def render_option(command: Command) -> Command:
    """Give a command the option `--render`; it gets a text or None."""
    return click.option("--render", type=click.Choice(["auto", "always", "never"]),
                        help="Show pages in an installed Chromium before they are read: always, or auto, which means "
                             "those whose HTML is a shell that JavaScript fills. Needs the extra `browser`.")(command)


def read_moment(text: str | None) -> datetime | None:
    """Return the moment of `--crawled-at`, in UTC where it names no zone. Raises UsageError for what is none."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(
            f"--crawled-at: '{text}' is no ISO 8601 time. Use one such as 2024-04-24T12:30:00+05:00.") from error
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _read_settings(_context: click.Context, _option: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    settings = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise UsageError(f"-s {pair}: write it as NAME=VALUE.")
        settings[name] = value
    for line in _doubts(settings):
        click.echo(f"Warning: {line}", err=True)
    return settings


def _doubts(names: Iterable[str]) -> Iterator[str]:
    """Yield a line for each setting that neither Scrapy nor this program has: a misspelt one would do nothing."""
    from scrapy.settings import default_settings

    from malim_scraper import settings as own

    known = {name for name in (*dir(default_settings), *dir(own)) if name.isupper()} | _OTHERS
    for name in names:
        if name not in known and not name.startswith(_OF_EXTRAS):
            close = get_close_matches(name.upper(), known, n=1, cutoff=0.8)
            hint = f"Did you mean {close[0]}?" if close else "It does nothing unless a part of yours reads it."
            yield f"-s {name}: Scrapy and malim_scraper have no such setting. {hint}"
