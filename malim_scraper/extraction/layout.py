"""Which text blocks of a page are the headline and the body of its article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from malim_scraper.extraction.afterword import without_afterword
from malim_scraper.extraction.boilerplate import without_boilerplate
from malim_scraper.extraction.copies import without_copies
from malim_scraper.extraction.gaps import with_gaps_filled
from malim_scraper.extraction.headline import find_headline, find_headline_above
from malim_scraper.extraction.judgement import judge
from malim_scraper.extraction.posts import not_of_a_sidebar, without_other_posts
from malim_scraper.extraction.selected import selected_blocks
from malim_scraper.extraction.selectors import selector_of
from malim_scraper.extraction.standfirst import with_standfirst
from malim_scraper.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from malim_scraper.extraction.page import Page, TextBlock


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """Where the article stands on its page.

    headline: the block that prints the headline, if one does. body: the blocks of the article, in page order.
    by_profile: the selector that named the body, if one did.
    """

    headline: TextBlock | None
    body: tuple[TextBlock, ...]
    by_profile: str = ""


def find_layout(page: Page) -> Layout:
    """Judge which text blocks are the headline and the body of the article."""
    headline = next(iter(selected_blocks(page, "title")), None) or find_headline(page)
    if selected := selected_blocks(page, "body"):
        return Layout(headline, tuple(block for block in selected if block is not headline), selector_of(page, "body"))
    return settle(page, headline, judge(page, headline))


def settle(page: Page, headline: TextBlock | None, judged: Sequence[tuple[TextBlock, float]]) -> Layout:
    """Apply what is known for certain to a judgement by weights: copies, labels, leads, other posts.

    judged: blocks of the page in order, each with its score; above 0 it is the article's.
    """
    title = fold(headline.text) if headline is not None else ""
    body = [block for block, score in judged
            if score > 0 and not (len(block.text) < 2 * len(title) + 20 and fold(block.text) == title)]
    body = without_copies(without_boilerplate(page, with_gaps_filled(judged, without_afterword(page, body))))
    body = not_of_a_sidebar(page, headline, body)
    if headline is None and body:
        headline = find_headline_above(page, body)
        body = [block for block in body if block is not headline]
    return Layout(headline, tuple(with_standfirst(page, headline, without_other_posts(page, headline, body))))
