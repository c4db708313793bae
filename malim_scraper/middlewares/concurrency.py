"""CONCURRENT_REQUESTS_PER_DOMAIN also where DOWNLOAD_DELAY is 0. Downloader middleware, 95; it listens to one signal.

Under asyncio, Scrapy 2.19 counts a request as under way a moment after it took it from the queue; without any delay
it takes the whole queue in that moment.
"""

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler

from malim_scraper.middlewares.slots import TICK, host_slots
from malim_scraper.urls import host_of


class ConcurrencyMiddleware:
    """Puts a thousandth of a second between the requests of a host that has no delay."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ConcurrencyMiddleware":
        """Make the middleware of a crawl."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.request_reached_downloader, signal=signals.request_reached_downloader)
        return middleware

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Give the queue of a request its least delay."""
        for slot in host_slots(self.crawler, host_of(request.url)):
            slot.delay = max(slot.delay, TICK)
