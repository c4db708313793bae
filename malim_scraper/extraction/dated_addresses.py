"""The day in an address: as steps of its path, at the ends of a name, as the head of an article's number."""

from __future__ import annotations

import re
from collections.abc import Iterator

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# /2021/02/19/, /2021-02-19-, /20210219/, /2021/world/02/19/, not numbers that happen to be as long
_STEPS = re.compile(
    r"/((?:19|20)\d\d)[/_.-]?(0[1-9]|1[0-2])[/_.-]?(0[1-9]|[12]\d|3[01])(?=[/_.?-]|$)"
    r"|/((?:19|20)\d\d)/([1-9])/([1-9]|[12]\d|3[01])/"
    r"|/(20\d\d)/[A-Za-z_-]{2,30}/(0?[1-9]|1[0-2])/(0?[1-9]|[12]\d|3[01])/"
)
_NAMED = re.compile(rf"/((?:19|20)\d\d)/({'|'.join(_MONTHS)})/(0?[1-9]|[12]\d|3[01])/", re.IGNORECASE)
# /mill-2021-02-19.html, ?date=2021-02-19: at the end of a name it may be the day that the text is about
_AT_END = re.compile(r"(?<=[a-z][_=-])((?:19|20)\d\d)([_-])(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?=\.[a-z]{2,5}$|/?$)",
                     re.IGNORECASE)
_DAY_FIRST = re.compile(r"/(0[1-9]|[12]\d|3[01])([/.-])(0[1-9]|1[0-2])\2((?:19|20)\d\d)(?=[/_.?-]|$)")
# The moment at the head of a long article number, as agencies form it: AKR20240424123000051
_NUMBER = re.compile(r"(?<!\d)(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d\d{0,9}(?!\d)")


def days_in(url: str) -> Iterator[tuple[str, str]]:
    """Yield the days that an address names, as ISO 8601, each with its evidence: `url`, or `url-number` when less sure.

    >>> list(days_in("https://example.com/film/2011/nov/18/mill"))
    [('2011-11-18', 'url')]
    """
    if found := _STEPS.search(url):
        year, month, day = [part for part in found.groups() if part]
        yield _iso(year, month, day), "url"
    if found := _NAMED.search(url):
        yield _iso(found[1], str(_MONTHS.index(found[2].lower()) + 1), found[3]), "url"
    if found := _AT_END.search(url):
        yield _iso(found[1], found[3], found[4]), "url-number"
    if found := _DAY_FIRST.search(url):
        yield _iso(found[4], found[3], found[1]), "url-number"
    if found := _NUMBER.search(url):
        yield _iso(found[1], found[2], found[3]), "url-number"


def _iso(year: str, month: str, day: str) -> str:
    return f"{year}-{int(month):02}-{int(day):02}"
