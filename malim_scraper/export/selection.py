"""Which records go into an export: revisions, filters, sample, split."""

from __future__ import annotations

import hashlib
import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from malim_scraper.errors import UsageError
from malim_scraper.export.columns import Record, parse_day

SPLIT_NAMES = ("train", "validation", "test")


@dataclass(frozen=True)
class Selection:
    """What to take from a dataset folder; the default is the latest revision of every article.

    portals, languages: any of these; `kk` takes `kk-Latn` too. since, until: days by `date_published`, both inclusive;
    with one of them an undated article is left out. min_words: of the body. all_revisions: every revision, each judged
    by itself. dedup: leave out articles that repeat another one. sample: so many articles, drawn by `seed`; a larger
    sample holds the smaller one.
    """

    portals: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    min_words: int = 0
    all_revisions: bool = False
    dedup: bool = False
    sample: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"no day is both since {self.since} and until {self.until}")

    def takes(self, record: Record) -> bool:
        """Tell whether the filters let a record pass."""
        if self.portals and record.get("portal") not in self.portals:
            return False
        language = record.get("language") or "und"
        if self.languages and not any(language == one or language.startswith(one + "-") for one in self.languages):
            return False
        if self.min_words and len((record.get("body") or "").split()) < self.min_words:
            return False
        if self.since or self.until:
            day = parse_day(record.get("date_published"))
            return day is not None and (self.since or day) <= day <= (self.until or day)
        return True


def choose(records: Iterable[Record], selection: Selection) -> dict[str, int]:
    """Return the place of each record that the selection takes, by article id (and revision, with all of them).

    An article is judged by its latest revision: where that one is filtered out, no older one steps in.
    """
    latest: dict[str, tuple[int, int]] = {}
    for place, record in enumerate(records):
        key, revision = str(record.get("id")), int(record.get("revision") or 1)
        if selection.all_revisions:
            key = f"{key} {revision}"
        if key not in latest or latest[key][0] <= revision:
            latest[key] = (revision, place if selection.takes(record) else -1)
    return {key: place for key, (_, place) in latest.items() if place >= 0}


def sample(places: dict[str, int], count: int, seed: int) -> dict[str, int]:
    """Return `count` articles, always the same ones for a seed, whatever the order in which they were stored."""
    drawn = heapq.nsmallest(count, places, key=lambda key: (_share(f"{seed} {key}"), key))
    return {key: places[key] for key in drawn}


def at_places(records: Iterable[Record], places: Iterable[int]) -> Iterator[Record]:
    """Yield the records at these places, in stored order."""
    wanted = set(places)
    for place, record in enumerate(records):
        if place in wanted:
            yield record


def parse_shares(text: str) -> tuple[float, ...]:
    """Read the shares of a split, such as `0.8,0.1,0.1` (train, validation, test) or `0.9,0.1` (train, test).

    Raises UsageError when they are not two or three positive numbers with the sum 1.
    """
    try:
        shares = tuple(float(part) for part in text.split(","))
    except ValueError:
        shares = ()
    if len(shares) not in (2, 3) or not min(shares) > 0 or not abs(sum(shares) - 1) < 1e-6:
        raise UsageError(f"split '{text}': give two or three shares with the sum 1, such as 0.8,0.1,0.1")
    return shares


def split_names(shares: Sequence[float]) -> tuple[str, ...]:
    """Return the names of the parts: train, (validation,) test; one without a name for no shares."""
    if not shares:
        return ("",)
    return SPLIT_NAMES if len(shares) == 3 else (SPLIT_NAMES[0], SPLIT_NAMES[2])


def split_by_hash(shares: Sequence[float]) -> Callable[[Record], str]:
    """Return the rule that names a record's part by its id: an article stays in its part as the dataset grows."""
    bounds, names = list(accumulate(shares))[:-1], split_names(shares)
    return lambda record: names[bisect_right(bounds, _share(str(record.get("id"))))]


def split_by_time(shares: Sequence[float], days: Counter[date | None]) -> Callable[[Record], str]:
    """Return the rule that names a record's part by its day: the oldest train, the newest test.

    A day is never divided; an undated article goes to the first part. days: how many articles each day has.
    """
    dated = sorted(day for day in days if day is not None)
    reached = list(accumulate(days[day] for day in dated))
    names, bounds = split_names(shares), []
    for share in list(accumulate(shares))[:-1]:
        cut = bisect_right(reached, share * reached[-1] + 1e-9) if reached else 0
        bounds.append(dated[min(cut, len(dated) - 1)] if dated else date.max)

    def name(record: Record) -> str:
        day = parse_day(record.get("date_published"))
        return names[bisect_right(bounds, day)] if day else names[0]

    return name


def _share(text: str) -> float:
    """Return a number from 0 to below 1 that depends on the text alone."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=6).digest()) / 2**48
