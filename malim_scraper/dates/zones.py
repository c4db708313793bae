"""Names and offsets of time zones as printed after a clock time."""

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from malim_scraper.errors import UsageError

_HOURS: dict[str, float] = {
    "z": 0,
    "gmt": 0,
    "utc": 0,
    "wet": 0,
    "est": -5,
    "edt": -4,
    "cst": -6,
    "cdt": -5,
    "mst": -7,
    "mdt": -6,
    "pst": -8,
    "pdt": -7,
    "akst": -9,
    "akdt": -8,
    "hst": -10,
    "ast": -4,
    "adt": -3,
    "bst": 1,
    "west": 1,
    "cet": 1,
    "mez": 1,
    "cest": 2,
    "mesz": 2,
    "eet": 2,
    "sast": 2,
    "cat": 2,
    "wat": 1,
    "eest": 3,
    "msk": 3,
    "eat": 3,
    "trt": 3,
    "ist": 5.5,
    "pkt": 5,
    "wib": 7,
    "ict": 7,
    "hkt": 8,
    "sgt": 8,
    "awst": 8,
    "jst": 9,
    "kst": 9,
    "aest": 10,
    "aedt": 11,
    "nzst": 12,
    "nzdt": 13,
}
_PLACES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "almt": "Asia/Almaty",
}
_OFFSET_NAMES = ("gmt", "utc")
# Looks at a text as printed: `et` and `pt` are words, `ET` and `PT` are zones.
_ZONE = re.compile(
    r"[\s,|(•·]{0,4}(?:(?P<name>[A-Z]{1,4}|МСК)(?![^\W\d_]))?"
    r"(?:(?P<sign>[+\-−])(?P<hour>\d{2})(?P<colon>:?)(?P<minute>[0-5]\d)(?!\d)|\s?(?P<sign2>[+\-−])\s?(?P<hour2>\d{1,2})(?![\d:.]))?"
)


@lru_cache(maxsize=256)
def find_zone(name: str | None) -> tzinfo:
    """The zone of an IANA name; UTC when none is given. Raises UsageError when there is none of that name."""
    return ZoneInfo(require_zone(name)) if name else UTC


def require_zone(name: str) -> str:
    """Return the name of a time zone that a user gave. Raises UsageError when there is none of that name."""
    try:
        return ZoneInfo(name).key
    except (KeyError, ValueError, OSError) as error:  # KeyError: ZoneInfoNotFoundError
        raise UsageError(f"unknown time zone '{name}'. Use an IANA name, such as Asia/Almaty.") from error


def read_zone(text: str, start: int, *, exact: bool = False) -> tuple[tzinfo, int] | None:
    """The zone printed at a place of the text, with its end: `Z`, `EST`, `GMT +5`, `UTC+05:00`, `+0500`.

    exact: a time with seconds stands before it; behind `10:00` alone `-12:00` is the end of an event.
    """
    match = _ZONE.match(text, start)
    if match is None:
        return None
    name, sign, hour, colon, minute = match.group("name", "sign", "hour", "colon", "minute")
    key = "msk" if name == "МСК" else (name or "").lower()
    if sign and (key in _OFFSET_NAMES or (not key and (exact or not colon or sign == "+"))):
        return _offset(sign, int(hour), int(minute), match.end())
    if match["sign2"] and (key in _OFFSET_NAMES or (not key and exact and len(match["hour2"]) == 2)):
        return _offset(match["sign2"], int(match["hour2"]), 0, match.end())
    if key in _HOURS:
        return timezone(timedelta(hours=_HOURS[key])), match.end("name")
    if key in _PLACES:
        return find_zone(_PLACES[key]), match.end("name")
    return None


def _offset(sign: str, hours: int, minutes: int, end: int) -> tuple[tzinfo, int] | None:
    if hours > 14:
        return None
    shift = timedelta(hours=hours, minutes=minutes)
    return timezone(shift if sign == "+" else -shift), end
