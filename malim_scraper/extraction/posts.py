"""Several articles printed in full on one page: the next one loaded below the first, or a list of whole posts."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint
from malim_scraper.text import fold, weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from malim_scraper.extraction.page import Node, Page, TextBlock

_HEADINGS = frozenset(("h1", "h2", "h3"))
_FIRST = 4  # blocks of a post among which its heading stands: a rubric and a date may come before
_WHOLE = 300.0  # characters that an article prints and a teaser does not
_NESTED = 4  # elements in each other that are named for a post
_TEXT = frozenset(("p", "li", "blockquote", "pre", "h2", "h3", "h4"))
_BESIDE = (Hint.AD | Hint.ASIDE | Hint.BYLINE | Hint.COMMENT | Hint.DATE | Hint.FOOTER | Hint.FORM | Hint.HIDDEN
           | Hint.NAV | Hint.RELATED | Hint.SHARE | Hint.TAGS)


def find_posts(page: Page) -> list[Node]:
    """Return the outermost `<article>` elements that print a heading and a text below it."""
    posts: list[Node] = []
    for node in page.nodes:
        if node.tag != "article" or (posts and node.start < posts[-1].stop):
            continue
        headed = any(block.node.tag in _HEADINGS for block in page.blocks[node.start:node.start + _FIRST])
        if headed and sum([weigh(block.text) for block in page.blocks[node.start:node.stop]
                           if not block.link_chars * 2 > len(block.text)]) > _WHOLE:
            posts.append(node)
    return posts


def not_of_a_sidebar(page: Page, headline: TextBlock | None, body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the text of the headline's own post where a body lies in a sidebar: a short post beside a longer box."""
    if not body or headline is None or headline.hints & Hint.ASIDE or not all(
            block.hints & Hint.ASIDE and block.index > headline.index for block in body):
        return list(body)
    beside = _BESIDE & ~headline.hints
    for post in islice(_posts_around(headline), _NESTED):
        own = [block for block in page.blocks[headline.index + 1:post.stop]
               if block.node.tag in _TEXT and not block.hints & beside and block.link_chars * 2 < len(block.text)]
        if post.stop <= body[0].index and sum([weigh(block.text) for block in own]) > _WHOLE:
            return own
    return list(body)


def _posts_around(headline: TextBlock) -> Iterator[Node]:
    """The elements named for a post that hold a headline, the innermost first."""
    node: Node | None = headline.node
    while node is not None:
        if node.own & Hint.ARTICLE:
            yield node
        node = node.parent


def without_other_posts(page: Page, headline: TextBlock | None, body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the part of a body that does not stand in another post than its headline does."""
    posts = find_posts(page) if headline is not None else []
    home = next((post for post in posts if headline is not None and post.start <= headline.index < post.stop), None)
    if home is None or not any(home.start <= block.index < home.stop for block in body):
        return list(body)
    return [block for block in body
            if not any(post.start <= block.index < post.stop for post in posts if post is not home)]


def is_list_of_posts(page: Page) -> bool:
    """Whether a page prints several posts, of which its own title names none."""
    posts = find_posts(page)
    if len(posts) < 2:
        return False
    headline = page.layout.headline
    inside = headline is not None and any(post.start <= headline.index < post.stop for post in posts)
    body = [post for post in posts if any(post.start <= block.index < post.stop for block in page.layout.body)]
    if headline is None or not inside:
        return headline is None and len(body) > 1
    titles = fold(" | ".join((page.title, *page.metas("og:title"))))
    return fold(headline.text) not in titles
