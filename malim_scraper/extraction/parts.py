"""An article that a portal prints on several pages, put together again."""

from __future__ import annotations

from malim_scraper.items import Article
from malim_scraper.text import fold


def is_part(article: Article, part: Article) -> bool:
    """Tell whether what a further page shows belongs to an article: the same title, other text."""
    one, other = fold(article.title), fold(part.title)
    return bool(one) and (other.startswith(one) or one.startswith(other)) and article.body != part.body


def append_part(article: Article, part: Article) -> None:
    """Add text and images of a further page to an article; what it has already is not repeated."""
    known = {block.text for block in article.blocks}
    article.blocks += [block for block in part.blocks if block.text not in known]
    article.body = "\n\n".join(block.text for block in article.blocks)
    images = {image.url for image in article.images}
    article.images += [image for image in part.images if image.url not in images]
    article.related = article.related or part.related
