"""What a crawl can be told, read from text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from malim_scraper.dataset import Folder
from malim_scraper.dates import parse_date
from malim_scraper.dates.zones import require_zone
from malim_scraper.errors import UsageError
from malim_scraper.profiles import Portal, load_portal, portal_names
from malim_scraper.urls import fold_url, host_of
from malim_scraper.urls.hosts import portal_key


@dataclass(frozen=True, slots=True)
class Options:
    """limit: records to store. since: first day of publication, ISO 8601. full: ask for every page again.

    refresh: age in days up to which articles are asked for again.
    timezone: for times without an offset on portals without a profile.
    """

    limit: int | None = None
    since: str | None = None
    refresh: float = 3
    full: bool = False
    timezone: str | None = None

    @classmethod
    def read(cls, texts: Mapping[str, Any]) -> Options:
        """Read the options from spider arguments; a value that cannot be read is a UsageError."""
        return cls(
            limit=_read_count(texts["limit"]) if texts.get("limit") else None,
            since=read_day(texts["since"]) if texts.get("since") else None,
            refresh=_read_days(texts.get("refresh", "3")),
            full=str(texts.get("full", "")).lower() in ("1", "true", "yes"),
            timezone=require_zone(texts["timezone"]) if texts.get("timezone") else None)


def check_names(given: Iterable[str], known: Collection[str]) -> None:
    """Raise UsageError for an argument that no spider has; those with `_` in front are of tools, such as Scrapyd."""
    for name in given:
        if name not in known and not name.startswith("_"):
            close = get_close_matches(name, known, n=1)
            hint = f"Did you mean '{close[0]}'?" if close else f"Known arguments: {', '.join(sorted(known))}."
            raise UsageError(f"-a {name}: there is no such argument. {hint}")


def read_portal(name: str | None, url: str | None) -> tuple[Portal, bool]:
    """Return the portal that is meant and whether it is one with a profile.

    name: of a profile, path of a TOML file. url: an address; the profile of its host is taken if there is one.
    Raises UsageError when it cannot be told.
    """
    if name:
        return load_portal(name), True
    if not url:
        raise UsageError("no portal: give an address, such as url=https://example.org/, or the name of a profile.")
    if "@" in urlsplit(url).netloc:
        raise UsageError("an address must hold no name or password. Put them into environment variables and name these "
                         "under [login] of a profile.")
    address = fold_url(url)
    host = host_of(address).removeprefix("www.")
    if not address.startswith(("http://", "https://")) or not host:
        raise UsageError(f"'{url}' is no address of a portal. It must begin with http:// or https://.")
    for known in map(load_portal, portal_names()):
        if host in known.hosts:
            return Portal(**{**_fields(known), "start_urls": (address,)}), True
    return Portal(name=portal_key(host, address), start_urls=(address,), hosts=(host,)), False


def read_target(target: str) -> tuple[Portal, bool]:
    """Return the portal of a command line argument: a name, a TOML file or an address."""
    return read_portal(None, target) if "://" in target else read_portal(target, None)


def open_folder(folder: str | None) -> Folder | None:
    """Open the dataset folder of this path, or none."""
    return Folder(Path(folder)) if folder else None


def read_day(text: str) -> str:
    """Read a day as ISO 8601, from this form or one that portals print."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        found = parse_date(text)
    if found is None:
        raise UsageError(f"'{text}' is no day. Write it as 2024-04-24.")
    return (found.date() if isinstance(found, datetime) else found).isoformat()


def _read_count(text: str) -> int:
    if not str(text).isdecimal() or int(text) == 0:
        raise UsageError(f"limit: '{text}' is no number of records from 1 on.")
    return int(text)


def _read_days(text: str) -> float:
    try:
        days = float(text)
    except ValueError:
        days = -1
    if not 0 <= days < 100_000:
        raise UsageError(f"refresh: '{text}' is no number of days.")
    return days


def _fields(portal: Portal) -> dict[str, Any]:
    return {name: getattr(portal, name) for name in portal.__slots__}
