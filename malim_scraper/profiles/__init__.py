"""Portal profiles: one TOML file per portal, which sharpens what works without it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from malim_scraper.errors import ProfileError, UsageError


@dataclass(frozen=True, slots=True)
class Portal:
    """What a person knows of one portal; every key but the name may be left out.

    name: goes into each record. start_urls: where a crawl begins. hosts: the portal's own, without `www.`.
    languages: BCP 47. timezone: IANA name, for times without an offset.
    labels: kind of label → further spellings. selectors: field → CSS, or XPath when it begins with `/`.
    article_urls, listing_urls, never_urls: regular expressions, searched for in an address.
    settings: Scrapy settings of this portal's crawl.
    """

    name: str
    start_urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    selectors: Mapping[str, str] = field(default_factory=dict)
    article_urls: tuple[str, ...] = ()
    listing_urls: tuple[str, ...] = ()
    never_urls: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


def portal_names() -> list[str]:
    """Return the names of the packaged profiles, sorted."""
    return sorted(entry.name.removesuffix(".toml") for entry in files(__name__).iterdir()
                  if entry.name.endswith(".toml"))


def load_portal(name: str) -> Portal:
    """Load a packaged profile by name, or a user's own by the path of its TOML file.

    Raises UsageError for an unknown name and ProfileError for a file that cannot be used.
    """
    if name.endswith(".toml"):
        try:
            return parse_portal(Path(name).read_text("utf-8"), source=name)
        except OSError as error:
            raise ProfileError(f"{name}: cannot be read ({error.strerror}).") from error
    if name not in portal_names():
        close = get_close_matches(name, portal_names(), n=1)
        hint = f" Did you mean '{close[0]}'?" if close else f" Known portals: {', '.join(portal_names())}."
        raise UsageError(f"unknown portal '{name}'.{hint} An address must begin with http:// or https://.")
    return parse_portal(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"), source=f"{name}.toml")


def parse_portal(text: str, *, source: str) -> Portal:
    """Read a profile from TOML; a ProfileError names `source`, the line, the key and a remedy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{source}: {error}") from error
    known = {f.name: str(f.type) for f in fields(Portal)}
    for key in data:
        if key not in known:
            close = get_close_matches(key, known, n=1)
            hint = f" Did you mean '{close[0]}'?" if close else f" Known keys: {', '.join(known)}."
            raise ProfileError(f"{source}, line {_line(text, key)}: unknown key '{key}'.{hint}")
    if "name" not in data:
        raise ProfileError(f"{source}: the key 'name' is missing. Add: name = \"my-portal\"")
    values: dict[str, Any] = {
        key: _read(value, known[key], f"{source}, line {_line(text, key)}: '{key}'") for key, value in data.items()}
    portal = Portal(**values)
    _check_timezone(portal.timezone, f"{source}, line {_line(text, 'timezone')}")
    return portal


def _read(value: object, kind: str, where: str) -> object:
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ProfileError(f"{where} must be a list of strings, such as [\"…\"].")
        return tuple(value)
    if kind.startswith("Mapping"):
        if not isinstance(value, dict):
            raise ProfileError(f"{where} must be a table.")
        return {key: tuple(item) if isinstance(item, list) else item for key, item in value.items()}
    if not isinstance(value, str):
        raise ProfileError(f"{where} must be a string.")
    return value


def _check_timezone(name: str | None, where: str) -> None:
    try:
        if name:
            ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProfileError(f"{where}: unknown time zone '{name}'. Use an IANA name, such as Asia/Almaty.") from error


def _line(text: str, key: str) -> int:
    found = re.search(rf"^\s*\[*\s*[\"']?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
