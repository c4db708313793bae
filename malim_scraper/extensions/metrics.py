"""The setting METRICS as a Scrapy extension: each crawl of this process shows its figures to Prometheus."""

from __future__ import annotations

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from malim_scraper.extensions.exporter import Exporter, hold
from malim_scraper.spiders.portal import PortalSpider


class MetricsExtension:
    """With METRICS (a port of loopback, HOST:PORT, or a file that ends in .prom): shows the figures of one crawl."""

    def __init__(self, spider: PortalSpider, exporter: Exporter) -> None:
        self._desk = spider.desk
        self._exporter = exporter

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> MetricsExtension:
        """Make the extension of a crawl; raises what `hold` raises."""
        place, spider = crawler.settings.get("METRICS"), crawler.spider
        if not place or not isinstance(spider, PortalSpider):
            raise NotConfigured
        records = spider.desk.store.records
        extension = cls(spider, hold(place, records.path.parent if records else None))
        crawler.signals.connect(extension.begin, signal=signals.spider_opened)
        crawler.signals.connect(extension.end, signal=signals.spider_closed)
        return extension

    def begin(self) -> None:
        """Show the figures of the crawl."""
        self._exporter.begin(self._desk)

    def end(self) -> None:
        """Keep its figures as they are now."""
        self._exporter.end(self._desk)
        self._exporter.release()
