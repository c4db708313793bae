"""Which portals a crawl goes to: arguments and lists in files, each portal once."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from malim_scraper.errors import UsageError
from malim_scraper.profiles import Portal
from malim_scraper.profiles.secrets import read_access
from malim_scraper.spiders.arguments import read_target
from malim_scraper.urls import Site, url_key
from malim_scraper.urls.hosts import portal_key

_COMMENT = re.compile(r"(?:^|\s)#.*")  # an address may hold a # of its own


@dataclass(slots=True)
class Named:
    """A portal as someone named it. text: what was written. where: the file and line, or empty."""

    text: str
    where: str
    portal: Portal
    is_profile: bool


def read_targets(arguments: Sequence[str], lists: Sequence[str]) -> tuple[list[tuple[Portal, bool]], list[str]]:
    """Return the portals of a crawl, each with whether it has a profile, and what a person should know of them.

    arguments: names, addresses or TOML files. lists: files that hold one of these a line, `-` for standard input.
    A portal that was named twice is crawled once, from all its start addresses. UsageError names file and line.
    """
    named = [_read(text, "") for text in arguments]
    for file in lists:
        named += _read_list(file)
    kept = _Kept()
    notes = [note for one in sorted(named, key=lambda one: not _is_own_profile(one)) if (note := kept.add(one))]
    order = {id(one): place for place, one in enumerate(named)}
    once = sorted(kept.by_name.values(), key=lambda one: order[id(one)])
    return [(one.portal, one.is_profile) for one in once], notes


class _Kept:
    """Portals, each once. Those of profiles come first: a profile knows more than an address."""

    def __init__(self) -> None:
        self.by_name: dict[str, Named] = {}
        self._by_host: dict[str, Named] = {}  # host and port → profile

    def add(self, one: Named) -> str:
        """Take a portal, or return a line that it is there already."""
        key = portal_key(one.portal.name, one.portal.start_urls[0])
        places = _places(one.portal.start_urls)
        same = self.by_name.get(key)
        if same is not None and not places & _places(same.portal.start_urls, same.portal.hosts):
            raise UsageError(f"{_at(one)}{one.text} and {same.text}{_of(same)} are both named '{one.portal.name}'. "
                             "Give one profile another name.")
        if same is None and not _is_own_profile(one):
            same = next((self._by_host[place] for place in places if place in self._by_host), None)
        if same is not None:
            same.portal = _joined(same.portal, one.portal)
            return f"{_at(one)}{one.text} is the same portal as {same.text}{_of(same)}: crawled once."
        self.by_name[key] = one
        if _is_own_profile(one):
            self._by_host |= dict.fromkeys(_places(one.portal.start_urls, one.portal.hosts), one)
        return ""


def _read_list(file: str) -> Iterator[Named]:
    name = "standard input" if file == "-" else file
    found = False
    for number, line in enumerate(_lines(file, name), 1):
        text = _COMMENT.sub("", line).strip()
        if text:
            found = True
            yield _read(_path(text, file), f"{name}, line {number}")
    if not found:
        raise UsageError(f"{name}: names no portal. Write one a line: an address, a profile's name or its TOML file.")


def _lines(file: str, name: str) -> Iterable[str]:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig").splitlines()
    except OSError as error:
        raise UsageError(f"{name}: cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8. Save it in that encoding.") from error


def _path(text: str, file: str) -> str:
    """The path of a TOML file is read from the folder of the list."""
    is_path = text.endswith(".toml") and "://" not in text and file != "-"
    return str(Path(file).parent / text) if is_path else text


def _read(text: str, where: str) -> Named:
    try:
        portal, is_profile = read_target(text)
        read_access(portal)  # a variable that is not set is told before the folder is made
    except UsageError as error:
        raise UsageError(f"{where}: {error}" if where else str(error)) from error
    if not portal.start_urls:
        raise UsageError(f"{where + ': ' if where else ''}{text}: the profile names no start_urls.")
    return Named(text, where, portal, is_profile)


def _is_own_profile(one: Named) -> bool:
    return one.is_profile and "://" not in one.text


def _places(urls: Iterable[str], hosts: Iterable[str] = ()) -> set[str]:
    site = Site.of(urls, hosts)
    return {f"{host}:{site.port or ''}" for host in site.hosts}


def _joined(portal: Portal, other: Portal) -> Portal:
    known = {url_key(url) for url in portal.start_urls}
    more = tuple(url for url in other.start_urls if url_key(url) not in known)
    return replace(portal, start_urls=portal.start_urls + more)


def _at(one: Named) -> str:
    return f"{one.where}: " if one.where else ""


def _of(one: Named) -> str:
    return f" ({one.where})" if one.where else ""
