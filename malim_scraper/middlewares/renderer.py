"""Pages as a browser shows them: one blank context for each, driven by scrapy-playwright's handler."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from time import monotonic
from typing import Any

from playwright.async_api import Error, Page
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import HtmlResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from malim_scraper.errors import MalimError
from malim_scraper.middlewares.page_client import PageClient
from malim_scraper.middlewares.page_traffic import PageTraffic
from malim_scraper.urls import Site

_TRIES = 2
_QUIET = 0.4  # seconds without a request or a new element, after which a page counts as filled
_TICK = 0.1
_SHARE_OF_FILLING = 0.6  # of the time for a page; one that is never quiet is taken as it is then
_LAST_WORDS = 5.0  # seconds that a page has to close
_SERVED = 500  # pages after which the browser is started anew, to give memory back
_COUNT = "document.getElementsByTagName('*').length"
_SIZE = "document.documentElement.outerHTML.length"


class RenderError(Exception):
    """A page that could not be rendered, and why, in a few words."""


class BrowserError(MalimError):
    """The browser cannot be started: no page can be rendered."""


class Renderer:
    """Renders pages, a few at once, in one browser that is started when the first is asked for.

    A browser or page that crashes is started again, once for each page. launch: options for Playwright.
    """

    def __init__(self, crawler: Crawler, launch: dict[str, Any]) -> None:
        settings = crawler.settings
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)  # what fails is told by the crawl
        self._handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        config = self._handler.config
        config.launch_options, config.target_closed_max_retries = launch, 0
        config.cdp_url = config.connect_url = None  # another's browser is not sealed
        config.startup_context_kwargs = {}
        self._client = PageClient(crawler)
        self._patience = settings.getfloat("RENDER_TIMEOUT")
        self._max_bytes = settings.getint("DOWNLOAD_MAXSIZE")
        self._agent = settings["USER_AGENT"]
        self._turns = asyncio.Semaphore(max(1, settings.getint("BROWSER_PAGES")))
        self._number = self._renewed_at = 0
        self._renewal = asyncio.Lock()
        self._open: set[int] = set()

    async def render(self, response: HtmlResponse, site: Site) -> tuple[str, PageTraffic]:
        """Return the HTML of a page after its scripts have run, and what it asked for.

        response: as its server sent it. Raises RenderError for a page that cannot be rendered within its bounds, and
        BrowserError when there is no browser.
        """
        async with self._turns:
            for number in range(_TRIES):
                traffic = PageTraffic(response.text, self._client, site, self._max_bytes)
                try:
                    return await self._try(response.url, traffic), traffic
                except TimeoutError as error:
                    raise RenderError(f"its scripts did not end in {self._patience:g} s") from error
                except Error as error:
                    if "BrowserType.launch" in error.message:
                        raise BrowserError(_why_not(error)) from error
                    if number + 1 == _TRIES:
                        raise RenderError(f"it crashes the browser ({_first_line(error)[:100]})") from error
                    await self._forget_dead()
        raise AssertionError("unreachable")

    async def close(self) -> None:
        """Close the browser."""
        with suppress(Error):
            await self._handler.close()

    async def _try(self, url: str, traffic: PageTraffic) -> str:
        await self._renew()
        self._number += 1
        number = self._number

        async def begin(page: Page, _: Request) -> None:
            await traffic.begin(page)

        request = Request(url, dont_filter=True, meta={
            "playwright": True, "playwright_context": f"page-{number}",
            "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False,
                                          "user_agent": self._agent},
            "playwright_page_init_callback": begin, "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_include_page": True,
        })
        self._open.add(number)
        try:
            async with asyncio.timeout(self._patience):
                await self._handler.download_request(request)
                page: Page = request.meta["playwright_page"]
                await self._wait(page, traffic)
                return str(await page.content())
        finally:
            self._open.discard(number)
            await self._shut(f"page-{number}")

    async def _wait(self, page: Page, traffic: PageTraffic) -> None:
        """Wait until a page is filled, and refuse one that has become too large."""
        now = since = monotonic()
        end = now + self._patience * _SHARE_OF_FILLING
        before = -1
        while now < end and (now - since < _QUIET or traffic.pending):
            await asyncio.sleep(_TICK)
            count = await page.evaluate(_COUNT)
            now = monotonic()
            if traffic.pending or count != before:
                before, since = count, now
        if await page.evaluate(_SIZE) > self._max_bytes:
            raise RenderError(f"it is larger than {self._max_bytes} characters")

    async def _shut(self, name: str) -> None:
        wrapper = self._handler.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            async with asyncio.timeout(_LAST_WORDS):
                await wrapper.context.close()
        except (Error, TimeoutError):
            self._handler.context_wrappers.pop(name, None)

    async def _renew(self) -> None:
        """Start the browser anew when it has shown many pages; other pages wait meanwhile."""
        async with self._renewal:
            if self._number - self._renewed_at < _SERVED:
                return
            while self._open:
                await asyncio.sleep(_TICK)
            self._renewed_at = self._number
            with suppress(Error, AttributeError):  # it may have ended by itself
                await self._handler.browser.close()
            await self._forget_dead()

    async def _forget_dead(self) -> None:
        """Wait until the handler has noticed that its browser ended."""
        end = monotonic() + _LAST_WORDS
        while monotonic() < end:
            await asyncio.sleep(_TICK)
            browser = getattr(self._handler, "browser", None)
            if browser is None or browser.is_connected():
                return


def _why_not(error: Error) -> str:
    text = error.message
    if "sandbox" in text.lower():
        return ("Chromium cannot be started: this system gives it no sandbox. Allow user namespaces, or accept pages "
                "without a sandbox: -s BROWSER_SANDBOX=0")
    return f"Chromium cannot be started: {_first_line(error)[:200]}"


def _first_line(error: Error) -> str:
    return next((line.strip(" -") for line in error.message.splitlines() if line.strip(" -")), "no cause told")
