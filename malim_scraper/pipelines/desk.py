"""What the pipelines share: the desk of their crawl, and what happens when the dataset cannot be written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem, NotConfigured

from malim_scraper.errors import DatasetError
from malim_scraper.items import Article
from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class DeskPipeline:
    """A pipeline of a portal's crawl."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawl; a spider of another kind has none."""
        if not isinstance(crawler.spider, PortalSpider):
            raise NotConfigured
        return cls(crawler.spider.desk)

    def process_item(self, item: Article) -> Article:
        """Handle an article; when the dataset cannot be written the article is dropped and the crawl ends."""
        try:
            return self.handle(item)
        except DatasetError as error:
            self.desk.failure = self.desk.failure or error
            raise DropItem("not stored") from error

    def handle(self, item: Article) -> Article:
        """Return the article, changed or not, or raise DropItem."""
        raise NotImplementedError
