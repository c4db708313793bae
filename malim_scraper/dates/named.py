"""Days with a named month: `24 сәуір 2024`, `2024 жылғы 24 сәуір`, `Apr 24, 2024`, with or without a year."""

import re

from malim_scraper.dates.mention import Mention
from malim_scraper.dates.vocabulary import DAY_ENDINGS, MONTHS, MONTHS_WITH_YEAR, YEAR_WORDS

# A letter, then all but separators: vowel signs of Indic scripts and the apostrophes of `sa'y'ir` are no letters.
_WORD = r"[^\W\d_][^\s\d.,:;/()|•\-]{1,24}+"
_DAY_MONTH = re.compile(
    r"(?P<day>\d(?<!\w.)(?<!\d[./:+\-].)\d?)(?!\d)"
    r"(?:[\-\s]?(?P<ending>[^\W\d_]{1,4}+)(?=[\s\-.,]))?[.ºª°]?[\s\-/,.]{0,3}(?:(?:of|de)\s|d')?"
    rf"(?P<month>{_WORD})"
)
_MONTH_DAY = re.compile(
    rf"(?P<month>{_WORD})\.?[\s\-,]{{1,3}}(?P<day>\d{{1,2}})(?![\d:]|[.,]\d|-\d{{1,2}}(?![\d:]))(?:-?(?P<ending>[^\W\d_]{{1,4}}+))?"
)
# Arab portals print a month under both of its names: `آب/أغسطس`.
_YEAR_AFTER = re.compile(
    r"(?:\s?/\s?[^\W\d_]{2,12}+)?\.?[\s,\-/.']{0,3}(?:(?:de|del)\s)?(?:(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)|(?P<short>\d\d)(?=,?\s\d{1,2}:\d\d))(?:[\s\-]?(?P<word>[^\W\d_]{1,8}+)\.?)?"
)
_YEAR_BEFORE = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?<![\w.,].{4})[\s\-]?\s?(?:(?P<word>[^\W\d_]{1,8})[\s.,]{0,3})?[\s.,]{0,3}$"
)


def find_named_days(text: str) -> list[Mention]:
    """The days with a month's name of a folded line; month before day where the other order gives no full date."""
    found = _find(_DAY_MONTH, text)
    if found and found[0].year is not None:
        return found
    for other in _find(_MONTH_DAY, text):
        if all(other.end <= mention.start or mention.end <= other.start for mention in found):
            found.append(other)
    return found


def _find(pattern: "re.Pattern[str]", text: str) -> list[Mention]:
    found = []
    place = 0
    while match := pattern.search(text, place):
        day, name, ending = match.group("day", "month", "ending")
        month = MONTHS.get(name)
        place = match.end("day") if pattern is _DAY_MONTH else match.end("month")
        if month is None or (ending and ending not in DAY_ENDINGS):
            continue
        mention = _with_year(text, match.start(), match.end(), month, int(day))
        if mention.year is not None or name not in MONTHS_WITH_YEAR:
            place = mention.end
            found.append(mention)
    return found


def _with_year(text: str, start: int, end: int, month: int, day: int) -> Mention:
    after = _YEAR_AFTER.match(text, end)
    if after is not None:
        full, short = after.group("year", "short")
        year_end = after.end() if after["word"] in YEAR_WORDS else after.end("year" if full else "short")
        return Mention(start, year_end, int(full or short) + (0 if full else 2000), month, day)
    before = _YEAR_BEFORE.search(text, max(0, start - 20), start) if start > 4 else None
    if before is not None and (before["word"] is None or before["word"] in YEAR_WORDS):
        return Mention(before.start(), end, int(before["year"]), month, day)
    return Mention(start, end, None, month, day)
