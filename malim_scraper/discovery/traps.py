"""Endless spaces: calendars, session ids, filters, ever deeper paths. What they have in common, and when to leave them."""

import re
from collections import Counter, OrderedDict
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from malim_scraper.urls import fold_url
from malim_scraper.urls.fold import split

MAX_BARREN = 150  # pages of one space without a new article, after which it is left
MAX_SPACES = 20_000
_MAX_DEPTH = 12
_MAX_REPEATS = 2
_MAX_PARAMETERS = 8
_NUMBER = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"(?=[0-9a-z_-]*[0-9])[0-9a-z_-]{16,}|[0-9a-f]{12,}", re.IGNORECASE)
_CALENDAR = re.compile(r"calendar|kalendar|күнтізбе|календар|kuntizbe|(?:^|[/?&])(?:ical|tribe-bar)", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def space_key(url: str) -> str:
    """Return what an address has in common with the others of its space: listings that one rule of the portal generates.

    Numbers, tokens and the values of parameters are left out, so that the pages of a calendar, of one list, of a
    filter under any session share a key. A page number in the last place keeps the path before it.

    >>> space_key("https://malim.kz/calendar/2024/05/?view=month") == space_key("https://malim.kz/calendar/1871/1/?view=day")
    True
    """
    parts = split(fold_url(url))
    if parts is None:
        return url[:200]
    segments = [_shape(segment) for segment in parts.path.split("/") if segment]
    folded: list[str] = []
    for segment in segments:
        if segment not in folded[-2:]:  # /a/b/a/b/a/b is one space however deep
            folded.append(segment)
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return parts.netloc.removeprefix("www.") + "/" + "/".join(folded[:6]) + ("?" + "&".join(names) if names else "")


def is_trap(url: str) -> bool:
    """Tell whether an address looks generated without end: repeated segments, great depth, a crowd of parameters."""
    parts = split(url)
    if parts is None:
        return True
    segments = [segment for segment in parts.path.split("/") if segment]
    repeats = max(Counter(segments).values(), default=0)
    return len(segments) > _MAX_DEPTH or repeats > _MAX_REPEATS or parts.query.count("&") >= _MAX_PARAMETERS


def is_calendar(url: str) -> bool:
    """Tell whether an address names itself a calendar."""
    return _CALENDAR.search(unquote(url)) is not None


def _shape(segment: str) -> str:
    return _NUMBER.sub("0", _TOKEN.sub("*", segment))


@dataclass(slots=True)
class Patience:
    """How long each space has brought no new article. Bounded: of spaces not met for long the count is forgotten.

    limit: pages of one space without a new article, after which it is left.
    """

    limit: int = MAX_BARREN
    _barren: OrderedDict[str, int] = field(default_factory=OrderedDict)

    def is_over(self, url: str) -> bool:
        """Tell whether the space of this address has been left."""
        return self._barren.get(space_key(url), 0) >= self.limit

    def visited(self, url: str) -> None:
        """Count a page of a space that was fetched."""
        key = space_key(url)
        self._barren[key] = self._barren.get(key, 0) + 1
        self._barren.move_to_end(key)
        if len(self._barren) > MAX_SPACES:
            self._barren.popitem(last=False)

    def rewarded(self, url: str) -> None:
        """Begin the count of a space anew: a page of it led to a new article."""
        self._barren.pop(space_key(url), None)
