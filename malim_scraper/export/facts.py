"""What an export holds, counted while its records pass by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from malim_scraper.export.columns import Column, Record, parse_day


@dataclass
class Facts:
    """Counts of an export.

    parts: records of each part of a split. homes: address of each portal, as its articles tell it. filled: records in
    which a key is not null and not empty. warnings: records with each code. words: of all bodies. first_day, last_day:
    of publication. first_crawl, last_crawl: ISO 8601.
    """

    columns: Sequence[Column]
    parts: Counter[str] = field(default_factory=Counter)
    portals: Counter[str] = field(default_factory=Counter)
    homes: dict[str, str] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    filled: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    words: int = 0
    first_day: date | None = None
    last_day: date | None = None
    first_crawl: str | None = None
    last_crawl: str | None = None

    @property
    def count(self) -> int:
        """Return the number of records."""
        return self.parts.total()

    @property
    def title(self) -> str:
        """Return a name for the dataset, made from its portals."""
        names = [name for name, _ in self.portals.most_common(3)]
        more = len(self.portals) - len(names)
        others = f" and {more} more portals" if more > 0 else ""
        return f"News articles of {', '.join(names) or 'no portal'}{others}"

    @property
    def summary(self) -> str:
        """Return one sentence that says what and when."""
        span = f", published from {self.first_day} to {self.last_day}" if self.first_day else ""
        portals = f"{len(self.portals)} portal{'s' if len(self.portals) != 1 else ''}"
        return f"{self.count:,} records of news articles from {portals}{span}, {self.words:,} words."

    def share(self, name: str) -> float:
        """Return the share of records in which a key holds something, from 0 to 1."""
        return self.filled[name] / self.count if self.count else 0.0

    def watch(self, records: Iterable[Record], part: str) -> Iterator[Record]:
        """Pass the records on and count them."""
        self.parts[part] += 0  # a part without records is a part
        for record in records:
            self.parts[part] += 1
            portal = str(record.get("portal"))
            self.portals[portal] += 1
            self.homes.setdefault(portal, "/".join(str(record.get("canonical_url")).split("/")[:3]) + "/")
            self.languages[str(record.get("language"))] += 1
            self.words += len((record.get("body") or "").split())
            self.warnings.update(map(str, record.get("warnings") or ()))
            self.filled.update(name for name, value in record.items() if value or value is False)
            self._span(parse_day(record.get("date_published")), record.get("crawled_at"))
            yield record

    def _span(self, day: date | None, crawled: str | None) -> None:
        if day:
            self.first_day, self.last_day = min(self.first_day or day, day), max(self.last_day or day, day)
        if crawled:
            self.first_crawl = min(self.first_crawl or crawled, crawled)
            self.last_crawl = max(self.last_crawl or crawled, crawled)
