"""Regular expressions for the addresses of a portal, in a form that a person can read and edit."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from malim_scraper.discovery.addresses import url_shape
from malim_scraper.probe.report import Pattern
from malim_scraper.urls.fold import split

MAX_PATTERNS = 4
# The forms of a segment, the narrowest first; one that matches all segments of a place is taken.
_FORMS = ("(?:19|20)[0-9]{2}", "[0-9]+", "[0-9]+-[^/?]+", "[^/?]+-[0-9]+", "[^/?]+_[0-9]+", "[^/?]+-[0-9a-f]{5,}")
_ENDING = re.compile(r"\.[a-z]{3,5}$")


def find_patterns(urls: Iterable[str], *, least: int = 1) -> list[Pattern]:
    """Return patterns for groups of addresses of one form, the largest group first.

    urls: folded. least: addresses that a group must have.

    >>> [p.regex for p in find_patterns(["https://a.kz/news/12-su", "https://a.kz/news/345-zher", "https://a.kz/news/6-ay"])]
    ['/news/[0-9]+-[^/?]+$']
    """
    groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        groups[_group(url)].append(url)
    found = {}
    for group in sorted(groups.values(), key=len, reverse=True):
        regex = _regex(group)
        if len(group) >= least and regex and regex not in found:
            found[regex] = Pattern(regex, len(group), group[0])
    return list(found.values())[:MAX_PATTERNS]


def _group(url: str) -> tuple[str, int]:
    shape = url_shape(url)
    parts = split(url)
    first = parts.path.split("/")[1] if parts and parts.path.count("/") > 1 else ""
    is_word = first.isalpha() and len(first) <= 3  # a language, or a kind of page such as /tag/
    return (f"{first} {shape}" if is_word else shape), shape.count("/")


def _regex(urls: Sequence[str]) -> str:
    paths = [parts for url in urls if (parts := split(url))]
    rows = [parts.path.split("/")[1:] for parts in paths]
    if not rows or len({len(row) for row in rows}) > 1:
        return ""
    path = "".join(f"/{_segment(column)}" for column in zip(*rows, strict=True))
    names = Counter(pair.partition("=")[0] for parts in paths for pair in parts.query.split("&") if pair)
    always = [name for name, count in names.items() if count == len(paths)]
    if always:
        values = [dict(pair.partition("=")[::2] for pair in parts.query.split("&")) for parts in paths]
        pairs = [f"{re.escape(name)}={_segment([row[name] for row in values])}" for name in always]
        return path + r"\?" + ".*".join(pairs)
    return path + "$"


def _segment(words: Sequence[str]) -> str:
    """The form that all words of one place share."""
    different = dict.fromkeys(words)
    if len(different) == 1 and not any(char.isdigit() for char in words[0]) and "-" not in words[0]:
        return re.escape(words[0])
    endings = {found[0] if (found := _ENDING.search(word)) else "" for word in different}
    if len(endings) == 1 and (ending := endings.pop()):
        return _segment([word.removesuffix(ending) for word in words]) + re.escape(ending)
    for form in _FORMS:
        if all(re.fullmatch(form, word) for word in different):
            return form
    return "[^/?]+"
