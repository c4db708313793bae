"""Days with a named month: `24 сәуір 2024`, `2024 жылғы 24 сәуір`, `Apr 24, 2024`, `24-Apr-2024`, with or without a year."""

import re
from collections.abc import Iterator

from malim_scraper.dates.mention import Mention
from malim_scraper.dates.vocabulary import DAY_ENDINGS, MONTHS, YEAR_WORDS

_WORD = r"[^\W\d_]{2,24}+"
_DAY_MONTH = re.compile(
    rf"(?<![\w])(?<!\d[.,/:+\-])(?P<day>\d{{1,2}})(?!\d)(?:[\-\s]?(?P<ending>[^\W\d_]{{1,4}}+)(?=[\s\-.,]))?[.ºª°]?[\s\-/,.]{{0,3}}(?:(?:of|de|d')\s?)?(?P<month>{_WORD})"
)
_MONTH_DAY = re.compile(rf"(?<![\w])(?P<month>{_WORD})\.?[\s\-,]{{1,3}}(?P<day>\d{{1,2}})(?![\d:]|[.,]\d)(?:-?(?P<ending>[^\W\d_]{{1,4}}+))?")
_YEAR_AFTER = re.compile(r"\.?[\s,\-/.']{0,3}(?:(?:de|del)\s)?(?P<year>(?:19|20)\d\d)(?!\d|[.,]\d)(?:[\s\-]?(?P<word>[^\W\d_]{1,8}+)\.?)?")
_YEAR_BEFORE = re.compile(r"(?<![\w.,])(?P<year>(?:19|20)\d\d)[\s\-]?\s?(?:(?P<word>[^\W\d_]{1,8})[\s.,]{0,3})?[\s.,]{0,3}$")
_CTIME = re.compile(r"\s\d{1,2}:\d\d(?::\d\d)?(?:\s[a-z]{1,5})?\s(?P<year>(?:19|20)\d\d)(?!\d)")


def find_named_days(text: str) -> Iterator[Mention]:
    """The days with a month's name of a folded line."""
    end = 0
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        place = 0
        while match := pattern.search(text, place):
            place = match.end("day") if pattern is _DAY_MONTH else match.end("month")
            month = MONTHS.get(match["month"])
            ending = match["ending"]
            if month is None or (ending and ending not in DAY_ENDINGS):
                continue
            if match.start() < end and pattern is _MONTH_DAY:
                continue
            found = _with_year(text, match.start(), match.end(), month, int(match["day"]))
            place = end = found.end
            yield found


def _with_year(text: str, start: int, end: int, month: int, day: int) -> Mention:
    after = _YEAR_AFTER.match(text, end)
    if after is not None:
        word = after["word"]
        return Mention(start, after.end() if word in YEAR_WORDS else after.end("year"), int(after["year"]), month, day)
    before = _YEAR_BEFORE.search(text, max(0, start - 20), start)
    if before is not None and (before["word"] is None or before["word"] in YEAR_WORDS):
        return Mention(before.start(), end, int(before["year"]), month, day)
    last = _CTIME.match(text, end)
    return Mention(start, end, int(last["year"]) if last else None, month, day)
