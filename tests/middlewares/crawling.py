"""Runs one real crawl in a process of its own: `python crawling.py`, its order as JSON on standard input.

The order: `urls` to fetch, `hosts` of the site, `names` (host → IP address) that the name server knows, `settings`,
and those of priority `spider` and `cmdline`.
Prints as JSON what was got (address, status, encoding, text), what failed (address, reason or error) and the stats.
"""

import json
import sys

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import dnscache
from scrapy.settings import Settings

from malim_scraper.urls import Site

MIDDLEWARES = {
    "malim_scraper.middlewares.own_hosts.OwnHostsMiddleware": 50,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "malim_scraper.middlewares.crawl_delay.CrawlDelayMiddleware": 90,
    "malim_scraper.middlewares.concurrency.ConcurrencyMiddleware": 95,
    "malim_scraper.middlewares.limits.LimitsMiddleware": 300,
    "malim_scraper.middlewares.retry_after.RetryAfterMiddleware": 560,
    "malim_scraper.middlewares.encoding.EncodingMiddleware": 585,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "malim_scraper.middlewares.compression.CompressionMiddleware": 590,
}
SETTINGS = {
    "DOWNLOADER_MIDDLEWARES": MIDDLEWARES, "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "INFO", "DOWNLOAD_DELAY": 0, "DOWNLOAD_DELAY_JITTER": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
    "ROBOTSTXT_OBEY": False, "RETRY_TIMES": 1, "DOWNLOAD_VERIFY_CERTIFICATES": True, "DOWNLOAD_TIMEOUT": 10,
    "DOWNLOAD_MAXSIZE": 1_000_000, "USER_AGENT": "malim_scraper",
}


class OneCrawl(scrapy.Spider):
    """Fetches the addresses of the order."""

    name = "one"

    def __init__(self, order):
        super().__init__()
        self.order = order
        self.site = Site.of(order["urls"][:1], order.get("hosts", ()))
        self.got, self.failed = [], []

    async def start(self):
        """Ask for each address at once."""
        for url in self.order["urls"]:
            yield scrapy.Request(url, callback=self.parse, errback=self.fail, dont_filter=True,
                                 meta={"handle_httpstatus_all": self.order.get("all", False)})

    def parse(self, response):
        """Keep what came."""
        text = getattr(response, "encoding", None) and response.text[:100]
        self.got.append([response.url, response.status, getattr(response, "encoding", None), text])

    def fail(self, failure):
        """Keep what failed."""
        reason, _, _ = str(failure.value).partition(": ")
        self.failed.append([failure.request.url, reason if failure.check(IgnoreRequest) else failure.type.__name__])


def main():
    """Run the crawl of the order."""
    order = json.load(sys.stdin)
    dnscache.update(order.get("names", {}))
    settings = Settings(SETTINGS | order.get("settings", {}))
    for priority in ("spider", "cmdline"):
        settings.update(order.get(priority, {}), priority)
    process = CrawlerProcess(settings)
    crawler = process.create_crawler(OneCrawl)
    kept = {}
    crawler.signals.connect(lambda spider: kept.update(got=spider.got, failed=spider.failed),
                            scrapy.signals.spider_closed, weak=False)
    process.crawl(crawler, order=order)
    process.start()
    json.dump(kept | {"stats": crawler.stats.get_stats()}, sys.stdout, default=str)


if __name__ == "__main__":
    main()
