"""Pages that JavaScript fills, as a browser shows them. Downloader middleware, 583.

A page is fetched like any other; what its server sent is then opened in a browser that has no network of its own. So it
stands behind decompression and encoding, and before the archive, which keeps both: what was sent and what was shown.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NoReturn

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import HtmlResponse, Response
from scrapy.utils.response import get_meta_refresh

from malim_scraper.errors import MalimError
from malim_scraper.extraction import parse
from malim_scraper.extraction.app_shell import shell_sign
from malim_scraper.middlewares.chromium import launch_options, read_mode, require_browser
from malim_scraper.middlewares.page_client import PageClient
from malim_scraper.profiles import Portal
from malim_scraper.spiders.portal import PortalSpider
from malim_scraper.urls import Site

if TYPE_CHECKING:
    from malim_scraper.middlewares.page_traffic import PageTraffic
    from malim_scraper.middlewares.renderer import Bounds, Renderer

logger = logging.getLogger(__name__)
RENDERED = "rendered"  # in the flags of a response
_FRUITLESS = 20  # pages in a line that stayed empty, after which `auto` renders no more
_PLAIN = ("sitemap", "feed")
_OF_THE_FILE = ("ETag", "Last-Modified", "Content-Encoding", "Content-Length")  # true of what was sent, not of the page


class BrowserMiddleware:
    """With the setting RENDER: gives the spider pages after their scripts have run.

    `always` renders every web page; `auto` one whose HTML holds no article and is an empty shell. robots.txt, sitemaps,
    feeds and pages that were not modified are left as they are. Counts `rendered` and `unrendered`.
    """

    def __init__(self, crawler: Crawler, mode: str, site: Site, renderer: Renderer, bounds: Bounds) -> None:
        self._crawler = crawler
        self._client = PageClient(crawler)
        self._bounds = bounds
        self._mode = mode
        self._site = site
        self._renderer = renderer
        self._fruitless = 0
        self._told: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BrowserMiddleware:
        """Make the middleware of a crawl that renders; a MalimError when there is no browser."""
        mode, site = read_mode(crawler.settings), getattr(crawler.spider, "site", None)
        if mode == "never" or not isinstance(site, Site):
            raise NotConfigured
        launch = launch_options(require_browser(crawler.settings), crawler.settings)
        from malim_scraper.middlewares.renderer import Bounds, borrow

        settings = crawler.settings
        bounds = Bounds(settings.getfloat("RENDER_TIMEOUT"), settings.getint("DOWNLOAD_MAXSIZE"),
                        settings["USER_AGENT"])
        middleware = cls(crawler, mode, site, borrow(crawler, launch), bounds)
        crawler.signals.connect(middleware.spider_closed, signal=signals.spider_closed)
        return middleware

    async def spider_closed(self) -> None:
        """Close the browser, if no other crawl has it."""
        from malim_scraper.middlewares.renderer import give_back

        await give_back(self._renderer)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Return the page as the browser shows it; raise IgnoreRequest for one that could not be rendered."""
        if not isinstance(response, HtmlResponse) or not self._is_wanted(request, response):
            return response
        html, traffic = await self._render(response)
        request.meta["sent"] = response
        headers = response.headers.copy()
        for name in _OF_THE_FILE:
            headers.pop(name, None)
        headers["Content-Type"] = "text/html; charset=utf-8"
        rendered = response.replace(body=html.encode("utf-8", "replace"), encoding="utf-8", headers=headers,
                                    flags=[*response.flags, RENDERED])
        self._judge(rendered, traffic)
        return rendered

    def _is_wanted(self, request: Request, response: HtmlResponse) -> bool:
        is_plain = getattr(request.meta.get("page"), "kind", "") in _PLAIN or request.meta.get("dont_obey_robotstxt")
        if response.status != 200 or is_plain or not response.body.strip():
            return False
        if get_meta_refresh(response, ignore_tags=("script", "noscript"))[1] is not None:
            return False
        return self._mode == "always" or (self._fruitless < _FRUITLESS and self._is_empty(response))

    def _is_empty(self, response: HtmlResponse) -> bool:
        if not shell_sign(response.selector.root):
            return False
        return parse(response.selector, url=response.url, portal=self._profile) is None

    @property
    def _profile(self) -> Portal | None:
        spider = self._crawler.spider
        return spider.desk.profile if isinstance(spider, PortalSpider) else None

    async def _render(self, response: HtmlResponse) -> tuple[str, PageTraffic]:
        from malim_scraper.middlewares.renderer import RenderError

        try:
            return await self._renderer.render(response, self._site, self._client, self._bounds)
        except RenderError as error:
            self._give_up(str(error), error)
        except MalimError as error:
            if isinstance(self._crawler.spider, PortalSpider):
                self._crawler.spider.fail(error)
            self._give_up(str(error), error)

    def _judge(self, rendered: HtmlResponse, traffic: PageTraffic) -> None:
        """Give a page up whose data could not be had; learn from one that stayed empty."""
        self._count("rendered")
        if not shell_sign(rendered.selector.root):
            self._fruitless = 0
            return
        if traffic.trouble:
            self._give_up(f"no data: {traffic.trouble}", None)
        self._fruitless += 1
        for host, _ in traffic.foreign.most_common(3):
            if host not in self._told:
                self._told.add(host)
                logger.warning("%s stays empty in the browser; it asks %s for scripts or data, which is none of the "
                               "portal's hosts: add it to `hosts` of the profile if it is its own", rendered.url, host)
        if self._mode == "auto" and self._fruitless == _FRUITLESS:
            logger.warning("%d pages in a line stayed empty in the browser; no more are rendered", _FRUITLESS)

    def _give_up(self, reason: str, cause: Exception | None) -> NoReturn:
        self._count("unrendered")
        raise IgnoreRequest(f"the browser could not show it: {reason}") from cause

    def _count(self, name: str) -> None:
        if self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"malim/{name}")
