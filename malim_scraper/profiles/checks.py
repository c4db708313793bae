"""What each key of a profile may hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from malim_scraper.profiles.access_checks import check_no_credentials, check_proxy, unfit_header
from malim_scraper.profiles.portal import LABELS, SELECTABLE
from malim_scraper.profiles.problem import Problem
from malim_scraper.urls import host_of

_NAME = re.compile(r"\w[\w.-]{0,80}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?")
# ISO 639-1
_LANGUAGES = frozenset(re.findall("[a-z]+", """
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es
et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj
kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti
tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu
"""))
# What is written for a language when its country or an older code is meant.
_MEANT = {"kz": "kk", "ua": "uk", "cn": "zh", "jp": "ja", "cz": "cs", "gr": "el", "dk": "da", "tj": "tg", "by": "be",
          "rs": "sr", "al": "sq", "am": "hy", "kaz": "kk", "rus": "ru", "eng": "en", "iw": "he", "qaz": "kk"}
_SETTING = re.compile(r"^([A-Z][A-Z0-9_]+)\s*[:=]", re.MULTILINE)


def _check_name(value: object) -> None:
    if not _NAME.fullmatch(str(value)):
        raise Problem(f"is '{value}'. Use letters, digits, '-', '_' and '.' only; it also names folders.")


def _check_url(value: object) -> None:
    url = str(value)
    check_no_credentials(url)
    if not url.startswith(("http://", "https://")) or not host_of(url):
        raise Problem(f"holds '{url}', which is no address. Write it as https://example.org/.")


def _check_host(value: object) -> None:
    host = str(value)
    if host_of(f"http://{host}/") != host or "/" in host or ":" in host:
        bare = host_of(host if "://" in host else f"http://{host}/") or "example.org"
        raise Problem(f"holds '{host}', which is no bare host. Write '{bare}': no scheme, port, path or www.")


def _check_language(value: object) -> None:
    tag = str(value)
    language = tag.partition("-")[0].lower()
    if not _LANGUAGE.fullmatch(tag) or (len(language) == 2 and language not in _LANGUAGES) or language in _MEANT:
        meant = _MEANT.get(language) or (language if language in _LANGUAGES else "")
        hint = f"Did you mean '{meant}'?" if meant else "Use one such as kk, ru or kk-Latn."
        raise Problem(f"holds '{tag}', which is no language of BCP 47. {hint}")


def _check_zone(value: object) -> None:
    try:
        ZoneInfo(str(value))
    except (KeyError, ValueError, OSError) as error:
        known = {name.rpartition("/")[2].lower(): name for name in sorted(available_timezones())}
        close = get_close_matches(str(value).rpartition("/")[2].lower(), known, n=1)
        hint = f"Did you mean '{known[close[0]]}'?" if close else "Use an IANA name, such as Asia/Almaty."
        raise Problem(f"is '{value}', an unknown time zone. {hint}") from error


def _check_regex(value: object) -> None:
    try:
        re.compile(str(value))
    except re.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise Problem(f"holds '{value}', which is no regular expression: {error.msg}{where}. "
                      "Put a backslash before a sign that stands for itself.") from error


def _check_selector(value: object) -> None:
    if not isinstance(value, str) or not value.strip():
        raise Problem("must be a string with a CSS selector, or XPath when it begins with `/`.")
    try:
        etree.XPath(value if value.startswith("/") else HTMLTranslator().css_to_xpath(value))
    except (SelectorError, etree.XPathError) as error:
        kind = "XPath" if value.startswith("/") else "CSS selector (XPath must begin with `/`)"
        raise Problem(f"is '{value}', which is no {kind}: {str(error).rstrip('.')}.") from error


def _check_labels(value: object) -> None:
    if not isinstance(value, list) or not value or not all(isinstance(item, str) and item.strip() for item in value):
        raise Problem('must be a list of what the portal prints, such as ["Тағы оқыңыз"].')


def _check_render(value: object) -> None:
    if value is not True and value is not False and value != "auto":
        raise Problem(f"is {value!r}. Write true, false or \"auto\".")


# key → what raises a Problem for a value; of a list for each item, of a table for each value.
CHECKS: dict[str, Callable[[object], None]] = {
    "name": _check_name, "start_urls": _check_url, "hosts": _check_host, "languages": _check_language,
    "timezone": _check_zone, "article_urls": _check_regex, "listing_urls": _check_regex, "never_urls": _check_regex,
    "selectors": _check_selector, "labels": _check_labels, "render": _check_render,
    "proxy": check_proxy,
}


def _unknown(what: str, known: Iterable[str], plural: str) -> Callable[[str], tuple[str, list[str], str] | None]:
    words = list(known)
    return lambda key: None if key in words else (what, words, plural)


def _unknown_setting(key: str) -> tuple[str, list[str], str] | None:
    """Settings of Scrapy's plugins are not known here, so only a name that is nearly one of Scrapy's is refused."""
    known = _scrapy_settings()
    if key in known or not known or (key.isupper() and not get_close_matches(key, known, n=1, cutoff=0.85)):
        return None
    return "unknown setting", get_close_matches(key.upper(), known, n=1) or ["DOWNLOAD_DELAY"], "settings"


# table → what tells that a key in it is unknown: the words for it, the known keys, what they are called.
KEYS: dict[str, Callable[[str], tuple[str, list[str], str] | None]] = {
    "selectors": _unknown("unknown field", SELECTABLE, "fields"),
    "labels": _unknown("unknown kind of label", LABELS, "kinds"),
    "settings": _unknown_setting, "headers": unfit_header,
    "login": _unknown("unknown key", ("user", "password"), "keys"),
}


@cache
def _scrapy_settings() -> tuple[str, ...]:
    """The names in Scrapy's default settings, read without importing Scrapy."""
    try:
        path = Path(str(distribution("scrapy").locate_file("scrapy/settings/default_settings.py")))
        return tuple(_SETTING.findall(path.read_text("utf-8")))
    except (PackageNotFoundError, OSError):
        return ()
