"""Free access: whether the page declares that all can read the article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.metatags import meta_values

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

_WORDS = {
    "true": True,
    "false": False,
    "yes": True,
    "no": False,
    "1": True,
    "0": False,
    "free": True,
    "locked": False,
    "metered": False,
}


def find_free_access(page: Page) -> Iterator[Candidate[bool]]:
    """Yield what the page declares: `isAccessibleForFree` as bool or word, of all or a part, or the content tier.

    Source: schema.org isAccessibleForFree, hasPart; article:content_tier of Facebook.
    """
    for pointer, value in page.declared.values("isAccessibleForFree"):
        yield from _read(value, "json-ld", pointer)
    for pointer, value in page.declared.values("hasPart"):
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and "cssSelector" in part:
                yield from _read(part.get("isAccessibleForFree"), "json-ld-part", pointer)
    for content, evidence, name in meta_values(page, "free_access"):
        yield from _read(content, evidence, name)


def _read(value: Any, evidence: str, where: str) -> Iterator[Candidate[bool]]:
    word = str(value).strip().rpartition("/")[2].lower()
    if word in _WORDS:
        yield Candidate(_WORDS[word], str(value), evidence, where)
