"""One record per article and revision."""

from scrapy.exceptions import DropItem

from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline


class DuplicatesPipeline(DeskPipeline):
    """Drops what is stored as it is, also under another address, which the state keeps."""

    def handle(self, item: Article) -> Article:
        """Return the article with revision, hash and times of sight, or drop it."""
        fate = self.desk.store.judge(item, crawled_at=self.desk.visits[item.url].crawled_at)
        if fate in ("new", "revision"):
            return item
        self.desk.count("unchanged" if fate == "unchanged" else "duplicates")
        visit = self.desk.settle(item, "article" if fate == "unchanged" else fate)
        if fate == "duplicate":
            self.desk.patience.visited(visit.page.url)
        raise DropItem(fate)
