"""How much of what looks like a body is a list of teasers: each under a title that leads to another page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.extraction.addresses import same_page, same_site
from malim_scraper.text import weigh
from malim_scraper.urls import absolute

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock

_TITLE = 18  # characters: a shorter link is a rubric or a button
_LEAST_TEASERS = 3
_UNDER = 2  # blocks from the title of a teaser to its text: a date may stand between
_TEASER = 2  # paragraphs: who prints more under a linked title prints an article's part


def listed_share(page: Page) -> float:
    """Return the share of the body's text that stands under linked titles: 0 for an article, 1 for a list."""
    body = page.layout.body
    total = sum([weigh(block.text) for block in body])
    teasers = [(title, group) for title, group in _groups(page, body)
               if len(group) <= _TEASER and _leads_elsewhere(page, title)]
    if not total or (len(teasers) < _LEAST_TEASERS and not _are_pair(teasers, body)):
        return 0.0
    return sum([weigh(block.text) for _, group in teasers for block in group]) / total


def _are_pair(teasers: list[tuple[TextBlock, list[TextBlock]]], body: tuple[TextBlock, ...]) -> bool:
    """Whether a page prints two teasers and nothing else, each right under its title."""
    return len(teasers) == len(body) == 2 and all(group[0].index - title.index <= _UNDER for title, group in teasers)


def _groups(page: Page, body: tuple[TextBlock, ...]) -> list[tuple[TextBlock, list[TextBlock]]]:
    """Return the linked titles among or before the body's blocks, each with the blocks up to the next title."""
    chosen = {block.index for block in body}
    start = max(0, body[0].index - 5)
    groups: list[tuple[TextBlock, list[TextBlock]]] = []
    for block in page.blocks[start:body[-1].index + 1]:
        if _is_linked_title(block) and not _is_among_links(page, block):
            groups.append((block, []))
        elif block.index in chosen and groups:
            groups[-1][1].append(block)
    return [(title, group) for title, group in groups if group and group[0].index - title.index < 6]


def _is_linked_title(block: TextBlock) -> bool:
    return block.link_chars * 10 > len(block.text) * 9 and len(block.links) == 1 and weigh(block.text) >= _TITLE


def _is_among_links(page: Page, block: TextBlock) -> bool:
    """Whether a link stands in a list of links alone, whose last one is no title of what comes after the list."""
    beside = page.blocks[max(0, block.index - 1):block.index + 2]
    return block.node.tag == "li" and any(
        other is not block and other.node.tag == "li" and _is_linked_title(other) for other in beside)


def _leads_elsewhere(page: Page, title: TextBlock) -> bool:
    target = absolute(title.links[0].href, page.base or page.url)
    if target is None or not page.url:
        return not title.links[0].href.startswith("#")
    return same_site(target, page.url) and not same_page(target, page.url)
