"""Fetches what a page under the browser asks for, with the manners of the crawl: own hosts, robots.txt, bounds."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.defaultheaders import DefaultHeadersMiddleware
from scrapy.downloadermiddlewares.httpauth import HttpAuthMiddleware
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.downloadermiddlewares.useragent import UserAgentMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import ensure_awaitable

from malim_scraper.middlewares.access import AccessMiddleware
from malim_scraper.middlewares.compression import CompressionMiddleware
from malim_scraper.middlewares.limits import OF_PAGE
from malim_scraper.middlewares.own_hosts import OwnHostsMiddleware
from malim_scraper.middlewares.retry_after import RetryAfterMiddleware

# Those that a request passes before it is sent, in this order.
_BEFORE: tuple[type[Any], ...] = (
    OwnHostsMiddleware, RobotsTxtMiddleware, HttpAuthMiddleware, DefaultHeadersMiddleware, UserAgentMiddleware,
    RetryAfterMiddleware, CompressionMiddleware, HttpProxyMiddleware, AccessMiddleware)
_AT_ONCE = 4
_REDIRECTS = 4
_PATIENCE = 10  # seconds for one answer
_KEPT = 32_000_000  # bytes of scripts
_NOT_PASSED_ON = frozenset(("accept-encoding", "connection", "cookie", "host", "proxy-authorization", "user-agent"))


class PageClient:
    """Sends the requests of pages by the crawl's own downloader: the delay between pages is not for them.

    Scripts are kept in memory, so that an app is fetched once and not with each of its pages.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._scripts: OrderedDict[str, Response] = OrderedDict()
        self._kept = 0

    async def get(self, url: str, headers: Mapping[str, str], *, method: str = "GET",
                  is_script: bool = False) -> Response:
        """Return the answer for an address, redirects followed, decoded.

        headers: as the page sends them, names in lower case. Raises IgnoreRequest for what the crawl may not ask for,
        and what Scrapy's downloader raises.
        """
        if is_script and (kept := self._scripts.get(url)):
            self._scripts.move_to_end(url)
            return kept
        passed = {name: value for name, value in headers.items()
                  if name not in _NOT_PASSED_ON and not name.startswith("sec-")}
        address = url
        for _ in range(_REDIRECTS):
            async with self._turns:
                answer = await self._send(Request(
                    address, method=method, headers=passed, meta={OF_PAGE: True, "download_timeout": _PATIENCE}))
            target = answer.headers.get("Location")
            if answer.status not in (301, 302, 303, 307, 308) or target is None:
                if is_script:
                    self._keep(url, answer)
                return answer
            address = urljoin(address, target.decode("latin-1"))
        raise IgnoreRequest(f"redirects: {url}")

    async def _send(self, request: Request) -> Response:
        engine = self._crawler.engine
        if engine is None:
            raise IgnoreRequest("stopped")
        for kind in _BEFORE:
            middleware = self._crawler.get_downloader_middleware(kind)
            if middleware is not None:
                await ensure_awaitable(middleware.process_request(request))
        answer = await engine.downloader.handlers.download_request_async(request)
        pause = self._crawler.get_downloader_middleware(RetryAfterMiddleware)
        if pause is not None and self._crawler.spider is not None:
            pause.response_downloaded(answer, request, self._crawler.spider)
        decoder = self._crawler.get_downloader_middleware(CompressionMiddleware)
        decoded = decoder.process_response(request, answer) if decoder else answer
        if not isinstance(decoded, Response):
            raise IgnoreRequest(f"unreadable: {request.url}")
        return decoded

    def _keep(self, url: str, answer: Response) -> None:
        if answer.status != 200 or b"no-store" in (answer.headers.get("Cache-Control") or b""):
            return
        self._kept += len(answer.body)
        self._scripts[url] = answer
        while self._kept > _KEPT:
            self._kept -= len(self._scripts.popitem(last=False)[1].body)
