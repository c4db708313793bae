"""Which time zone and language a portal has, concluded from its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from malim_scraper.probe.report import Guess

# Languages of one country only, where the address does not say it.
_COUNTRIES = {
    "kk": "KZ", "ky": "KG", "uz": "UZ", "tg": "TJ", "tk": "TM", "mn": "MN", "az": "AZ", "hy": "AM", "ka": "GE",
    "uk": "UA", "be": "BY", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU", "ro": "RO", "bg": "BG", "fi": "FI",
    "et": "EE", "lv": "LV", "lt": "LT", "ja": "JP", "ko": "KR", "vi": "VN", "th": "TH", "is": "IS", "he": "IL",
}


def guess_language(found: Sequence[str], declared: str) -> Guess:
    """Conclude the language from those of the articles that were read and what the start page declares."""
    languages = Counter(language for language in found if language != "und")
    if languages:
        value, count = languages.most_common(1)[0]
        return Guess(value, f"{count} of {len(found)} articles are in it")
    if declared:
        return Guess(declared.partition("-")[0].lower(), f'the page declares lang="{declared}"')
    return Guess(None, "no text was read")


def guess_zone(host: str, language: str | None, moments: Iterable[datetime]) -> Guess:
    """Conclude the IANA time zone of a portal.

    host: its ending may name a country. language: of its articles. moments: aware points in time that it publishes;
    their offsets speak for a zone, those of UTC say nothing.
    Source: zone.tab of the IANA time zone database, in which a country's most used zones come first.
    """
    dated = [moment for moment in moments if moment.utcoffset()]
    country = host.rpartition(".")[2].upper()
    why = f"the address ends in .{country.lower()}"
    zones = _zones().get(country, ())
    if not zones and language:
        country = _COUNTRIES.get(language.partition("-")[0], "")
        zones, why = _zones().get(country, ()), f"the language is {language}"
    if not zones:
        offsets = ", ".join(dict.fromkeys(_offset(moment) for moment in dated))
        return Guess(None, f"its times carry {offsets}, but no country is known" if offsets else "nothing tells it")
    fitting = [zone for zone in zones if all(_fits(zone, moment) for moment in dated)]
    if not fitting:
        return Guess(None, f"{why}, but its times carry {_offset(dated[0])}")
    if dated:
        return Guess(fitting[0], f"{why}, and its times carry {_offset(dated[0])}")
    return Guess(fitting[0], why + ("" if len(zones) == 1 else f"; it is one of {len(zones)} zones there"))


def _fits(zone: str, moment: datetime) -> bool:
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    return offset is not None and abs(offset - (moment.utcoffset() or timedelta())) < timedelta(minutes=1)


def _offset(moment: datetime) -> str:
    return moment.isoformat()[-6:]


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    """Country (ISO 3166) → its zones, one of each present offset, the first of zone.tab first."""
    found: dict[str, dict[timedelta | None, str]] = {}
    now = datetime.now(UTC)
    for line in files("tzdata.zoneinfo").joinpath("zone.tab").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            country, _, zone = line.split("\t")[:3]
            found.setdefault(country, {}).setdefault(now.astimezone(ZoneInfo(zone)).utcoffset(), zone)
    return {country: tuple(zones.values()) for country, zones in found.items()}
