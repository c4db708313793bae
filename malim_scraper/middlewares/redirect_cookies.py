"""Cookies that a redirect demands. Downloader middleware, 610: below those that redirect (580, 600) and repeat (550).

Some portals send each visitor without a cookie to the same address again, until it is shown. Kept from page to page,
cookies would let a portal count what was read, so they live for one chain of redirects only.
"""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response

_MOST = 50
_MAX_BYTES = 4_096


class RedirectCookiesMiddleware:
    """Shows the cookies of an answer in the request that a redirect or another try makes of this one.

    Does nothing where COOKIES_ENABLED keeps them all.
    """

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RedirectCookiesMiddleware":
        """Make the middleware of a crawl."""
        if crawler.settings.getbool("COOKIES_ENABLED"):
            raise NotConfigured
        return cls()

    def process_response(self, request: Request, response: Response) -> Response:
        """Put the cookies of an answer into its request, from which others copy their headers."""
        given = [value.partition(b";")[0].strip() for value in response.headers.getlist("Set-Cookie")]
        if given:
            shown = (request.headers.get("Cookie") or b"").split(b";")
            pairs = (pair.strip().partition(b"=") for pair in (*shown, *given[:_MOST]))
            cookies = {name: name + equals + value for name, equals, value in pairs if equals}
            request.headers["Cookie"] = b"; ".join(cookies.values())[:_MAX_BYTES]
        return response
