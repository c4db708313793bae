"""Records are appended to the dataset folder, durable before the state says so."""

import logging

from scrapy.exceptions import DropItem

from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline

logger = logging.getLogger(__name__)


class JsonLinesPipeline(DeskPipeline):
    """Appends each article as a line of `articles.jsonl`; in a crawl without a folder only notes it."""

    def handle(self, item: Article) -> Article:
        """Return the stored article; beyond `limit` drop it, and its page waits."""
        if not self.desk.may_store(item):
            self.desk.put_back(item)
            raise DropItem("limit")
        self.desk.store.write(item)
        visit = self.desk.settle(item, "article")
        self.desk.count("stored" if item.revision == 1 else "revisions")
        if item.revision == 1:
            self.desk.reward(visit.page)
        logger.info("%s: stored, revision %d", item.url, item.revision, extra={"url": item.url, "portal": item.portal})
        return item
