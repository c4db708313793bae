"""Only the portal's own hosts, never a private network. Downloader middleware, 50, in place of Scrapy's offsite one.

It looks at each request before it is sent, so also at what a redirect, a meta refresh or robots.txt leads to.
"""

import logging

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured

from malim_scraper.middlewares.left_out import count_left_out
from malim_scraper.middlewares.resolver import PublicResolver, guard, release
from malim_scraper.urls import Site, host_of, is_private

logger = logging.getLogger(__name__)


class OwnHostsMiddleware:
    """Leaves out requests to other hosts, other ports and private addresses, linked, redirected to or resolved to.

    The spider says by its attribute `site` what is its own; without one the middleware steps aside.
    Counts `foreign-host` and `private-address`.
    """

    def __init__(self, crawler: Crawler, site: Site) -> None:
        self.crawler = crawler
        self.site = site
        self.resolver: PublicResolver | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "OwnHostsMiddleware":
        """Make the middleware of a crawl."""
        site = getattr(crawler.spider, "site", None)
        if not isinstance(site, Site):
            raise NotConfigured
        middleware = cls(crawler, site)
        crawler.signals.connect(middleware.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    def spider_opened(self, spider: Spider) -> None:
        """Guard name resolution while the crawl runs."""
        from twisted.internet import reactor

        self.resolver = guard(reactor, self._named)

    def spider_closed(self, spider: Spider) -> None:
        """Give the reactor its own resolver back."""
        from twisted.internet import reactor

        if self.resolver is not None:
            release(reactor, self.resolver, self._named)

    @property
    def _named(self) -> set[str]:
        """What a person typed and may thus be private: hosts of the portal, and its proxy."""
        proxy = getattr(getattr(self.crawler.spider, "access", None), "proxy", None)
        return {*self.site.named, *([host_of(proxy)] if proxy else [])}

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for an address that is not the portal's own."""
        host = host_of(request.url)
        if not self.site.owns(request.url):
            self._leave_out(request, "private-address" if is_private(host) else "foreign-host")
        if self.resolver is not None and host in self.resolver.refused:
            self._leave_out(request, "private-address")

    def _leave_out(self, request: Request, reason: str) -> None:
        count_left_out(self.crawler, reason)
        logger.debug("%s %s", reason, request.url)
        raise IgnoreRequest(f"{reason}: {request.url}")
