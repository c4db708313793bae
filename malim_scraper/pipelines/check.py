"""How many records have each field: what the health of a run is judged by."""

from malim_scraper.items import Article
from malim_scraper.pipelines.desk import DeskPipeline

FIELDS = ("authors", "date_published", "lead", "section", "tags", "images", "related")
SHOWN = ("title", "body", *FIELDS)


class CheckPipeline(DeskPipeline):
    """Counts the fields that are filled, those that the visible page shows, and the warnings.

    As `malim/field/<name>`, `malim/visible/<name>`, `malim/warning/<code>`.
    """

    def handle(self, item: Article) -> Article:
        """Return the article as it is."""
        self.desk.count("articles")
        visible = self.desk.visits[item.url].visible
        for name in FIELDS:
            if getattr(item, name):
                self.desk.count(f"field/{name}")
        for name in SHOWN:
            if name in visible:
                self.desk.count(f"visible/{name}")
        for warning in item.warnings:
            self.desk.count(f"warning/{warning}")
        return item
