"""The section: the rubric that an article stands in."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from malim_scraper.dates import find_dates
from malim_scraper.dates.fold import fold as fold_date
from malim_scraper.dates.vocabulary import MONTHS
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import first_text, texts
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, value_of
from malim_scraper.extraction.site import is_site_name
from malim_scraper.extraction.title import is_kicker
from malim_scraper.labels import label_key, labels
from malim_scraper.text import clean, fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Link, Page, TextBlock

LONGEST = 60  # characters
NEAR = 6  # text blocks over the headline
MAX_MENU = 300  # links
MAX_CRUMBS = 3  # more links behind the one to the front page are a menu
_PARTS = re.compile(r"\s{0,5}[|•·‧∙]\s{0,5}|\s{1,5}[–—/-]\s{1,5}")


def find_section(page: Page) -> Iterator[Candidate[str]]:
    """Yield rubrics: declared, from breadcrumbs, from the line over the headline."""
    for pointer, value in page.declared.values("articleSection"):
        for text in texts(value):
            yield from _candidate(page, text, "json-ld", pointer)
    for content, evidence, name in meta_values(page, "section"):
        yield from _candidate(page, content, evidence, name)
    for mark in properties(page, "articleSection"):
        yield from _candidate(page, value_of(mark), "microdata", f"{mark.tag}[itemprop=articleSection]")
    for pointer, crumbs in page.declared.jsonld.breadcrumbs[:2]:
        yield from _of_crumbs(page, _names_of(crumbs), "json-ld-breadcrumb", pointer)
    yield from _of_crumbs(page, _printed_crumbs(page), "breadcrumb", "breadcrumb")
    yield from _over_headline(page)
    yield from _of_menu(page)
    yield from _linked(page)


def _linked(page: Page) -> Iterator[Candidate[str]]:
    """Links near the article that say they lead to its category, by `rel` or by the label before them."""
    for link in page.vicinity.within(page.links):
        block = page.blocks[link.start]
        if "category" in page.rels.get(link.element, ()):
            yield from _candidate(page, link.text, "rel-category", "a[rel=category]")
        elif link.text and not link.node.hints & Hint.NAV and not block.text.startswith(link.text):
            label = block.text.partition(link.text)[0].rpartition("|")[2]
            if 0 < len(label) < LONGEST and label_key(label) in labels("rubric"):
                yield from _candidate(page, link.text, "label", block.node.tag)


def _candidate(page: Page, text: str, evidence: str, where: str) -> Iterator[Candidate[str]]:
    text = clean(text)
    headline = page.layout.headline
    if (
        text
        and len(text) <= LONGEST
        and label_key(text) not in labels("home")
        and "/" not in text
        and not text.isdigit()
        and fold_date(text) not in MONTHS  # an archive by months
        and not (headline and fold(text) == fold(headline.text))
        and not is_site_name(text, page.site_names)
    ):
        yield Candidate(text, text, evidence, where)


def _names_of(crumbs: dict[str, Any]) -> list[str]:
    items = crumbs.get("itemListElement")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    names = [first_text(item.get("name")) or first_text(item.get("item")) for item in entries]
    return [clean(name) for name in names if name and not name.startswith("http")]


def _of_crumbs(page: Page, names: list[str], evidence: str, where: str) -> Iterator[Candidate[str]]:
    """Yield the deepest crumb that is neither the site, nor the front page, nor the article itself."""
    titles = [fold(title) for title in (page.title, page.layout.headline.text if page.layout.headline else "") if title]
    for name in reversed(names):
        folded = fold(name)
        if len(folded) > 15 and any(folded in title or title in folded for title in titles):
            continue
        if found := list(_candidate(page, name, evidence, where)):
            yield found[0]
            return


def _printed_crumbs(page: Page) -> list[str]:
    """The links of a breadcrumb: named as one, or those behind a link to the front page close over the headline."""
    stop = page.vicinity.headline + 1
    before = page.links[: bisect_left(page.links, stop, key=lambda link: link.start)]
    named = [link.text for link in before if link.node.hints & Hint.NAV and link.text and _in_breadcrumb(link)]
    return named or _behind_home([link for link in before[-8:] if stop - link.start <= NEAR])


def _behind_home(links: list[Link]) -> list[str]:
    for index, link in enumerate(links):
        if label_key(link.text) in labels("home"):
            following = [other.text for other in links[index + 1 :] if other.text]
            return following if 0 < len(following) <= MAX_CRUMBS else []
    return []


def _in_breadcrumb(link: Link) -> bool:
    node = link.node
    for _ in range(3):
        if node.names and _is_crumbs(node.names):
            return True
        if node.parent is None:
            return False
        node = node.parent
    return False


@lru_cache(maxsize=4_000)
def _is_crumbs(names: str) -> bool:
    names = names.lower()
    return "breadcrumb" in names or "crumbs" in names or "speedbar" in names


def _over_headline(page: Page) -> Iterator[Candidate[str]]:
    """A short line close over the headline: named as a kicker, before the date on its line, or one link alone."""
    headline = page.vicinity.headline
    for index in range(headline - 1, max(-1, headline - 4), -1):
        block = page.blocks[index]
        if len(block.text) > LONGEST or block.hints & (Hint.NAV | Hint.SHARE | Hint.HIDDEN | Hint.AD | Hint.HEADER):
            continue
        parts = [part for line in page.vicinity.lines(index) for part in _PARTS.split(line)]
        rest = [part for part in parts if part.strip() and not find_dates(part)]
        is_dated = len(rest) == 1 < len(parts)
        is_link = (
            index == headline - 1
            and len(block.links) == 1
            and block.link_chars == len(block.text)
            and _is_beside(block, page.blocks[headline])
            and _may_be_rubric(block.links[0])
        )
        if rest and (is_dated or is_link or is_kicker(block.node.element)):
            yield from _candidate(page, rest[0], "kicker", block.node.tag)


def _of_menu(page: Page) -> Iterator[Candidate[str]]:
    """The only link on a line beside the headline, when the site's menu leads to the same rubric."""
    headline = page.vicinity.headline
    for index in (headline - 1, headline + 1, headline - 2, headline + 2):
        block = page.blocks[index] if 0 <= index < len(page.blocks) else None
        if block is None or len(block.text) > LONGEST or len(block.links) != 1 or block.node.tag == "li":
            continue
        link = block.links[0]
        if not block.hints & (Hint.NAV | Hint.HIDDEN) and _may_be_rubric(link) and _is_in_menu(page, link):
            yield from _candidate(page, link.text, "kicker", block.node.tag)
            return


def _is_in_menu(page: Page, link: Link) -> bool:
    before = page.links[: bisect_left(page.links, link.start, key=lambda other: other.start)]
    return any(other.href == link.href and other.text == link.text for other in before[:MAX_MENU])


def _is_beside(block: TextBlock, headline: TextBlock) -> bool:
    """Whether a line stands in the same element as the headline, and is no entry of a list."""
    return block.node.tag != "li" and (block.node.parent is headline.node.parent or block.node is headline.node.parent)


def _may_be_rubric(link: Link) -> bool:
    """Whether an address can be that of a rubric: short, without a number, no feed and no person."""
    steps = [
        step for step in link.href.lower().partition("://")[2].split("/")[1:] or link.href.lower().split("/") if step
    ]
    return 0 < len(steps) <= 3 and not any(
        sum(map(str.isdigit, step)) > 2 or step.startswith(("rss", "feed", "author", "avtor")) for step in steps
    )
