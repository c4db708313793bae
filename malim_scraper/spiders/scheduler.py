"""The scheduler: pages come from the frontier on disk, one by one, so neither a queue nor a set grows in memory."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from malim_scraper.spiders.portal import PortalSpider


class FrontierScheduler(BaseScheduler):
    """Gives what Scrapy wants again (retries, redirects, parts of an article), then the spider's next page."""

    def __init__(self, crawler: Crawler) -> None:
        self._own: deque[Request] = deque()
        self._spider: PortalSpider = crawler.spider  # type: ignore[assignment]  # SCHEDULER is set by this spider only

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the scheduler of a crawler, as Scrapy does."""
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        """Tell whether anything is left to fetch."""
        return bool(self._own) or self._spider.is_waiting()

    def enqueue_request(self, request: Request) -> bool:
        """Take a request that is not a page of the frontier."""
        self._own.append(request)
        return True

    def next_request(self) -> Request | None:
        """Return what is fetched next, or None."""
        return self._own.popleft() if self._own else self._spider.next_request()
