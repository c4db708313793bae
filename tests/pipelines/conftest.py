"""The desk of a crawl that has not been started, with a dataset folder, and articles that were fetched for it."""

from datetime import UTC, datetime

import pytest
from scrapy.crawler import Crawler
from scrapy.statscollectors import MemoryStatsCollector

from malim_scraper.dataset import Folder, State, Store
from malim_scraper.items import Article
from malim_scraper.profiles import Portal
from malim_scraper.runner import make_settings
from malim_scraper.spiders.arguments import Options
from malim_scraper.spiders.desk import Visit
from malim_scraper.spiders.portal import PortalSpider

CRAWLED = datetime(2024, 4, 24, 12, 30, tzinfo=UTC)


class Crawl:
    """A crawl's parts. desk, store, folder as in the program."""

    def __init__(self, path, **options):
        self.folder = Folder(path) if path else None
        self.store = self.folder.store if self.folder else Store(State(None))
        self.crawler = Crawler(PortalSpider, make_settings({}))
        portal = Portal(name="p.kz", start_urls=("https://p.kz/",), hosts=("p.kz",), timezone="Asia/Almaty")
        self.crawler.spider = PortalSpider.from_crawler(
            self.crawler, target=(portal, True), options=Options(**options), store=self.store)
        self.crawler.stats = MemoryStatsCollector(self.crawler)
        self.desk = self.crawler.spider.desk

    def fetched(self, number, *, visible=(), **values):
        """An article that was fetched from `/news/<number>`, as it comes to the first pipeline."""
        url = f"https://p.kz/news/{number}"
        if self.desk.frontier.find(url) is None:
            self.desk.frontier.add(url, rank=1.0)
        page = self.desk.frontier.find(url)
        self.desk.frontier.db.execute("UPDATE pages SET status = 'taken' WHERE id = ?", (page.id,))
        self.desk.visits[url] = Visit(page, CRAWLED, etag='"1"', visible=list(visible))
        values = {"title": f"{number}-жаңалық", "body": f"{number}-мәтін", "canonical_url": url, **values}
        return Article(id="", url=url, portal="p.kz", **values)

    def pipeline(self, kind):
        """A pipeline of this crawl."""
        return kind.from_crawler(self.crawler)

    def page(self, number):
        """The row of the article's page."""
        return self.desk.frontier.find(f"https://p.kz/news/{number}")


@pytest.fixture
def make_crawl(tmp_path):
    made = []

    def make(folder="data", **options):
        made.append(Crawl(tmp_path / folder if folder else None, **options))
        return made[-1]

    yield make
    for crawl in made:
        if crawl.folder:
            crawl.folder.close()
