"""The body of a page that prints none: the article's text in the data from which a script would draw it.

Nuxt, Next and their like send a page's data as JSON, in a script of its own or as an argument to a call, and sometimes
as JSON in a JSON string. So no script is read as a whole: its strings are, each with the key before it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from malim_scraper.text import clean

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

MAX_SCRIPTS = 3_000_000  # characters of one page's scripts that are looked at
LEAST = 250  # characters: less is a teaser or a setting
_SHORTEST = 40  # characters of a paragraph
# A string that nothing ends goes on to the end, so that no part of a script is read twice.
_STRING = r'((?:[^"\\]++|\\.)*+)(?:"|\\?\Z)'
_PAIR = re.compile(r'"([A-Za-z_]\w{0,40})"\s{0,3}:\s{0,3}"' + _STRING, re.S)
_NESTED = re.compile('"' + _STRING, re.S)
_TEXT_KEYS = frozenset(("body", "content", "text", "html", "article", "articlebody", "bodytext", "bodyhtml",
                        "contenthtml", "fulltext", "maintext", "detailtext", "contents", "story", "paragraph", "value",
                        "rendered", "copy"))


def find_hydrated(page: Page) -> tuple[str, str] | None:
    """Return the key and the longest text under it (HTML or plain, paragraphs parted by line breaks), or None."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    left = MAX_SCRIPTS
    for script in page.root.iter("script"):
        source = script.text or ""
        if len(source) < LEAST or script.get("src") or "ld+json" in (script.get("type") or ""):
            continue
        for key, text in _pairs(source[:left]):
            if text not in texts[key]:
                texts[key].append(text)
        left -= len(source)
        if left <= 0:
            break
    joined = {key: "\n".join(found[:500]) for key, found in texts.items()}
    longest = max(joined.items(), key=lambda pair: len(pair[1]), default=None)
    return longest if longest is not None and len(longest[1]) >= LEAST else None


def _pairs(source: str, *, nested: bool = True) -> Iterator[tuple[str, str]]:
    for key, raw in _PAIR.findall(source):
        if len(raw) >= _SHORTEST and key.lower() in _TEXT_KEYS:
            text = _unescaped(raw)
            if text.count(" ") > 4 or not text.isascii():
                yield key, text
    if nested and '\\"' in source:
        for raw in _NESTED.findall(source):
            if len(raw) >= LEAST and '\\":' in raw:
                yield from _pairs(_unescaped(raw), nested=False)


def _unescaped(raw: str) -> str:
    try:
        text = json.loads(f'"{raw}"', strict=False)
    except ValueError:
        return clean(raw)
    return text if isinstance(text, str) else ""
