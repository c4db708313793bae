"""The standfirst: a lead that the page prints between headline and text, which is the first paragraph of the body."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint
from malim_scraper.labels import label_matcher
from malim_scraper.text import fold, weigh

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Page, TextBlock

_LEAST = 30.0  # characters: a shorter line is a label or a kicker
_LONGEST = 1_000.0  # characters of a lead
_FURTHEST = 25  # blocks between headline and text: a byline, a date, a share bar, a picture with its caption
_PARAGRAPH = 70.0  # characters
_LIVE = '"LiveBlogPosting"'
_HEAD = 60  # characters by which a lead is known again in the text
_READ = 6_000  # characters of the text in which it is looked for
_ELSEWHERE = (Hint.RELATED | Hint.COMMENT | Hint.AD | Hint.HIDDEN | Hint.TAGS | Hint.FORM | Hint.BYLINE | Hint.PAYWALL
              | Hint.FOOTER)


_APART = _ELSEWHERE | Hint.ASIDE | Hint.CAPTION | Hint.DATE | Hint.NAV | Hint.PROMO | Hint.SHARE
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECOND_HEADLINES = frozenset(("dek", "deck", "subhead", "subheading", "subheadline", "subline"))
_LEADS = frozenset(("announce", "anons", "annotation", "chapo", "ingress", "vorspann"))  # besides `Hint.LEAD`
_PICTURES = frozenset(("photo", "image", "picture", "media", "video", "gallery"))


def with_standfirst(page: Page, headline: TextBlock | None, body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the body with the leads before it that it does not repeat, without a second headline above it.

    A lead is a paragraph between headline and body that an element named as one holds, or that the page declares as its
    description; above the posts of a live blog any paragraph. What calls itself a sub-headline is no paragraph.
    """
    if headline is None or not body or not 0 < body[0].index - headline.index <= _FURTHEST:
        return list(body)
    text = list(body if len(body) < 2 or not _is_named(body[0], _SECOND_HEADLINES) else body[1:])
    declared = {fold(text) for text in page.metas("og:description", "description", "twitter:description")} - {""}
    live = any(_LIVE in text for kind, text in page.scripts if "ld+json" in kind)
    leads = [block for block in page.blocks[headline.index + 1:body[0].index]
             if _is_lead(block, declared) or (live and _is_introduction(block))]
    said = fold(" ".join([headline.text, *(block.text for block in text)])[:_READ]) if leads else ""
    return [block for block in leads if fold(block.text)[:_HEAD] not in said] + text


def _is_lead(block: TextBlock, declared: set[str]) -> bool:
    if not _LEAST <= weigh(block.text) <= _LONGEST or block.hints & _ELSEWHERE:
        return False
    if block.link_chars * 2 > len(block.text):
        return False
    if not (block.hints & Hint.LEAD or fold(block.text) in declared or _is_named(block, _LEADS)):
        return False
    if (block.node.own | (block.node.parent.own if block.node.parent is not None else 0)) & Hint.CAPTION:
        return False
    return not (_is_named(block, _SECOND_HEADLINES | _PICTURES)
                or any(label_matcher(kind).matches(block.text) for kind in ("related", "not_related", "noise_line")))


def _is_introduction(block: TextBlock) -> bool:
    return block.node.tag == "p" and weigh(block.text) > _PARAGRAPH and not (block.links or block.hints & _APART)


def _is_named(block: TextBlock, names: frozenset[str]) -> bool:
    """Whether the element of a block, or the one around it, has one of these words in its names."""
    parent = block.node.parent
    for written in (block.node.names, parent.names if parent is not None else ""):
        words = [word.lower() for word in _WORDS.findall(written[:300])]
        if not names.isdisjoint(words) or not names.isdisjoint(map("".join, pairwise(words))):
            return True
    return False
