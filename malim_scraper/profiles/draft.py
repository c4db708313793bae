"""A profile as TOML that a person can edit: each key with a comment."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from malim_scraper.profiles.portal import Portal
from malim_scraper.text import clean

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_MEANINGS = {
    "name": "Goes into each record as `portal`.",
    "start_urls": "Where a crawl begins.",
    "hosts": "The portal's own hosts, without `www.`; no other is fetched.",
    "languages": "BCP 47, the main one first.",
    "timezone": "IANA name, for times without an offset.",
    "article_urls": "Regular expressions, searched for in an address: fetched first. Of others content decides.",
    "listing_urls": "Lists: followed, never stored.",
    "never_urls": "Never fetched.",
    "proxy": "HTTP proxy, for https pages, too; with a password as the name of an environment variable.",
    "render": 'true: a browser shows each page before it is read; "auto": those whose HTML is an empty shell.',
}
_EXAMPLES = {
    "start_urls": ["https://example.org/"], "hosts": ["example.org"],
    "languages": ["kk"], "timezone": "Asia/Almaty", "article_urls": ["/news/[0-9]+-[^/?]+$"], "listing_urls": ["/tag/"],
    "never_urls": ["/print/", "[?]sort="], "render": "auto", "proxy": "http://proxy.example.org:3128",
}
_TABLES = {
    "labels": ("Further spellings of what the portal prints: kind → words, see malim_scraper/labels/labels.toml.",
               'related = ["Тағы оқыңыз"]'),
    "selectors": ("Field → CSS, or XPath when it begins with `/`; wins over all other evidence.",
                  'authors = ".byline a"\n# date_published = "//div[@class=\'date\']/text()"'),
    "settings": ("Scrapy settings of this portal's crawl.", "DOWNLOAD_DELAY = 2"),
    "headers": ("Sent to the portal's own hosts. Secrets are names of environment variables.",
                'Cookie = "session=$NEWS_SESSION"'),
    "login": ("Basic authentication; names of environment variables.",
              'user = "$NEWS_USER"\n# password = "$NEWS_PASSWORD"'),
}


def draft_profile(portal: Portal, notes: Mapping[str, str], head: str) -> str:
    """Return a profile as TOML text that `parse_portal` reads.

    notes: key → how it was found, one line. head: a comment above all. Keys without a value are written as comments.
    """
    lines = [f"# {clean(line)}" for line in head.splitlines()] + [""]
    for key, meaning in _MEANINGS.items():
        lines += list(_key(portal, key, meaning, notes.get(key, "")))
    for key, (meaning, example) in _TABLES.items():
        lines += ["", f"# {meaning}", *(f"# {clean(note)}" for note in notes.get(key, "").splitlines())]
        table = getattr(portal, key)
        if table:
            lines += [f"[{key}]", *(f"{_name(name)} = {_toml(value)}" for name, value in table.items())]
        else:
            lines += [f"# [{key}]", *(f"# {line.removeprefix('# ')}" for line in example.splitlines())]
    return "\n".join(lines) + "\n"


def _key(portal: Portal, key: str, meaning: str, note: str) -> Iterator[str]:
    value = getattr(portal, key)
    yield f"# {meaning}" + (f" {clean(note)}" if note else "")
    yield f"{key} = {_toml(value)}" if value else f"# {key} = {_toml(_EXAMPLES[key])}"


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else _toml(key)


def _toml(value: object) -> str:
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, str):
        if "\\" in value and "'" not in value and value.isprintable():
            return f"'{value}'"  # a regular expression, as it is read
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML takes JSON's escapes
    return json.dumps(value)
