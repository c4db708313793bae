"""Options that several commands have, and how their values are read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from malim_scraper.errors import UsageError

Command = TypeVar("Command", bound=Callable[..., Any])


def settings_option(text: str) -> Callable[[Command], Command]:
    """Give a command the option `-s NAME=VALUE`, which may be repeated; it gets a dict `settings`."""
    return click.option("-s", "settings", multiple=True, metavar="NAME=VALUE", callback=_read_settings, help=text)


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
    return settings
