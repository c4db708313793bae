"""Days in digits: `19.02.2021`, `2021/02/19`, `19/02/21`, `2012年3月5日`; day first where the digits allow it."""

import re

from malim_scraper.dates.fold import fold
from malim_scraper.dates.mention import Mention

# Patterns start with a digit and look back after it: so the search leaps from digit to digit.
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?<!\w.{4})(?<![\d][.,:+\-].{4})(?<!\w/.{4})"
    rf"(?:(?P<sep>[./-])|\s?(?:[年년]|{fold('оны')})\s?|(?P<wide>\.\s))(?P<month>\d{{1,2}})"
    rf"(?(sep)(?P=sep)|(?(wide)\.\s|(?:\s?[月월]|(?:-?{fold('р')})?\s?{fold('сарын')})\s?))"
    r"(?P<day>\d{1,2})(?!\d)(?:\s?[日일])?(?![./-]\d)"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d(?<!\w.)(?<!\d[.,:+\-].)(?<!\w/.)\d?)(?P<sep>[./-])\s?(?P<month>\d{1,2})(?P=sep)\s?"
    r"(?P<year>(?:19|20)\d\d|\d\d)(?!\d|[./:-]\d)(?![^\W\d_]{2})"
)


def find_numeric_days(text: str) -> list[Mention]:
    """The days in digits of a folded line."""
    found = []
    for match in _YEAR_FIRST.finditer(text):
        year, month, day = match.group("year", "month", "day")
        found.append(Mention(match.start(), match.end(), int(year), int(month), int(day)))
    for match in _DAY_FIRST.finditer(text):
        day_first = _day_first(match)
        if day_first is not None:
            found.append(day_first)
    return found


def _day_first(match: "re.Match[str]") -> Mention | None:
    day, sep, month, year = match.group("day", "sep", "month", "year")
    if len(year) == 2:
        # `2.10.24` is a version, `19-02-21` a part of a phone number.
        if sep == "-" or len(day) + len(month) < 4:
            return None
        year = ("20" if year < "70" else "19") + year
    first, second = int(day), int(month)
    if second > 12 >= first:
        first, second = second, first
    return Mention(match.start(), match.end(), int(year), second, first)
