"""With `--since`, articles that are older, or show no date, are left out."""

from scrapy.exceptions import DropItem

from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline


class SincePipeline(DeskPipeline):
    """Lets an article pass that was published on the day or after it, in the portal's zone."""

    def handle(self, item: Article) -> Article:
        """Return the article, or drop it and note its day, so that a run with another day need not miss it."""
        since = self.desk.options.since
        if since is None or (item.date_published or "")[:10] >= since:
            return item
        self.desk.count("left_out/older" if item.date_published else "left_out/undated")
        self.desk.settle(item, "older")
        raise DropItem("older")
