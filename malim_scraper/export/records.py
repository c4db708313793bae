"""The records that an export writes: chosen in one pass over the dataset, given out in the next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from malim_scraper.errors import DatasetError, UsageError
from malim_scraper.export.columns import Record, parse_day
from malim_scraper.export.duplicates import Duplicate, find_duplicates
from malim_scraper.export.reading import stored_records
from malim_scraper.export.selection import Selection, at_places, choose, sample, split_by_hash, split_by_time

Advance = Callable[[str, int | None], object]  # what is being done, how many records it concerns (null: unknown)


def no_progress(doing: str, total: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Split:
    """How the chosen records are divided. shares: of the parts; empty for one whole. by: `hash` or `time`."""

    shares: tuple[float, ...] = ()
    by: str = "hash"


@dataclass(frozen=True)
class Choice:
    """The chosen records of a dataset folder: their places among all, and the part that each belongs to."""

    source: Path
    places: frozenset[int]
    advance: Advance
    duplicates: tuple[Duplicate, ...] = ()
    part_of: Callable[[Record], str] | None = None

    @classmethod
    def make(cls, source: Path, selection: Selection, split: Split, advance: Advance = no_progress) -> Choice:
        """Read the dataset folder and choose.

        Raises DatasetError when it has no records, UsageError for duplicates among all revisions.
        """
        if selection.dedup and selection.all_revisions:
            raise UsageError("the revisions of an article repeat each other: --dedup goes with the latest ones only")
        chosen = choose(_told(stored_records(source), advance, "choosing", None), selection)
        duplicates: list[Duplicate] = []
        if selection.dedup:
            all_chosen = cls(source, frozenset(chosen.values()), advance)
            duplicates = find_duplicates(all_chosen.records(doing="comparing"))
            for one in duplicates:
                del chosen[one.id]
        if selection.sample is not None:
            chosen = sample(chosen, selection.sample, selection.seed)
        whole = cls(source, frozenset(chosen.values()), advance, tuple(duplicates))
        if not split.shares:
            return whole
        if split.by == "hash":
            return replace(whole, part_of=split_by_hash(split.shares))
        days = Counter(parse_day(record.get("date_published")) for record in whole.records(doing="dividing"))
        return replace(whole, part_of=split_by_time(split.shares, days))

    def records(self, part: str = "", *, doing: str = "writing") -> Iterator[Record]:
        """Yield the chosen records of one part in stored order.

        Raises DatasetError when the dataset shrank meanwhile: then the places no longer hold.
        """
        seen = 0
        chosen = at_places(stored_records(self.source), self.places)
        for record in _told(chosen, self.advance, f"{doing} {part}".strip(), len(self.places)):
            seen += 1
            if self.part_of is None or self.part_of(record) == part:
                yield record
        if seen != len(self.places):
            raise DatasetError(f"{self.source}: records were removed while they were exported. Export again.")


def _told(records: Iterable[Record], advance: Advance, doing: str, total: int | None) -> Iterator[Record]:
    for record in records:
        advance(doing, total)
        yield record
