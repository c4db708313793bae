"""All dates printed in a line, each with the time that belongs to it."""

import re
from calendar import isleap

from malim_scraper.dates.clock import find_clock_after, find_clock_alone, find_clock_before
from malim_scraper.dates.mention import FIRST_YEAR, LAST_YEAR, Clock, Line, Mention
from malim_scraper.dates.named import find_named_days
from malim_scraper.dates.numeric import find_numeric_days
from malim_scraper.dates.relative import find_distances
from malim_scraper.dates.sentence import is_told
from malim_scraper.dates.zones import read_zone

_LEAP_YEAR = 2000
_LENGTHS = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEAR_BEHIND = re.compile(r"\s(?P<year>(?:19|20)\d\d)(?!\d)")


def find_mentions(line: Line) -> list[Mention]:
    """The dates of a line in the order of the text, without overlaps; no distances beside full days."""
    text = line.folded
    found = [day for day in find_numeric_days(text) + find_named_days(text) if _is_day(day)]
    if not found or found[0].year is None:
        found += find_distances(text)
    if len(found) > 1:
        found.sort(key=_start)
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            timed = _with_clock(line, mention)
            if timed.year is not None or is_told(line, timed):
                kept.append(timed)
    if kept:
        return kept
    alone = find_clock_alone(line)
    return [Mention(alone.start, alone.end, clock=alone)] if alone else []


def _start(mention: Mention) -> int:
    return mention.start


def _is_day(mention: Mention) -> bool:
    """Whether a calendar has the day; a page that shows 31.02.2021 shows no date."""
    year, month, day = mention.year or _LEAP_YEAR, mention.month or 0, mention.day or 0
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= _LENGTHS[month]):
        return False
    return month != 2 or day < 29 or isleap(year)


def _with_clock(line: Line, mention: Mention) -> Mention:
    if mention.ago is not None and mention.ago[0] != "day":
        return mention
    clock = find_clock_after(line, mention.end)
    if clock is not None:
        return _joined(line, mention, clock)
    clock = find_clock_before(line, mention.start)
    if clock is None:
        return mention
    _, end, year, month, day, ago, _ = mention
    zone = read_zone(line.printed, end) if clock.zone is None else None
    if zone is not None:
        clock, end = clock._replace(zone=zone[0]), zone[1]
    return Mention(clock.start, end, year, month, day, ago, clock)


def _joined(line: Line, mention: Mention, clock: Clock) -> Mention:
    """A day and the time behind it; `Apr 24 12:30:00 2024` has its year behind the time."""
    start, _, year, month, day, ago, _ = mention
    end = clock.end
    if year is None and day is not None:
        behind = _YEAR_BEHIND.match(line.folded, end)
        if behind is not None:
            year, end = int(behind["year"]), behind.end()
    return Mention(start, end, year, month, day, ago, clock)
