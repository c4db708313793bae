"""Which text blocks of a page are the headline and the body of its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the article stands on its page.

    headline: the block that prints the headline, if one does. body: the blocks of the article, in page order.
    """

    headline: TextBlock | None
    body: tuple[TextBlock, ...]


def find_layout(page: Page) -> Layout:
    """Judge which text blocks are the headline and the body of the article."""
    headline = next((block for block in page.blocks if block.node.tag == "h1"), None)
    body = [block for block in page.blocks if len(block.text) > 100 and block.link_chars < len(block.text) / 3]
    return Layout(headline, tuple(body))
