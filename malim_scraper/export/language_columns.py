"""Columns for work on language, added on request: counts, script, Kazakh in Latin letters."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from functools import cache, partial
from importlib.resources import files

from malim_scraper.export.columns import Column, Record

_END = re.compile(r"""(\w+)[.!?…]+["»”’)\]]*\s+(?=["«“„(\[]?[^\W\d_])|\n+""")
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]")
_SCRIPTS = {"CYRILLIC": "Cyrl", "LATIN": "Latn", "ARABIC": "Arab"}
SHORT = 2  # letters: `2024 ж. Алматы`, `т.б. Содан`: a word as short as that before a full stop is an abbreviation


def count_sentences(text: str) -> int:
    """Count sentences: parts that end with `.`, `!`, `?` or `…` before a capital letter, or with the paragraph.

    >>> count_sentences("Ол 2024 ж. Алматыда туған. Қазір студент!")
    2
    """
    if not text.strip():
        return 0
    return 1 + sum(1 for found in _END.finditer(text.strip()) if _ends(text.strip(), found))


def _ends(text: str, found: re.Match[str]) -> bool:
    if found[1] is None:
        return True
    following = text[found.end():found.end() + 2].lstrip("\"«“„([")
    return following[:1].isupper() and (len(found[1]) > SHORT or found[1].isdigit() or "." not in found[0])


def count_tokens(text: str) -> int:
    """Count words and punctuation marks; a word keeps its hyphens and apostrophes.

    >>> count_tokens("Алма-ата, 5!")
    4
    """
    return sum(1 for _ in _TOKEN.finditer(text))


def find_script(text: str) -> str | None:
    """Return the script of most letters as ISO 15924: `Cyrl`, `Latn` or `Arab`; null when it is none of them.

    >>> find_script("Qazaqstan туралы ЖАҢАЛЫҚТАР")
    'Cyrl'
    """
    counts = Counter[str]()
    for letter, count in Counter(text[:20_000]).items():
        if letter.isalpha():
            counts[unicodedata.name(letter, "").partition(" ")[0]] += count
    known = [(count, _SCRIPTS[name]) for name, count in counts.items() if name in _SCRIPTS]
    return max(known)[1] if known else None


def to_latin(text: str) -> str:
    """Write Kazakh Cyrillic in the Latin alphabet of 2021; what is no Cyrillic letter stays.

    Source: `kazakh_latin.toml`. Й and И fall together, so there is no way back.

    >>> to_latin("Қазақстан Республикасы, Іле, ИІРІМ")
    'Qazaqstan Respublikasy, Ile, İIRIM'
    """
    return text.translate(_latin())


@cache
def _latin() -> dict[int, str]:
    data = tomllib.loads(files(__name__.rpartition(".")[0]).joinpath("kazakh_latin.toml").read_text("utf-8"))
    small = data["letters"] | data["loans"]
    capitals = {letter.upper(): latin[:1].upper() + latin[1:] for letter, latin in small.items()}
    return str.maketrans(small | capitals | data["capitals"])


def _latin_of(key: str, record: Record) -> str | None:
    text = record.get(key)
    is_kazakh = str(record.get("language") or "").partition("-")[0] == "kk"
    return to_latin(text) if text and is_kazakh and find_script(text) == "Cyrl" else None


ADDED = {
    "counts": (
        Column("sentences", int, lambda record: count_sentences(record.get("body") or ""), derived=True,
               meaning="sentences of `body`, counted by punctuation and capitals; short abbreviations end none"),
        Column("tokens", int, lambda record: count_tokens(record.get("body") or ""), derived=True,
               meaning="words and punctuation marks of `body`"),
    ),
    "script": (
        Column("script", str, lambda record: find_script(record.get("body") or ""), derived=True,
               meaning="of most letters of `body`, ISO 15924: `Cyrl`, `Latn`, `Arab`"),
    ),
    "latin": tuple(
        Column(f"{key}_latin", str, partial(_latin_of, key), derived=True,
               meaning=f"`{key}` in the Kazakh Latin alphabet of 2021; null unless it is Kazakh in Cyrillic letters")
        for key in ("title", "body")),
}
