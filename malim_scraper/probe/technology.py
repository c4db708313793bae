"""What a portal is made with, and whether its pages can be read without a browser."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from malim_scraper.extraction.app_shell import shell_sign
from malim_scraper.extraction.page import Page
from malim_scraper.text import clean

_SEARCHED = 600_000  # characters of a page's source
_LITTLE = 1_200  # characters of text on a page that checks its visitors
_CHALLENGES = ("just a moment...", "attention required! | cloudflare", "ddos-guard", "checking your browser",
               "_cf_chl_opt", "qrator", "incapsula incident", "captcha-delivery", "please enable cookies")


def find_technology(source: str, page: Page, headers: Mapping[str, str]) -> dict[str, str]:
    """Return the systems that show on a page, each with its sign, in the order of the table.

    source: the page's text. headers: of its answer, names in lower case.
    """
    found: dict[str, str] = {}
    for generator in dict.fromkeys(page.metas("generator")):
        if name := clean(generator)[:80]:
            found[name] = "meta generator"
    lower = source[:_SEARCHED].lower()
    for name, signs in _table().items():
        sign = next((sign for sign in signs if sign in lower), None)
        if sign and not any(name.lower() in known.lower() for known in found):
            found[name] = sign
    for header in ("x-powered-by", "server"):
        if value := clean(headers.get(header, ""))[:60]:
            found.setdefault(value, f"header {header}")
    return found


def browser_note(source: str, page: Page) -> str:
    """Return why a page cannot be read without a browser, or an empty text when it can.

    That is a page that checks its visitor, or one that scripts fill.
    """
    text = sum(len(block.text) for block in page.blocks)
    lower = source[:_SEARCHED].lower()
    if text < _LITTLE:
        challenge = next((sign for sign in _CHALLENGES if sign in lower), None)
        if challenge and "<script" in lower:
            return f"the page checks its visitors ('{challenge}') and shows no content"
    return f"this page is filled by JavaScript and needs a browser ({sign})" if (sign := shell_sign(page.root)) else ""


@cache
def _table() -> dict[str, list[str]]:
    data: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("technology.toml").read_text("utf-8"))
    return data
