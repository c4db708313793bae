"""How many records have each field: what the health of a run is judged by."""

from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline

FIELDS = ("authors", "date_published", "lead", "section", "tags", "images", "related")


class CheckPipeline(DeskPipeline):
    """Counts the fields that are filled, and the warnings: `malim/field/<name>`, `malim/warning/<code>`."""

    def handle(self, item: Article) -> Article:
        """Return the article as it is."""
        self.desk.count("articles")
        for name in FIELDS:
            if getattr(item, name):
                self.desk.count(f"field/{name}")
        for warning in item.warnings:
            self.desk.count(f"warning/{warning}")
        return item
