"""Answers that broke off or whose length was told wrong. Downloader middleware, 587: sees the page decoded.

Old servers tell a wrong Content-Length, or never end a chunked answer, on each page; browsers show those pages.
"""

from typing import cast

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

_TAIL = 2_000  # bytes in which the end of a document stands; counters and comments may follow it
_ENDS = (b"</html>", b"</urlset>", b"</sitemapindex>", b"</rss>", b"</feed>", b"</rdf:rdf>")


class WholeMiddleware:
    """Takes an answer that ended otherwise than its headers said when the document in it has its end.

    Another one is tried again, at last it fails with ResponseDataLossError, so that no half article is stored.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "WholeMiddleware":
        """Make the middleware of a crawl."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the answer through to `process_response`, whatever its length."""
        request.meta.setdefault("download_fail_on_dataloss", False)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the answer, or ask again for it."""
        if "dataloss" not in response.flags or request.meta.get("dont_obey_robotstxt") or is_ended(response.body):
            return response
        again = get_retry_request(request, spider=cast(Spider, self.crawler.spider), reason="broke off")
        if again is None:
            raise ResponseDataLossError(f"the answer broke off: {response.url}")
        return again


def is_ended(body: bytes) -> bool:
    """Tell whether a document, HTML, sitemap or feed, has its last end tag."""
    tail = body[-_TAIL:].replace(b"\0", b"").lower()  # a character of UTF-16 has two bytes
    return any(end in tail for end in _ENDS)
