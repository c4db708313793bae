"""What a report tells of a dataset: counted in one pass, which keeps titles and addresses but no text."""

from __future__ import annotations

import dataclasses
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

from malim_scraper.export.columns import Record, parse_day, parse_instant
from malim_scraper.items import Article

EXAMPLES = 3
_ALWAYS = ("id", "url", "canonical_url", "portal", "title", "body", "blocks", "language", "revision", "content_hash",
           "first_seen_at", "crawled_at", "provenance", "warnings")
JUDGED = tuple(one.name for one in dataclasses.fields(Article) if one.name not in _ALWAYS)  # that a page may lack


@dataclass
class Survey:
    """Counts over the latest revisions.

    days: articles by (day of publication, portal). filled: by (day, field) those where it holds something. hours: by
    (weekday, hour), as the portal prints them. lengths: by words of the body. examples: code of a warning → titles and
    addresses. pages: address (hashed) → title and address of the article. links: in pairs, the hashes of an article
    and of one that it presents as related.
    """

    count: int = 0
    words: int = 0
    days: Counter[tuple[date | None, str]] = field(default_factory=Counter)
    filled: Counter[tuple[date, str]] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    hours: Counter[tuple[int, int]] = field(default_factory=Counter)
    lengths: Counter[int] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    sections: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    pages: dict[int, tuple[str, str]] = field(default_factory=dict)
    links: array[int] = field(default_factory=lambda: array("Q"))

    @property
    def by_day(self) -> Counter[date]:
        """Return the dated articles of each day."""
        found: Counter[date] = Counter()
        for (day, _), count in self.days.items():
            if day:
                found[day] += count
        return found

    @property
    def portals(self) -> Counter[str]:
        """Return the articles of each portal."""
        found: Counter[str] = Counter()
        for (_, portal), count in self.days.items():
            found[portal] += count
        return found

    def watch(self, record: Record) -> None:
        """Count one record."""
        self.count += 1
        length = len((record.get("body") or "").split())
        self.words += length
        self.lengths[length] += 1
        self._time(record)
        self.languages[str(record.get("language") or "und")] += 1
        self.sections[record.get("section") or ""] += 1
        self.authors.update(record.get("authors") or [""])
        shown = (str(record.get("title") or ""), str(record.get("canonical_url") or record.get("url") or ""))
        for code in map(str, record.get("warnings") or ()):
            self.warnings[code] += 1
            if len(self.examples.setdefault(code, [])) < EXAMPLES:
                self.examples[code].append(shown)
        self._link(record, shown)

    def _time(self, record: Record) -> None:
        shown = record.get("date_published")
        day = parse_day(shown)
        self.days[day, str(record.get("portal"))] += 1
        present = [name for name in JUDGED if _holds(record.get(name))]
        self.totals.update(present)
        if day:
            self.filled.update((day, name) for name in present)
            if parse_instant(shown):
                self.hours[day.weekday(), int(str(shown)[11:13])] += 1

    def _link(self, record: Record, shown: tuple[str, str]) -> None:
        own = hash_of(shown[1])
        self.pages[own] = shown
        others = {hash_of(item["url"]): None for item in record.get("related") or () if item.get("url")}
        for other in others:
            if other != own:
                self.links.extend((own, other))


def hash_of(address: str) -> int:
    """Return eight bytes that stand for an address; scheme, `www.` and a final slash make no difference."""
    plain = address.partition("://")[2].removeprefix("www.").rstrip("/")
    return int.from_bytes(blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest())


def survey(records: Iterable[Record]) -> Survey:
    """Count the records."""
    found = Survey()
    for record in records:
        found.watch(record)
    return found


def _holds(value: Any) -> bool:
    return value is not None and value not in ("", [], {})
