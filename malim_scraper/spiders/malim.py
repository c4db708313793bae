"""The flagship portal, malim.kz, by its profile."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Self

from scrapy.http import TextResponse

from malim_scraper.items import Article
from malim_scraper.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class MalimSpider(PortalSpider):
    """Crawls malim.kz; takes the arguments of `PortalSpider` but for the portal."""

    name = "malim"

    def parse_article(self, response: TextResponse) -> Iterator[Article]:
        """Read one page as an article; `scrapy check malim` tries the portal's front page, which is none.

        @url https://malim.kz/
        @returns items 0 0
        """
        return super().parse_article(response)

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:
        """Make the spider with the packaged profile."""
        return super().from_crawler(crawler, *args, **{"portal": "malim", **kwargs})
