"""Headers, logins and proxies in a profile: no secret may stand in the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from string import Template
from urllib.parse import urlsplit

from malim_scraper.profiles.problem import Problem
from malim_scraper.profiles.secrets import VARIABLE, is_secret_header, is_secret_setting, names_variables_only

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_SECRET = "is a secret, which must not stand in a file."  # noqa: S105
_REMEDY = 'Put it into an environment variable and write "$NAME" of that variable'


def check_no_credentials(url: str) -> None:
    """Raise a Problem for an address with a name or password in it."""
    if "@" in urlsplit(url).netloc:
        raise Problem(f"holds a name or password, which must not stand in a file. {_REMEDY} under [login].")


def check_proxy(value: object) -> None:
    """Raise a Problem for what is neither the address of an HTTP proxy nor the name of a variable."""
    if re.fullmatch(VARIABLE, str(value)):
        return
    parts = urlsplit(str(value))
    if "@" in parts.netloc:
        raise Problem(f"holds a name or password, which must not stand in a file. {_REMEDY} for the whole address.")
    if parts.scheme != "http" or not parts.hostname:
        raise Problem("is no address of a proxy. Write it as http://proxy.example.org:3128; https pages go by it, too.")


def unfit_header(key: str) -> tuple[str, list[str], str] | None:
    """Return what is wrong with the name of a header, or None."""
    return None if _HEADER.fullmatch(key) else ("no name of a header:", ["User-Agent", "Authorization"], "headers")


def _check_header(name: str, value: object) -> None:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise Problem('must be a string with the value of a header, or with "$NAME" of an environment variable.')
    if is_secret_header(name) and not names_variables_only(value):
        raise Problem(f"{_SECRET} {_REMEDY}.")
    if not Template(value).is_valid():
        raise Problem('holds a $ that begins no name of an environment variable. Write "$$" for a dollar sign.')


def _check_login(key: str, value: object) -> None:
    if not isinstance(value, str) or not re.fullmatch(VARIABLE, value):
        raise Problem(f"must not stand in a file. {_REMEDY}." if key == "user" else f"{_SECRET} {_REMEDY}.")


def _check_setting(name: str, value: object) -> None:
    is_header = name == "DEFAULT_REQUEST_HEADERS" and isinstance(value, dict) and any(map(is_secret_header, value))
    if value and (is_header or is_secret_setting(name)):
        raise Problem(f"{_SECRET.replace('is', 'holds', 1) if is_header else _SECRET} {_REMEDY} under "
                      f"[{'headers' if is_header else 'login'}].")


# table → what raises a Problem for one of its keys and that key's value.
PAIRS: dict[str, Callable[[str, object], None]] = {
    "headers": _check_header, "login": _check_login, "settings": _check_setting,
}
