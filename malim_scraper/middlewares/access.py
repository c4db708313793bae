"""Secret headers and the proxy of a profile. Downloader middleware, 950: the last one before the network.

What is set here is taken back when the answer comes, before any other part sees the request again: no cache, retry or
redirect has it. The archive, which hears of the answer first, leaves these headers out by their names.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

from malim_scraper.profiles.secrets import Access
from malim_scraper.spiders.portal import PortalSpider
from malim_scraper.urls import Site


class AccessMiddleware:
    """Shows secrets to the portal's own hosts only, and never in the clear where the portal begins with https."""

    def __init__(self, access: Access, site: Site, *, only_https: bool) -> None:
        self._access = access
        self._site = site
        self._only_https = only_https
        self._before: WeakKeyDictionary[Request, dict[str, bytes | None]] = WeakKeyDictionary()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AccessMiddleware:
        """Make the middleware of a crawl whose profile has secrets or a proxy."""
        spider = crawler.spider
        if not isinstance(spider, PortalSpider) or not (spider.access.secret or spider.access.proxy):
            raise NotConfigured
        starts = spider.desk.portal.start_urls
        return cls(spider.access, spider.site, only_https=any(url.lower().startswith("https:") for url in starts))

    def process_request(self, request: Request) -> None:
        """Set the headers, and the way by the proxy."""
        secret = dict(self._access.secret) if self._may_see(request.url) else {}
        if self._access.proxy:
            request.meta["proxy"] = self._access.proxy
            request.headers.pop("Proxy-Authorization", None)
            if self._access.proxy_login:
                secret["Proxy-Authorization"] = self._access.proxy_login
        self._before[request] = {name: request.headers.get(name) for name in secret}
        for name, value in secret.items():
            own = request.headers.get(name) if name.lower() == "cookie" else None  # of the cookie jar
            request.headers[name] = b"; ".join(filter(None, (own, value.encode())))

    def process_response(self, request: Request, response: Response) -> Response:
        """Take the secrets back."""
        self._take_back(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Take the secrets back."""
        self._take_back(request)

    def _may_see(self, url: str) -> bool:
        return self._site.owns(url) and (url.startswith("https:") or not self._only_https)

    def _take_back(self, request: Request) -> None:
        for name, value in self._before.pop(request, {}).items():
            if value is None:
                request.headers.pop(name, None)
            else:
                request.headers[name] = value
