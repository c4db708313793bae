"""What a page under the browser may have: its own HTML, and scripts and data of the portal's own hosts."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from playwright.async_api import Error

from malim_scraper.middlewares.page_client import PageClient
from malim_scraper.urls import Site, host_of, is_private

if TYPE_CHECKING:
    from playwright.async_api import Page, Request, Route
    from scrapy.http import Response

MAX_REQUESTS = 80  # of one page
_FETCHED = ("script", "xhr", "fetch")
_METHODS = ("GET", "HEAD")
_CORS = "access-control-"
_PASSED = frozenset(("content-type", "etag", "link", "x-total-count", "x-total-pages", "x-wp-total", "x-wp-totalpages"))
_BLOCKED = "blockedbyclient"


class PageTraffic:
    """Answers each request of one page. It never reaches the network itself: the browser is sealed.

    pending: requests under way. foreign: hosts of scripts and data that are not the portal's, with their number.
    trouble: why data of the portal's own could not be had, in a few words; empty when all could.
    """

    def __init__(self, html: str, client: PageClient, site: Site, max_bytes: int) -> None:
        """html: the page as its server sent it. max_bytes: of all that the page asks for."""
        self.pending = 0
        self.foreign: Counter[str] = Counter()
        self.trouble = ""
        self._html = html
        self._client = client
        self._site = site
        self._left = max_bytes
        self._requests = 0
        self._is_served = False

    async def begin(self, page: Page) -> None:
        """Take over the requests of a page that is still blank."""
        await page.route("**", self._answer)

    async def _answer(self, route: Route) -> None:
        with suppress(Error):  # the page is gone
            await self._choose(route, route.request)

    async def _choose(self, route: Route, asked: Request) -> None:
        kind = asked.resource_type
        if kind == "document":
            await self._navigate(route, asked)
        elif kind == "stylesheet":
            await route.fulfill(status=200, content_type="text/css", body="")  # apps wait for theirs
        elif kind not in _FETCHED or asked.method not in _METHODS:
            await route.abort(_BLOCKED)
        elif not self._site.owns(asked.url):
            host = host_of(asked.url)
            if host and not is_private(host):
                self.foreign[host] += 1
            await route.abort(_BLOCKED)
        elif self._requests >= MAX_REQUESTS or self._left <= 0:
            await route.abort(_BLOCKED)
        else:
            await self._fetch(route, asked)

    async def _navigate(self, route: Route, asked: Request) -> None:
        if asked.frame.parent_frame is not None:
            await route.abort(_BLOCKED)
        elif self._is_served:
            await route.fulfill(status=204)  # the page stays where it is
        else:
            self._is_served = True
            await route.fulfill(status=200, content_type="text/html; charset=utf-8", body=self._html)

    async def _fetch(self, route: Route, asked: Request) -> None:
        self._requests += 1
        self.pending += 1
        try:
            answer = await self._client.get(asked.url, asked.headers, method=asked.method,
                                            is_script=asked.resource_type == "script")
        except Exception as error:  # whatever happened, the page sees a request that failed
            self.trouble = self.trouble or f"{asked.url}: {type(error).__name__}: {str(error)[:100]}"
            await route.abort("failed")
            return
        finally:
            self.pending -= 1
        if answer.status == 429 or answer.status >= 500:
            self.trouble = self.trouble or f"{asked.url}: HTTP {answer.status}"
        self._left -= len(answer.body)
        await route.fulfill(status=answer.status, headers=_headers(answer), body=answer.body)


def _headers(answer: Response) -> dict[str, str]:
    names = {name: name.decode("latin-1").lower() for name in answer.headers}
    return {name: (answer.headers.get(raw) or b"").decode("latin-1") for raw, name in names.items()
            if name in _PASSED or name.startswith(_CORS)}
