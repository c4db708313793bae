"""Endless spaces: calendars, session ids, filters, ever deeper paths. What they share, and when to leave them."""

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from malim_scraper.urls import fold_url
from malim_scraper.urls.fold import split

MAX_BARREN = 150  # pages of one space without a new article, after which it is left
MAX_BARREN_ANYWHERE = 1_500  # the same over all spaces, so that a crawl ends even where each page opens a new space
_SECOND_CHANCE = 3  # pages in a run of a space that an earlier run left
_MAX_SPACES = 20_000
_MAX_DEPTH = 12
_MAX_REPEATS = 2
_MAX_PARAMETERS = 8
_MAX_SHAPES = 4
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2,4})?|kaz|rus|eng|qaz|lat|tote|latyn", re.IGNORECASE)
_WORDY = re.compile(r"[a-z_-]{1,40}", re.IGNORECASE)
_PAGE_PARAMETERS = re.compile(r"page[0-9]?|p|pg|paged|pagen_[0-9]+|start|offset|from|skip|limit|num|cstart",
                              re.IGNORECASE)
# Their values name the part of a portal that answers, so that a calendar and a list of the same script are told apart.
_DISPATCHING = frozenset(("option", "view", "task", "module", "mod", "cmd", "act", "action", "do", "name", "file", "op",
                          "r", "route", "c", "com", "controller"))


@lru_cache(maxsize=4_096)
def space_key(url: str) -> str:
    """Return what an address shares with the others of its space: pages that one rule of the portal generates.

    Numbers, words below the first and values of parameters are left out, so that the months and days of a calendar,
    the pages of a list, the combinations of a filter share a key.

    >>> space_key("https://malim.kz/kk/calendar/2024/05") == space_key("http://malim.kz/kk/calendar/1871/1/31")
    True
    """
    parts = split(fold_url(url))
    if parts is None:
        return url[:200]
    segments = [segment for segment in parts.path.split("/") if segment]
    shapes: list[str] = []
    named = False
    for segment in segments:
        shape = _shape(segment, is_named=named)
        named = named or not (shape == "0" or _LANGUAGE.fullmatch(segment))
        if shapes[-1:] != [shape]:
            shapes.append(shape)
    return parts.netloc.removeprefix("www.") + "/" + "/".join(shapes[:_MAX_SHAPES]) + _query_key(parts.query)


@lru_cache(maxsize=4_096)
def is_trap(url: str) -> bool:
    """Tell whether an address looks generated without end: repeated segments, great depth, a crowd of parameters."""
    parts = split(url)
    if parts is None:
        return True
    segments = [segment for segment in parts.path.split("/") if segment]
    repeats = max(Counter(segment for segment in segments if not segment.isdigit()).values(), default=0)
    return len(segments) > _MAX_DEPTH or repeats > _MAX_REPEATS or parts.query.count("&") >= _MAX_PARAMETERS


def _shape(segment: str, *, is_named: bool) -> str:
    if any(char.isdigit() for char in segment):
        return "0"
    return "a" if is_named else segment.lower()


def _query_key(query: str) -> str:
    kept = []
    others = set()
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if name.lower() in _DISPATCHING and _WORDY.fullmatch(value):
            kept.append(pair.lower())
        elif name and not _PAGE_PARAMETERS.fullmatch(name):
            others.add(name)
    if others:
        kept.append("*" if len(others) > 1 else others.pop())
    return "?" + "&".join(sorted(kept)) if kept else ""


@dataclass(slots=True)
class Patience:
    """How many pages of each space have brought no new article. Bounded: spaces not met for long are forgotten.

    Count every page that is no article, or one that is known, with `visited`. Call `rewarded` with the page that linked
    to it when an article is new. The counts hold only when articles are fetched before further listings.
    limit: pages of one space, after which it is left. total_limit: the same over all spaces.
    """

    limit: int = MAX_BARREN
    total_limit: int = MAX_BARREN_ANYWHERE
    _total: int = 0
    _barren: OrderedDict[str, int] = field(default_factory=OrderedDict)
    _fertile: set[str] = field(default_factory=set)

    def remember(self, spaces: Iterable[str]) -> None:
        """Begin with spaces that an earlier run left: a few pages show whether they are still barren."""
        self._barren.update((key, self.limit - _SECOND_CHANCE) for key in spaces)

    def left(self) -> list[str]:
        """Return the spaces that have been left, or were by an earlier run, and in which no article was new."""
        return [key for key, count in self._barren.items()
                if count >= self.limit - _SECOND_CHANCE and key not in self._fertile]

    def is_over(self, url: str) -> bool:
        """Tell whether the space of this address has been left."""
        return self._total >= self.total_limit or self._barren.get(space_key(url), 0) >= self.limit

    def visited(self, url: str) -> None:
        """Count a page that is no article, or only another address of a known one."""
        key = space_key(url)
        self._total += 1
        self._barren[key] = self._barren.get(key, 0) + 1
        self._barren.move_to_end(key)
        if len(self._barren) > _MAX_SPACES:
            self._barren.popitem(last=False)

    def rewarded(self, url: str) -> None:
        """Begin the count of a page's space anew: it led to a new article."""
        key = space_key(url)
        self._total = 0
        self._barren.pop(key, None)
        if len(self._fertile) < _MAX_SPACES:
            self._fertile.add(key)
