"""Whether a declared text speaks of the article that the page prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.text import fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

MAX_TEXT = 6_000  # characters of the body that are looked at
SHORTEST_HEADLINE = 20  # characters
NEAR = 12  # text blocks between headline and text
_UNSPACED = "\u2e80"  # from here on scripts write without spaces: a word is two letters


def said_words(page: Page) -> str:
    """Return the headline and the text of a page's article, case folded, as one text to look for word stems in."""
    headline = [page.layout.headline.text] if page.layout.headline else []
    return " ".join([*headline, *(block.text for block in page.layout.body)])[:MAX_TEXT].casefold()


def share_said(text: str, said: str) -> float:
    """Return which share of a text's words occurs in `said`, by their stems; 1 when it has no word to judge by.

    >>> share_said("Найзағай, жаңбыр", "бүгін жаңбырлы күн")
    0.5
    """
    stems = [_stem(word) for word in fold(text).split() if len(word) > 3 or word > _UNSPACED]
    return sum(stem in said for stem in stems) / len(stems) if stems else 1.0


def is_certain(page: Page) -> bool:
    """Tell whether the page's headline is sure to be the article's: an `<h1>` of some length right over the text."""
    headline, body = page.layout.headline, page.layout.body
    if headline is None or headline.node.tag != "h1" or len(headline.text) < SHORTEST_HEADLINE:
        return False
    return any(0 < block.index - headline.index <= NEAR for block in body[:3])


def shares_word(text: str, page: Page) -> bool:
    """Tell whether a declared title has a word in common with the page's headline."""
    headline = page.layout.headline
    return headline is None or share_said(text, headline.text.casefold()) > 0


def _stem(word: str) -> str:
    return word[:2] if word > _UNSPACED else word[: max(4, len(word) - 2)]
