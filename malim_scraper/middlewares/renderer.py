"""Pages as a browser shows them: one blank context for each, driven by scrapy-playwright's handler.

All crawls of a process share one browser, so that many portals at once need no more memory than one.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

from playwright.async_api import Error, Page
from scrapy import Request, signals
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


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one crawl gives its pages. seconds: for one page. max_bytes: of it, and of all that it asks for.

    agent: the User-Agent that its scripts see.
    """

    seconds: float
    max_bytes: int
    agent: str


class RenderError(Exception):
    """A page that could not be rendered, and why, in a few words."""


class BrowserError(MalimError):
    """The browser cannot be started: no page can be rendered."""


class Renderer:
    """Renders pages, a few at once, in one browser that is started when the first is asked for.

    A browser or page that crashes is started again, once for each page. users: the crawls that have it.
    """

    def __init__(self, crawler: Crawler, launch: dict[str, Any]) -> None:
        """launch: options for Playwright."""
        self.users = 0
        logging.getLogger("scrapy-playwright").setLevel(logging.CRITICAL)  # what fails is told by the crawl
        self._handler = ScrapyPlaywrightDownloadHandler.from_crawler(crawler)
        # It starts Playwright with this crawl; other crawls may come first, or none may need it.
        crawler.signals.disconnect(self._handler._maybe_launch_in_thread, signals.engine_started)
        config = self._handler.config
        config.launch_options, config.target_closed_max_retries = launch, 0
        config.cdp_url = config.connect_url = None  # another's browser is not sealed
        config.startup_context_kwargs = {}
        self._turns = asyncio.Semaphore(max(1, crawler.settings.getint("BROWSER_PAGES")))
        self._number = self._renewed_at = 0
        self._renewal = asyncio.Lock()
        self._is_started = False
        self._open: set[int] = set()

    async def render(self, response: HtmlResponse, site: Site, client: PageClient,
                     bounds: Bounds) -> tuple[str, PageTraffic]:
        """Return the HTML of a page after its scripts have run, and what it asked for.

        response: as its server sent it. client: fetches what the page asks for. Raises RenderError for a page that
        cannot be rendered within its bounds, and BrowserError when there is no browser.
        """
        async with self._turns:
            for number in range(_TRIES):
                traffic = PageTraffic(response.text, client, site, bounds.max_bytes)
                try:
                    return await self._try(response.url, traffic, bounds), traffic
                except TimeoutError as error:
                    raise RenderError(f"its scripts did not end in {bounds.seconds:g} s") from error
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

    async def _try(self, url: str, traffic: PageTraffic, bounds: Bounds) -> str:
        await self._prepare()
        self._number += 1
        number = self._number

        async def begin(page: Page, _: Request) -> None:
            await traffic.begin(page)

        request = Request(url, dont_filter=True, meta={
            "playwright": True, "playwright_context": f"page-{number}",
            "playwright_context_kwargs": {"service_workers": "block", "accept_downloads": False,
                                          "user_agent": bounds.agent},
            "playwright_page_init_callback": begin, "playwright_page_goto_kwargs": {"wait_until": "commit"},
            "playwright_include_page": True,
        })
        self._open.add(number)
        try:
            async with asyncio.timeout(bounds.seconds):
                await self._handler.download_request(request)
                page: Page = request.meta["playwright_page"]
                await self._wait(page, traffic, bounds)
                return str(await page.content())
        finally:
            self._open.discard(number)
            await self._shut(f"page-{number}")

    async def _wait(self, page: Page, traffic: PageTraffic, bounds: Bounds) -> None:
        """Wait until a page is filled, and refuse one that has become too large."""
        now = since = monotonic()
        end = now + bounds.seconds * _SHARE_OF_FILLING
        before = -1
        while now < end and (now - since < _QUIET or traffic.pending):
            await asyncio.sleep(_TICK)
            count = await page.evaluate(_COUNT)
            now = monotonic()
            if traffic.pending or count != before:
                before, since = count, now
        if await page.evaluate(_SIZE) > bounds.max_bytes:
            raise RenderError(f"it is larger than {bounds.max_bytes} characters")

    async def _shut(self, name: str) -> None:
        wrapper = self._handler.context_wrappers.get(name)
        if wrapper is None:
            return
        try:
            async with asyncio.timeout(_LAST_WORDS):
                await wrapper.context.close()
        except (Error, TimeoutError):
            self._handler.context_wrappers.pop(name, None)

    async def _prepare(self) -> None:
        """Start Playwright, and the browser anew when it has shown many pages; other pages wait meanwhile."""
        async with self._renewal:
            if not self._is_started:
                await self._handler._maybe_launch_in_thread()
                self._is_started = True
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


_renderers: dict[str, Renderer] = {}


def borrow(crawler: Crawler, launch: dict[str, Any]) -> Renderer:
    """Return the renderer of this process with these options for Playwright, for one more crawl."""
    renderer = _renderers.get(repr(launch)) or Renderer(crawler, launch)
    _renderers[repr(launch)] = renderer
    renderer.users += 1
    return renderer


async def give_back(renderer: Renderer) -> None:
    """End what `borrow` began; with the last crawl the browser is closed."""
    renderer.users -= 1
    if renderer.users == 0:
        for key in [key for key, kept in _renderers.items() if kept is renderer]:
            del _renderers[key]
        await renderer.close()


def _why_not(error: Error) -> str:
    text = error.message
    if "sandbox" in text.lower():
        return ("Chromium cannot be started: this system gives it no sandbox. Allow user namespaces, or accept pages "
                "without a sandbox: -s BROWSER_SANDBOX=0")
    return f"Chromium cannot be started: {_first_line(error)[:200]}"


def _first_line(error: Error) -> str:
    return next((line.strip(" -") for line in error.message.splitlines() if line.strip(" -")), "no cause told")
