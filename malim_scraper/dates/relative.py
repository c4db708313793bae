"""Distances from the crawl: `бүгін`, `кеше, 18:40`, `3 күн бұрын`, `час назад`, `just now`."""

import re
from collections.abc import Iterable, Iterator

from malim_scraper.dates.mention import Mention
from malim_scraper.dates.vocabulary import AGO, AGO_BEFORE, DAYS_AGO, NOW, ONE, UNITS

_SECONDS = {"second": 1, "minute": 60, "hour": 3600}
_AMOUNT = r"(?:(?P<count>\d{1,3})\s?|(?P<one>[^\W\d_]{1,5})\s)?(?P<unit>[^\W\d_]{1,9})\.?"


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + r")(?!\w)"


_AGO = re.compile(
    rf"(?<![\w.,])(?:(?P<more>\d{{1,3}})\s?(?P<unit2>[^\W\d_]{{1,9}})[\s,]{{1,2}})?{_AMOUNT}\s{_any(AGO)}"
)
_AGO_BEFORE = re.compile(rf"(?<!\w){_any(AGO_BEFORE)}\s{_AMOUNT}(?!\w)")
_DAY = re.compile(rf"(?<!\w){_any(DAYS_AGO)}")
_NOW = re.compile(rf"(?<!\w){_any(NOW)}")


def find_distances(text: str) -> Iterator[Mention]:
    """The distances from the crawl in a folded line."""
    for pattern, marks in ((_AGO, AGO), (_AGO_BEFORE, AGO_BEFORE)):
        if any(mark in text for mark in marks):
            yield from filter(None, (_distance(match) for match in pattern.finditer(text)))
    for match in _DAY.finditer(text):
        yield Mention(match.start(), match.end(), ago=("day", DAYS_AGO[match[0]]))
    for match in _NOW.finditer(text):
        yield Mention(match.start(), match.end(), ago=("second", 0))


def _distance(match: "re.Match[str]") -> Mention | None:
    count, one, unit = match["count"], match["one"], UNITS.get(match["unit"])
    if unit is None:
        return None
    start = match.start()
    if not count and one not in ONE and match.re is _AGO:
        start = match.start("unit")
    amount = int(count) if count else 1
    parts = match.groupdict()
    more = UNITS.get(parts.get("unit2") or "")
    if more in _SECONDS and unit in _SECONDS:
        amount = amount * _SECONDS[unit] + int(parts["more"]) * _SECONDS[more]
        unit = "second"
    return Mention(start, match.end(), ago=(unit, amount))
