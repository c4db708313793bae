"""Distances from the crawl: `бүгін`, `кеше, 18:40`, `3 күн бұрын`, `час назад`, `just now`."""

import re
from collections.abc import Iterator

from malim_scraper.dates.mention import Mention
from malim_scraper.dates.vocabulary import AGO, DAYS_AGO, NOW, ONE, UNITS

_AGO = re.compile(
    r"(?<![\w.,])(?:(?P<count>\d{1,3})\s?|(?P<one>[^\W\d_]{1,5})\s)?(?P<unit>[^\W\d_]{1,8})\.?\s(?P<ago>" + "|".join(sorted(AGO)) + r")(?!\w)"
)
_DAY = re.compile(r"(?<!\w)(?:" + "|".join(sorted(DAYS_AGO, key=len, reverse=True)) + r")(?!\w)")
_NOW = re.compile(r"(?<!\w)(?:" + "|".join(NOW) + r")(?!\w)")


def find_distances(text: str) -> Iterator[Mention]:
    """The distances from the crawl in a folded line."""
    for match in _AGO.finditer(text):
        count, one, unit = match["count"], match["one"], UNITS.get(match["unit"])
        if unit is None:
            continue
        start = match.start() if count or one in ONE else match.start("unit")
        yield Mention(start, match.end(), ago=(unit, int(count) if count else 1))
    for match in _DAY.finditer(text):
        yield Mention(match.start(), match.end(), ago=("day", DAYS_AGO[match[0]]))
    for match in _NOW.finditer(text):
        yield Mention(match.start(), match.end(), ago=("second", 0))
