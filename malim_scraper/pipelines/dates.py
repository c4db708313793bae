"""Dates as printed become ISO 8601, by the crawl's clock and the portal's zone."""

from malim_scraper.extraction import normalise
from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline


class DatesPipeline(DeskPipeline):
    """Normalises the dates of an article."""

    def handle(self, item: Article) -> Article:
        """Return the article with its dates in ISO 8601."""
        visit = self.desk.visits[item.url]
        return normalise(item, crawled_at=visit.crawled_at, timezone=self.desk.timezone)
