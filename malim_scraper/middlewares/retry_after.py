"""`Retry-After` of 429 and 503, honoured for the whole host. Downloader middleware, 560.

It must stand above 550: below it Scrapy's RetryMiddleware takes the answer away first. The pause begins with the
signal `response_downloaded`, since the downloader sends the next request before any middleware sees the answer.
Source: RFC 9110, 10.2.3.
"""

import logging
import sqlite3
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, time

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from malim_scraper.errors import DatasetError
from malim_scraper.middlewares.left_out import count_left_out
from malim_scraper.middlewares.slots import drop_waiting, hold, host_slots
from malim_scraper.spiders.portal import PortalSpider
from malim_scraper.urls import host_of

logger = logging.getLogger(__name__)
MAX_WAIT = 3_600  # seconds without a good answer, after which a host is left alone for this run
MAX_TRIES = 5  # for one page
_STATUSES = (429, 503)
_NOTE = "retry-after:"  # and the host: Unix time


class RetryAfterMiddleware:
    """Asks nothing of a host before its `Retry-After` is over, then tries the refused pages again.

    A host that wants more than `MAX_WAIT` seconds in all before its next good answer is left alone for the rest of
    the run, with one warning; its requests count as `retry-after`. The state of the dataset folder keeps until when,
    so that a further run does not ask either.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.until: dict[str, float] = {}  # host → monotonic clock
        self.waited: dict[str, float] = {}  # host → seconds since its last good answer
        self.left: set[str] = set()
        self._store = crawler.spider.desk.store if isinstance(crawler.spider, PortalSpider) else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RetryAfterMiddleware":
        """Make the middleware of a crawl."""
        middleware = cls(crawler)
        middleware.recall()
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        crawler.signals.connect(middleware.request_reached_downloader, signal=signals.request_reached_downloader)
        return middleware

    def recall(self) -> None:
        """Take over what hosts asked of earlier runs."""
        for name, value in self._store.state.notes(_NOTE) if self._store else ():
            host, wait = name.removeprefix(_NOTE), float(value) - time()
            if wait > MAX_WAIT:
                self.left.add(host)
                logger.warning("%s asked an earlier run to wait, %.0f s more: it is left alone", host, wait)
            elif wait > 0:
                self.until[host] = monotonic() + wait
                self.waited[host] = wait

    def _remember(self, host: str, wait: float) -> None:
        if self._store is None:
            return
        try:
            self._store.state.note(_NOTE + host, int(time() + wait) + 1)
            self._store.commit()
        except (DatasetError, sqlite3.Error) as error:
            logger.warning("%s asks to wait %.0f s, which could not be noted: %s", host, wait, error)

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Begin a pause, before the downloader takes the next request from its queue."""
        host = host_of(response.url)
        wait = retry_after(response)
        if wait is None:
            if response.status not in _STATUSES:
                self.waited.pop(host, None)
            return
        self._remember(host, wait)
        now = monotonic()
        begun = max(0.0, self.until.get(host, now) - now)
        self.waited[host] = self.waited.get(host, 0.0) + max(0.0, wait - begun)
        if self.waited[host] > MAX_WAIT:
            self._leave(host, wait)
            return
        self.until[host] = max(self.until.get(host, now), now + wait)
        logger.info("%s asks to wait %.0f s (status %d)", host, wait, response.status)
        for slot in host_slots(self.crawler, host):
            hold(slot, self.until[host])

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Hold a queue that was made after the pause began."""
        host = host_of(request.url)
        if self.until.get(host, 0.0) > monotonic():
            for slot in host_slots(self.crawler, host):
                hold(slot, self.until[host])

    def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest for a host that was left alone."""
        if host_of(request.url) in self.left:
            count_left_out(self.crawler, "retry-after")
            raise IgnoreRequest(f"retry-after: {request.url}")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Try a refused page again, after the pause."""
        if retry_after(response) is None or host_of(response.url) in self.left:
            return response
        tries = request.meta.get("retry_after_times", 0) + 1
        if tries > MAX_TRIES:
            request.meta["dont_retry"] = True
            return response
        again = request.replace(dont_filter=True, priority=request.priority - 1)
        again.meta["retry_after_times"] = tries
        if self.crawler.stats is not None:
            self.crawler.stats.inc_value("malim/retry_after")
        return again

    def _leave(self, host: str, wait: float) -> None:
        self.left.add(host)
        logger.warning("%s asks to wait %.0f s: it is left alone for the rest of this run", host, wait)
        for slot in host_slots(self.crawler, host):
            for _ in range(drop_waiting(slot, f"retry-after: {host}")):
                count_left_out(self.crawler, "retry-after")


def retry_after(response: Response) -> float | None:
    """Return how many seconds a 429 or 503 asks to wait, or None when it does not say."""
    header = response.headers.get("Retry-After")
    if response.status not in _STATUSES or header is None:
        return None
    text = header.decode("ascii", "replace").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _moment(text)
    if until is None:
        return None
    sent = _moment((response.headers.get("Date") or b"").decode("ascii", "replace"))  # the server's clock may be wrong
    return max(0.0, (until - (sent or datetime.now(UTC))).total_seconds())


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
