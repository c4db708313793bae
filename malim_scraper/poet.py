"""A page object for web-poet and scrapy-poet, for spiders of one's own. Needs the extra `poet`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from web_poet import WebPage

from malim_scraper.extraction import extract
from malim_scraper.items import Article
from malim_scraper.profiles import Portal


class ArticlePage(WebPage[Article]):
    """A news article; `to_item` gives its record, or None when the page is no article.

    portal: a profile's name, a TOML file or a Portal, set in a subclass.
    timezone: IANA name, for times without an offset.
    """

    portal: ClassVar[str | Portal | None] = None
    timezone: ClassVar[str | None] = None

    async def to_item(self) -> Article | None:  # type: ignore[override]
        """Extract the article, with relative dates counted from now."""
        return extract(
            bytes(self.response.body), url=str(self.response.url), portal=self.portal, timezone=self.timezone,
            content_type=self.response.headers.get("Content-Type"), crawled_at=datetime.now(UTC))
