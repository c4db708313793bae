"""What a portal wants to see beside a request: headers, a login, a proxy. Secrets come from the environment alone.

A profile names environment variables as `$NAME` or `${NAME}`; `$$` is a dollar sign.
"""

from __future__ import annotations

import os
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template
from urllib.parse import unquote, urlsplit

from malim_scraper.errors import UsageError
from malim_scraper.profiles.portal import Portal

VARIABLE = r"(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{[A-Za-z_][A-Za-z0-9_]*\})"
_SECRET_NAME = re.compile(r"auth|cookie|token|secret|passw|session|credential|api-?key|access-?key", re.IGNORECASE)
_SECRET_SETTING = re.compile(r"(?:_PASS|PASSWORD|PASSWD|TOKEN|SECRET|_KEY|CREDENTIALS)$")
# A scheme or the names of cookies may stand beside the variables: `Bearer $TOKEN`, `a=$A; b=$B`.
_BESIDE = re.compile(rf"(?:[\w.-]+[ =])?{VARIABLE}(?:;\s*[\w.-]+={VARIABLE})*")
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Access:
    """plain: headers that anyone may see. secret: headers that only the portal's own hosts get, and no file.

    proxy: address without credentials, or None. proxy_login: value of Proxy-Authorization, or None.
    """

    plain: Mapping[str, str] = field(default_factory=dict)
    secret: Mapping[str, str] = field(default_factory=dict, repr=False)
    proxy: str | None = None
    proxy_login: str | None = field(default=None, repr=False)


def is_secret_header(name: str) -> bool:
    """Tell whether the value of a header of this name is a secret."""
    return _SECRET_NAME.search(name) is not None


def is_secret_setting(name: str) -> bool:
    """Tell whether the value of a Scrapy setting of this name is a secret."""
    return _SECRET_SETTING.search(name) is not None


def names_variables_only(value: str) -> bool:
    """Tell whether a value holds no secret of its own.

    >>> names_variables_only("Bearer $NEWS_TOKEN"), names_variables_only("Bearer 1f0c")
    (True, False)
    """
    return _BESIDE.fullmatch(value) is not None


def read_access(portal: Portal, environment: Mapping[str, str] = os.environ) -> Access:
    """Read what a profile asks for; a UsageError names a variable that is not set, or holds what no header may."""
    def fill(value: str, where: str) -> str:
        return _fill(value, f"{portal.name}: {where}", environment)

    plain: dict[str, str] = {}
    secret: dict[str, str] = {}
    for name, value in portal.headers.items():
        is_plain = "$" not in value.replace("$$", "")
        (plain if is_plain else secret)[name] = fill(value, f"'{name}' in [headers]")
    if portal.login:
        if any(name.lower() == "authorization" for name in secret):
            raise UsageError(f"{portal.name}: [login] and 'Authorization' in [headers] exclude each other.")
        user, word = (fill(portal.login.get(key, ""), f"'{key}' in [login]") for key in ("user", "password"))
        secret["Authorization"] = _basic(user, word)
    proxy = urlsplit(fill(portal.proxy or "", "'proxy'"))
    if portal.proxy and (proxy.scheme != "http" or not proxy.hostname):
        raise UsageError(f"{portal.name}: 'proxy' holds no address of a proxy. It must begin with http://.")
    login = _basic(unquote(proxy.username or ""), unquote(proxy.password or "")) if "@" in proxy.netloc else None
    return Access(plain, secret, f"http://{proxy.netloc.rpartition('@')[2]}" if portal.proxy else None, login)


def _fill(value: str, where: str, environment: Mapping[str, str]) -> str:
    try:
        filled = Template(value).substitute(environment)
    except KeyError as error:
        raise UsageError(f"{where} names the environment variable {error.args[0]}, which is not set.") from None
    if value and not filled.strip():
        raise UsageError(f"{where} names an environment variable that is empty.")
    if _UNPRINTED.search(filled.strip()):
        raise UsageError(f"{where}: the environment variable holds a line break or another control character.")
    return filled.strip()


def _basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()
