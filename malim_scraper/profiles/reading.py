"""From TOML to a `Portal`; what is wrong is told with file, line, key and remedy."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, NoReturn

from malim_scraper.errors import ProfileError
from malim_scraper.profiles.access_checks import PAIRS
from malim_scraper.profiles.checks import CHECKS, KEYS
from malim_scraper.profiles.portal import SELECTABLE, Portal
from malim_scraper.profiles.problem import Problem

_POSITION = re.compile(r"\s*\(at line (\d+), column \d+\)$")


def parse_portal(text: str, *, source: str) -> Portal:
    """Read a profile from TOML; a ProfileError names `source`, the line, the key and a remedy."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _POSITION.search(str(error))
        line = f", line {at[1]}" if at else ""
        raise ProfileError(f"{source}{line}: this is not TOML: {_POSITION.sub('', str(error))}.") from error
    file = _File(text, source)
    kinds = {f.name: str(f.type) for f in fields(Portal)}
    for key in data:
        if key not in kinds:
            file.fail(key, f"unknown key '{key}'.{_meant(key, kinds)}")
    if "name" not in data:
        raise ProfileError(f"{source}: the key 'name' is missing. Add: name = \"my-portal\"")
    return Portal(**{key: file.read(key, value, kinds[key]) for key, value in data.items()})


def did_you_mean(word: str, known: Iterable[str], what: str) -> str:
    """Return the remedy for a word that is not known: the closest one that is, or all of them."""
    by_case = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_case, n=1)
    return f" Did you mean '{by_case[close[0]]}'?" if close else f" Known {what}: {', '.join(by_case.values())}."


def _meant(key: str, known: Iterable[str]) -> str:
    close = get_close_matches(key, SELECTABLE, n=1)
    if close and not get_close_matches(key, known, n=1):
        return f" Did you mean '{close[0]}'? Selectors of fields stand under [selectors]."
    return did_you_mean(key, known, "keys")


class _File:
    """A profile's text, to find the lines of keys in."""

    def __init__(self, text: str, source: str) -> None:
        self.lines = text.splitlines()
        self.source = source

    def fail(self, key: str, problem: str, *, inner: str = "", item: str = "") -> NoReturn:
        """Raise the ProfileError for a key, for a key within the table `key`, or for an item of its list."""
        line = self._line(key, inner)
        if item:
            line = next((at for at, text in enumerate(self.lines, 1) if at >= line and item in text), line)
        raise ProfileError(f"{self.source}, line {line}: {problem}")

    def read(self, key: str, value: object, kind: str) -> Any:
        """Return a key's value as Portal holds it, checked."""
        if kind.startswith("Mapping"):
            return self._table(key, value)
        if kind.startswith("tuple"):
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                self.fail(key, f"'{key}' must be a list of strings, such as [\"…\"].")
            for item in value:
                self._check(key, item, item=item)
            return tuple(value)
        if not isinstance(value, str) and "bool" not in kind:
            self.fail(key, f"'{key}' must be a string, such as \"…\".")
        self._check(key, value)
        return value

    def _table(self, key: str, value: object) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            self.fail(key, f"'{key}' must be a table. Write [{key}] on a line of its own, its keys below.")
        read: dict[str, Any] = {}
        for inner, item in value.items():
            if problem := KEYS[key](inner):
                self.fail(key, f"{problem[0]} '{inner}' in [{key}].{did_you_mean(inner, *problem[1:])}", inner=inner)
            self._check(key, item, inner=inner)
            self._check_pair(key, inner, item)
            read[inner] = tuple(item) if isinstance(item, list) and key == "labels" else item
        return read

    def _check(self, key: str, value: object, *, inner: str = "", item: str = "") -> None:
        check = CHECKS.get(key)
        try:
            if check is not None:
                check(value)
        except Problem as problem:
            self.fail(key, f"'{inner or key}' {problem}", inner=inner, item=item)

    def _check_pair(self, key: str, inner: str, value: object) -> None:
        check = PAIRS.get(key)
        try:
            if check is not None:
                check(inner, value)
        except Problem as problem:
            self.fail(key, f"'{inner}' {problem}", inner=inner)

    def _line(self, key: str, inner: str) -> int:
        """The line of a key, counted from 1; of a key in a table, the first behind the table's heading."""
        name, within = re.escape(key), re.escape(inner)
        if not inner:
            return self._find(rf"\s*\[?\s*[\"']?{name}\b")
        if dotted := self._find(rf"\s*{name}\s*\.\s*[\"']?{within}\b", default=0):
            return dotted
        heading = self._find(rf"\s*\[\s*[\"']?{name}[\"']?\s*\]", default=0) or self._find(rf"\s*{name}\s*=")
        return self._find(rf"\s*[\"']?{within}[\"']?\s*=", start=heading, default=heading)

    def _find(self, pattern: str, *, start: int = 0, default: int = 1) -> int:
        """The number of the first line behind `start` lines that begins so, or the default."""
        begins = re.compile(pattern).match
        return next((at + 1 for at in range(start, len(self.lines)) if begins(self.lines[at])), default)
