"""The manners of a crawl by several workers: delay, requests at once and `Retry-After` count for all of them together.

Downloader middleware, 840: nothing that redirects (600) or repeats stands between it and the downloader, so a turn that
was given is used or given back. Of several hosts each has its turns; those of robots.txt, redirects and further tries
are among them.
"""

from __future__ import annotations

import asyncio
from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.exceptions import IgnoreRequest, NotConfigured

from malim_scraper.middlewares.retry_after import MAX_WAIT, retry_after
from malim_scraper.middlewares.slots import host_slots
from malim_scraper.shared import scripts
from malim_scraper.shared.desk import SharedDesk
from malim_scraper.shared.errors import SharedError
from malim_scraper.spiders.portal import PortalSpider
from malim_scraper.urls import host_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

_LONGEST_NAP = 0.5  # seconds, so that a signal is noticed
_TURN = "shared_turn"


class SharedTurnsMiddleware:
    """Sends a request when its host may be asked, by the clock of Redis, and tells when it ended.

    The delay counts from the moment at which any worker sent its last request. A worker that is killed loses its turn.
    """

    def __init__(self, crawler: Crawler, desk: SharedDesk) -> None:
        self._crawler = crawler
        self._desk = desk
        self._numbers = count()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> SharedTurnsMiddleware:
        """Make the middleware of a crawl by several workers."""
        desk = crawler.spider.desk if isinstance(crawler.spider, PortalSpider) else None
        if not isinstance(desk, SharedDesk):
            raise NotConfigured
        return cls(crawler, desk)

    async def process_request(self, request: Request) -> None:
        """Wait for the request's turn; IgnoreRequest when the crawl ends first, or the host wants too long a pause."""
        name = f"{self._desk.crew.session}:{next(self._numbers)}"
        host = host_of(request.url)
        most = max(1, self._crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN"))
        while True:
            if self._desk.is_stopping or self._desk.failure is not None:
                raise IgnoreRequest("stopped")
            wait = self._run(scripts.TURN, host, name, most, self._delay(host)) / 1_000
            if wait == 0:
                request.meta[_TURN] = name
                return
            if -wait > MAX_WAIT:
                raise IgnoreRequest(f"retry-after: {request.url}")
            await asyncio.sleep(min(abs(wait), _LONGEST_NAP))

    def process_response(self, request: Request, response: Response) -> Response:
        """Give the turn back; a host that asks for a pause gets it from all workers."""
        self._end(request, retry_after(response) or 0.0)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Give the turn back."""
        self._end(request, 0.0)

    def _end(self, request: Request, pause: float) -> None:
        name = request.meta.pop(_TURN, None)
        if name is None or self._desk.failure is not None:
            return
        host = host_of(request.url)
        sent = max((slot.lastseen for slot in host_slots(self._crawler, host)), default=monotonic())
        self._run(scripts.TURN_OVER, host, name, int(max(0.0, monotonic() - sent) * 1_000), int(pause * 1_000))

    def _run(self, script: str, host: str, *args: str | int) -> int:
        crew = self._desk.crew
        try:
            return int(crew.server.run(script, [crew.prefix, f"malim:host:{host}"], crew.generation, crew.session,
                                       *args))
        except SharedError as error:
            self._desk.failure = self._desk.failure or error
            raise IgnoreRequest("stopped") from error

    def _delay(self, host: str) -> int:
        """Return the milliseconds between two requests to a host, as this worker knows them."""
        general = self._crawler.settings.getfloat("DOWNLOAD_DELAY")
        return int(max((slot.delay for slot in host_slots(self._crawler, host)), default=general) * 1_000 + 0.5)
