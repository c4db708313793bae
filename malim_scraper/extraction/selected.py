"""Parts of a page that a profile's selectors name: the body, the headline, the blocks of related items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.selectors import select

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock

_LEFT_OUT = Hint.CAPTION | Hint.AD | Hint.RELATED | Hint.COMMENT | Hint.SHARE | Hint.HIDDEN | Hint.FORM | Hint.NAV


def selected_blocks(page: Page, field: str) -> list[TextBlock]:
    """Return the text blocks within the elements that the profile's selector for a field matches, in page order.

    Parts of them that say themselves that they are something else, such as captions and forms, are left out.
    """
    elements = {match for match in select(page, field) if isinstance(match, etree._Element)}
    if not elements:
        return []
    inside: list[bool] = []
    for node in page.nodes:
        outer = node.parent is not None and inside[node.parent.index]
        inside.append(node.element in elements or (outer and not node.own & _LEFT_OUT))
    blocks = [block for block in page.blocks if inside[block.node.index]]
    return blocks or _around(page, elements)


def selected_ranges(page: Page, field: str) -> list[tuple[int, int]]:
    """Return the outermost elements that the selector for a field matches, as ranges of text blocks."""
    elements = {match for match in select(page, field) if isinstance(match, etree._Element)}
    ranges: list[tuple[int, int]] = []
    for node in page.nodes if elements else ():
        if node.element in elements and node.stop > node.start and (not ranges or node.start >= ranges[-1][1]):
            ranges.append((node.start, node.stop))
    return ranges


def _around(page: Page, elements: set[etree._Element]) -> list[TextBlock]:
    """The blocks that inline elements stand in."""
    holders = {parent for element in elements for parent in element.iterancestors()}
    texts = "\n".join("".join(map(str, element.itertext())) for element in elements)
    folded = " ".join(texts.split())
    return [block for block in page.blocks if block.node.element in holders and block.text in folded]
