"""Times of day: `12:30`, `9.05`, `10:30:15.5 a.m.`, `14h30`, with the zone behind them."""

import re

from malim_scraper.dates.mention import Clock, Line
from malim_scraper.dates.vocabulary import CLOCK_WORDS, WEEKDAYS, YEAR_WORDS
from malim_scraper.dates.zones import read_zone

_TIME = (
    r"(?P<hour>\d{1,2})(?:(?:\s?(?P<mark>[:h時시点點])\s?|\.)(?P<minute>[0-5]\d)(?!\d)"
    r"(?:(?:[:.]|[分분]\s?)(?P<second>[0-5]\d)(?!\d))?(?:[.,](?P<fraction>\d{1,9}))?[分분초秒]?"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?|\s?(?P<bare>[ap])\.?m\b\.?)(?![^\W_z])"
)
_GAP = r"[\s,|•·\-@/()\[\].;]"
_AFTER = re.compile(
    rf"(?:t|{_GAP}{{0,6}})(?:(?P<word>[^\W\d_]{{1,12}}+)[\s.,:)\-|•·]{{1,4}})?"
    rf"(?:(?P<word2>[^\W\d_]{{1,12}}+)[\s.,:)]{{1,3}})?{_TIME}"
)
_BEFORE = re.compile(rf"(?<![\w.:,]){_TIME}")
_BETWEEN = re.compile(rf"{_GAP}{{0,6}}(?:(?P<word>[^\W\d_]{{1,12}}+)[\s,.|•·\-@/()]{{1,4}})?")
_ALONE = re.compile(rf"[\s•·|(]*(?:(?P<word>[^\W\d_]{{1,12}}+)[\s,:]{{1,3}})?{_TIME}")
_FARTHEST = 40


def find_clock_after(line: Line, start: int) -> Clock | None:
    """The time that belongs to a date ending at `start`, words such as `at`, `сағат` or a weekday between them."""
    match = _AFTER.match(line.folded, start)
    if match is None or not (_is_filler(match["word"]) and _is_filler(match["word2"])):
        return None
    return _read_clock(line, match)


def find_clock_before(line: Line, end: int) -> Clock | None:
    """The time that belongs to a date starting at `end`: `18:11, 16 қаңтар`."""
    start = max(0, end - _FARTHEST)
    if ":" not in line.folded[start:end]:
        return None
    for match in _BEFORE.finditer(line.folded, start, end):
        clock = _read_clock(line, match) if match["mark"] or match["bare"] else None
        if clock is None:
            continue
        between = _BETWEEN.match(line.folded, clock.end, end)
        if between is not None and between.end() == end and _is_filler(between["word"]):
            return clock
    return None


def find_clock_alone(line: Line) -> Clock | None:
    """The time that is all a line shows."""
    match = _ALONE.match(line.folded)
    if match is None or not match["mark"] or not _is_filler(match["word"]):
        return None
    clock = _read_clock(line, match)
    return clock if clock and not line.folded[clock.end :].strip(" •·|).") else None


def _is_filler(word: str | None) -> bool:
    return not word or word in CLOCK_WORDS or word in WEEKDAYS or word in YEAR_WORDS


def _read_clock(line: Line, match: "re.Match[str]") -> Clock | None:
    """The time of a match, None when no clock shows it."""
    hour, minute, second, fraction, half, bare = match.group("hour", "minute", "second", "fraction", "half", "bare")
    hours = int(hour)
    half = half or bare
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "p" else 0)
    if hours > 23:
        return None
    micro = int(fraction.ljust(6, "0")[:6]) if fraction else 0
    start, end = match.start("hour"), match.end()
    if end < len(line.printed):
        zone = read_zone(line.printed, end, exact=second is not None)
        if zone is not None:
            return Clock(start, zone[1], hours, int(minute or 0), int(second or 0), micro, zone[0])
    return Clock(start, end, hours, int(minute or 0), int(second or 0), micro, None)
