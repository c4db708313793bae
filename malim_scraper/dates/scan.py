"""All dates printed in a line, each with the time that belongs to it."""

import re

from malim_scraper.dates.clock import find_clock_after, find_clock_before, read_clock
from malim_scraper.dates.clock import TIME as _TIME
from malim_scraper.dates.mention import Line, Mention
from malim_scraper.dates.named import find_named_days
from malim_scraper.dates.numeric import find_numeric_days
from malim_scraper.dates.relative import find_distances
from malim_scraper.dates.zones import read_zone

_TIME_ALONE = re.compile(rf"[\s•·|(]*(?:(?:at|сағат|saghat|b|в)\s)?{_TIME}")


def find_mentions(line: Line) -> list[Mention]:
    """The dates of a line in the order of the text; they do not overlap."""
    found = [*find_numeric_days(line.folded), *find_named_days(line.folded), *find_distances(line.folded)]
    found.sort()
    kept: list[Mention] = []
    for mention in found:
        if kept and mention.start < kept[-1].end:
            continue
        kept.append(_with_clock(line, mention))
    if not kept:
        alone = _clock_alone(line)
        return [alone] if alone else []
    return kept


def _with_clock(line: Line, mention: Mention) -> Mention:
    if mention.ago is not None and mention.ago[0] != "day":
        return mention
    clock = find_clock_after(line, mention.end)
    if clock is not None:
        return mention._replace(end=clock.end, clock=clock)
    clock = find_clock_before(line, mention.start)
    if clock is None:
        return mention
    zone = read_zone(line.printed, mention.end) if clock.zone is None else None
    if zone is None:
        return mention._replace(start=clock.start, clock=clock)
    return mention._replace(start=clock.start, end=zone[1], clock=clock._replace(zone=zone[0]))


def _clock_alone(line: Line) -> Mention | None:
    match = _TIME_ALONE.match(line.folded)
    if match is None or match["mark"] == ".":
        return None
    clock = read_clock(line, match)
    if clock is None or line.folded[clock.end :].strip(" •·|)."):
        return None
    return Mention(clock.start, clock.end, clock=clock)
