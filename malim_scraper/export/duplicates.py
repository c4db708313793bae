"""Articles that several portals print with the same text, exactly or nearly: found by MinHash and LSH.

Similarity is the Jaccard index of the sets of three successive words, estimated from 126 hashes (standard error 0.04).
Source: Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TextIO

from malim_scraper.export.columns import Record, parse_day, parse_instant
from malim_scraper.export.csv_table import harmless
from malim_scraper.extras import need
from malim_scraper.text import fold

THRESHOLD = 0.45  # a copy with every tenth word changed has 0.57; articles on one event written apart stay below 0.2
HASHES, BANDS = 126, 42  # a pair of similarity 0.45 becomes a candidate with probability 0.98
SHINGLE = 3  # words
FEW = 20  # words: a text with fewer is compared as a whole only
SAME_NUMBERS = 0.5
CANDIDATES = 100  # compared in full, the last ones in line: thousands of daily reports would cost their square
SHOWN = ("id", "canonical_url", "portal", "date_published", "title")

Rank = tuple[bool, date, datetime, int, str]


@dataclass(frozen=True)
class Duplicate:
    """An article that repeats another.

    id: of the one to drop. kept: id of the other. similarity: 0 to 1. exact: the bodies are the same, word by word.
    """

    id: str
    kept: str
    similarity: float
    exact: bool


@dataclass(frozen=True, slots=True)
class _Print:
    """What is held of one text: its place in line, the hash of the whole, its numbers, its MinHash."""

    rank: Rank
    whole: bytes
    numbers: frozenset[str]
    sketch: Any


def find_duplicates(records: Iterable[Record], *, threshold: float = THRESHOLD) -> list[Duplicate]:
    """Find the articles that repeat an earlier one, each with the one that is kept.

    records: one per article. The one published first is kept (a dated one before an undated, a day without a time after
    the times of that day), then the longest, then the smallest id. A text in which most numbers are others is no copy:
    so the daily weather and rates stay. Raises MalimError when the extra 'duplicates' is not installed.
    """
    rensa = need("rensa", extra="duplicates", purpose="finding duplicates")
    prints = sorted(_prints(rensa, records), key=lambda one: one.rank)
    index = rensa.RMinHashLSH(threshold, HASHES, BANDS)
    wholes: dict[bytes, int] = {}
    found = []
    for number, one in enumerate(prints):
        exact = wholes.setdefault(one.whole, number)
        if exact != number:
            found.append(Duplicate(_id(one), _id(prints[exact]), 1.0, exact=True))
        elif one.sketch is not None:
            candidates = heapq.nlargest(CANDIDATES, index.query(one.sketch))
            similarity, kept = max(((_similarity(one, prints[key]), -key) for key in candidates), default=(0.0, 0))
            if similarity >= threshold:
                wholes[one.whole] = -kept
                found.append(Duplicate(_id(one), _id(prints[-kept]), round(similarity, 3), exact=False))
            else:
                index.insert(number, one.sketch)
    return found


def list_duplicates(duplicates: Iterable[Duplicate], records: Iterable[Record], path: Path) -> None:
    """Write a CSV file with one line per article that repeats another: both, their similarity, whether it is exact.

    records: those that the duplicates were found in; they give address, portal, title and date.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_listing(duplicates, records, file)


def write_listing(duplicates: Iterable[Duplicate], records: Iterable[Record], file: TextIO) -> None:
    """Write the lines of `list_duplicates` to an open file."""
    duplicates = list(duplicates)
    wanted = {one.id for one in duplicates} | {one.kept for one in duplicates}
    shown = {record["id"]: [record.get(key) for key in SHOWN] for record in records if record["id"] in wanted}
    table = csv.writer(file)
    table.writerow([*SHOWN, "similarity", "exact", *(f"kept_{key}" for key in SHOWN)])
    for one in duplicates:
        row = [*shown[one.id], one.similarity, "true" if one.exact else "false", *shown[one.kept]]
        table.writerow(map(harmless, row))


def _similarity(one: _Print, other: _Print) -> float:
    fewest = min(len(one.numbers), len(other.numbers))
    if fewest and len(one.numbers & other.numbers) / fewest < SAME_NUMBERS:
        return 0.0
    estimate: float = one.sketch.jaccard(other.sketch)
    return estimate


def _prints(rensa: Any, records: Iterable[Record]) -> Iterator[_Print]:
    for record in records:
        text = fold(record.get("body"))
        words = text.split()
        if not words:
            continue  # nothing to compare: a page of pictures is no copy of another
        sketch = None
        if len(words) >= FEW:
            sketch = rensa.RMinHash(HASHES, 1)
            sketch.update([" ".join(words[start:start + SHINGLE]) for start in range(len(words) - SHINGLE + 1)])
        whole = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        yield _Print(_rank(record, len(words)), whole, frozenset(filter(_has_digit, words)), sketch)


def _has_digit(word: str) -> bool:
    return any(map(str.isdigit, word))


def _rank(record: Record, words: int) -> Rank:
    shown = record.get("date_published")
    day, instant = parse_day(shown), parse_instant(shown)
    return (day is None, day or date.max, instant or datetime.max.replace(tzinfo=UTC), -words, str(record.get("id")))


def _id(one: _Print) -> str:
    return one.rank[-1]
