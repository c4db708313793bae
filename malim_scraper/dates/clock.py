"""Times of day: `12:30`, `9.05`, `10:30:15.5 a.m.`, `14h30`, with the zone behind them."""

import re

from malim_scraper.dates.mention import Clock, Line
from malim_scraper.dates.vocabulary import CLOCK_WORDS, WEEKDAYS
from malim_scraper.dates.zones import read_zone

TIME = (
    r"(?P<hour>\d{1,2})(?:(?:(?P<mark>[:.h時시])|\s(?P<wide>[h:])\s)\s?(?P<minute>[0-5]\d)(?!\d)(?:(?:[:.분分]\s?)(?P<second>[0-5]\d)(?!\d))?"
    r"(?:[.,](?P<fraction>\d{1,9}))?[분分초秒]?(?:\s?(?P<half>[ap])\.?m\b\.?)?|\s?(?P<bare>[ap])\.?m\b\.?)(?!\w)"
)
_AFTER = re.compile(rf"[\s,|•·\-@/()\[\].;t]{{0,6}}(?:(?P<word>[^\W\d_]{{1,12}})[\s.,:)\-|•·]{{1,4}})?(?:(?P<word2>[^\W\d_]{{1,12}})[\s.,:)]{{1,3}})?{TIME}")
_BEFORE = re.compile(rf"(?<![\w.:,]){TIME}")
_BETWEEN = re.compile(r"[\s,|•·\-@/()]{0,6}(?:(?P<word>[^\W\d_]{1,12})[\s,.|•·\-@/()]{1,4})?")


def find_clock_after(line: Line, start: int) -> Clock | None:
    """The time that belongs to a date ending at `start`, words such as `at`, `сағат` or a weekday between them."""
    match = _AFTER.match(line.folded, start)
    if match is None:
        return None
    for word in match.group("word", "word2"):
        if word and word not in CLOCK_WORDS and word not in WEEKDAYS:
            return None
    return read_clock(line, match)


def find_clock_before(line: Line, end: int) -> Clock | None:
    """The time that belongs to a date starting at `end`: `18:11, 16 қаңтар`."""
    start = max(0, end - 40)
    for match in _BEFORE.finditer(line.folded, start, end):
        between = _BETWEEN.match(line.folded, match.end(), end)
        clock = read_clock(line, match)
        if clock is None or (match.group("mark") or ":") == ".":
            continue
        if clock.end > match.end():
            between = _BETWEEN.match(line.folded, clock.end, end)
        if between is not None and between.end() == end:
            word = between.group("word")
            if not word or word in WEEKDAYS or word in CLOCK_WORDS:
                return clock
    return None


def read_clock(line: Line, match: "re.Match[str]") -> Clock | None:
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
    micro = int((fraction or "0").ljust(6, "0")[:6])
    zone = read_zone(line.printed, match.end())
    end = match.end() if zone is None else zone[1]
    return Clock(match.start("hour"), end, hours, int(minute or 0), int(second or 0), micro, zone[0] if zone else None)
