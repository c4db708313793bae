"""What a scan finds in a line: a date as printed, not yet a point in time."""

from datetime import tzinfo
from typing import NamedTuple

from malim_scraper.dates.fold import clean, fold

FIRST_YEAR, LAST_YEAR = 1980, 2100


class Line:
    """A line as printed and folded; both have the same length, so that places in one are places in the other."""

    __slots__ = ("folded", "printed")

    def __init__(self, text: str) -> None:
        self.printed = clean(text)
        self.folded = fold(self.printed)


class Clock(NamedTuple):
    """A time of day with the place where it stands; `zone` is what the text itself says."""

    start: int
    end: int
    hour: int
    minute: int
    second: int
    microsecond: int
    zone: tzinfo | None


class Mention(NamedTuple):
    """A printed date: a full day, a day without its year, a distance (`ago`: unit and count), or a time alone."""

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    ago: tuple[str, int] | None = None
    clock: Clock | None = None

    @property
    def rank(self) -> int:
        """0 for a full day, 1 for a distance, 2 for a day without year, 3 for a time alone: the surest first."""
        if self.year is not None:
            return 0
        if self.ago is not None:
            return 1
        return 2 if self.day is not None else 3
