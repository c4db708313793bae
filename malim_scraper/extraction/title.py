"""The title: the headline as printed and as declared, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.jsonld import texts
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, value_of
from malim_scraper.extraction.relevance import is_certain, shares_word
from malim_scraper.extraction.site import is_site_name
from malim_scraper.text import clean, fold

if TYPE_CHECKING:
    from lxml import etree

    from malim_scraper.extraction.page import Page

MAX_TITLE = 400
MAX_ELEMENTS = 30
_GLUED = 20  # characters of a declared title that is known again in a longer headline
_SEPARATOR = re.compile(r"\s{1,9}[|\-–—·•»«/:>‹›]{1,2}\s{1,9}|\s{0,9}[|｜ㅣ»«_]\s{0,9}|：")
_BADGES_WORDS = """
badge flag premium icon label hidden visuallyhidden sronly screenreader counter comments duration time date
"""
_BADGES = frozenset(_BADGES_WORDS.split())
_KICKERS_WORDS = """
kicker overline topline toptitle eyebrow category rubric rubrik roofline dachzeile spitzmarke pretitle prefix
supertitle surtitle antetitulo cintillo meta author byline section breadcrumb
"""
_KICKERS = _BADGES | frozenset(_KICKERS_WORDS.split())
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")


def find_title(page: Page) -> Iterator[Candidate[str]]:
    """Yield the headline as the page prints and declares it."""
    names = page.site_names
    headline = page.layout.headline
    printed = [block for block in page.blocks if block.node.tag == "h1"][:4]
    if headline is not None and headline not in printed:
        printed.insert(0, headline)
    for block in printed:
        bare = without_kickers(block.node.element) if block.node.tag in ("h1", "h2") else ""
        bare = bare or _unglued(page, block.text)
        evidence = "headline" if block is headline else "heading"
        for text, kind in ((bare, evidence), (block.text, "with-kicker" if bare else evidence)):
            if 0 < len(text) <= MAX_TITLE and fold(text).replace(" ", "") not in names:
                yield Candidate(text, block.text, kind, block.node.tag)
    yield from _declared(page, names)
    if headline is not None and fold(headline.text).replace(" ", "") in names:
        yield Candidate(headline.text[:MAX_TITLE], headline.text, "named-as-site", headline.node.tag)


def _unglued(page: Page, text: str) -> str:
    """The declared title in a headline that prints more, where only styles part the two: `InfantaUltima Hora`."""
    for declared in (page.title, *page.metas("og:title")):
        title = without_site(declared, page.site_names)
        before, found, behind = text.partition(title) if len(title) >= _GLUED else (text, "", "")
        if found and (before[-1:].isalnum() or behind[:1].isalnum()):
            return title
    return ""


def _declared(page: Page, names: frozenset[str]) -> Iterator[Candidate[str]]:
    for pointer, value in page.declared.values("headline"):
        for text in texts(value):
            if title := clean(text):
                yield _judged(page, without_site(title, names), title, "json-ld", pointer)
    for mark in properties(page, "headline"):
        if mark.tag != "h1" and (title := clean(value_of(mark))) and len(title) <= MAX_TITLE:
            yield Candidate(title, title, "microdata", f"{mark.tag}[itemprop=headline]")
    for content, evidence, name in meta_values(page, "title"):
        if (title := clean(content)) and not is_site_name(title, names):
            yield _judged(page, without_site(title, names), title, evidence, name)
    if page.title and not is_site_name(page.title, names):
        yield _judged(page, without_site(page.title, names), page.title, "title-tag", "title")
    elif page.title and page.layout.headline is None:
        yield Candidate(without_site(page.title, names)[:MAX_TITLE], page.title, "named-as-site", "title")


def _judged(page: Page, title: str, raw: str, evidence: str, where: str) -> Candidate[str]:
    """A declared title; one that has no word in common with a headline right over the text is the site's own."""
    speaks = not is_certain(page) or shares_word(title, page)
    return Candidate(title, raw, evidence if speaks else "generic", where)


def without_site(title: str, names: frozenset[str]) -> str:
    """Return a title without the site's name and the rubrics beside it.

    >>> without_site("Жаңбыр жауады | Қоғам | Malim.kz", frozenset({"malimkz"}))
    'Жаңбыр жауады'
    """
    cuts = [(found.start(), found.end(), found[0].strip()) for found in _SEPARATOR.finditer(title[: MAX_TITLE * 2])]
    if not cuts:
        return title
    if is_site_name(title[cuts[-1][1] :], names) and cuts[-1][0] > 0:
        return _without_rubrics(title, cuts)
    for start, end, sign in cuts[:-1]:
        if sign in "|｜»" and is_site_name(title[end:].split(sign)[0], names) and start > 15:
            return title[:start].rstrip()
    if cuts[0][0] and is_site_name(title[: cuts[0][0]], names) and len(title) - cuts[0][1] > 15:
        return title[cuts[0][1] :].strip()
    return title


def _without_rubrics(title: str, cuts: list[tuple[int, int, str]]) -> str:
    """Cut the site's name, and short parts before it that the same sign parts from the rest."""
    start, _, sign = cuts.pop()
    while cuts and cuts[-1][2] == sign != "：" and start - cuts[-1][1] < 30 and cuts[-1][0] > 10:
        start = cuts.pop()[0]
    return title[:start].rstrip()


def without_kickers(element: etree._Element) -> str:
    """Return the text of a heading without a kicker or rubric before it and without badges; empty when it has none."""
    if len(element) == 0 or len(element) > MAX_ELEMENTS:
        return ""
    kept = [element.text or ""]
    left_out = False
    for inner in _parts(element):
        if _is_named(inner, _BADGES) or (_is_named(inner, _KICKERS) and not "".join(kept).strip()):
            left_out = True
        else:
            kept.append("".join(map(str, inner.itertext())))
        kept.append(inner.tail or "")
    return clean("".join(kept)).strip("-–—:|/ ") if left_out else ""


def _parts(element: etree._Element) -> list[etree._Element]:
    """The elements in a heading; those of its only child, where it has but one that holds all."""
    parts = [
        inner
        for inner in element
        if isinstance(inner.tag, str) and inner.tag not in ("script", "style", "svg", "noscript")
    ]
    if len(parts) == 1 and len(parts[0]) > 1 and not (element.text or "").strip() and not (parts[0].tail or "").strip():
        return (
            [inner for inner in parts[0] if isinstance(inner.tag, str)] if not (parts[0].text or "").strip() else parts
        )
    return parts


def is_kicker(element: etree._Element) -> bool:
    """Tell by an element's names whether it prints something beside the title."""
    return _is_named(element, _KICKERS)


def _is_named(element: etree._Element, names: frozenset[str]) -> bool:
    return not names.isdisjoint(word.lower() for word in _WORDS.findall(element.get("class") or ""))
