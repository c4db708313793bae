"""What is given up: answers that are no page, too large or too slow. Downloader middleware, 300.

Scrapy 2.19 itself bounds the encoded and the decoded size (DOWNLOAD_MAXSIZE) and the whole time of an answer, a
dripping one too (DOWNLOAD_TIMEOUT); here it is counted. The kind is judged when the headers have come.
"""

import logging

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest, StopDownload
from scrapy.http import Headers, Response

from malim_scraper.middlewares.left_out import count_left_out

logger = logging.getLogger(__name__)
OF_PAGE = "of_page"  # in the meta of a request: a page under the browser asks, for a script or data
# Kinds that a page, sitemap, feed or robots.txt may have; servers give XML and gzip many names.
_KINDS = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/rdf",
          "application/json", "application/feed+json", "application/gzip", "application/x-gzip", "application/x-xml",
          "application/octet-stream", "application/x-httpd-php", "application/vnd.wap.xhtml", "binary/octet-stream")
_NO_PAGES = ("text/css", "text/javascript", "text/calendar", "text/csv", "text/vcard")
_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"%PDF", b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"ID3",
          b"OggS", b"\x1aE\xdf\xa3", b"\x7fELF", b"MZ\x90", b"wOFF", b"wOF2", b"\xd0\xcf\x11\xe0", b"fLaC")


class LimitsMiddleware:
    """Stops what is no page early, and counts `no-page`, `too-large` and `too-slow`."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "LimitsMiddleware":
        """Make the middleware of a crawl."""
        middleware = cls(crawler)
        crawler.signals.connect(middleware.headers_received, signal=signals.headers_received)
        return middleware

    def headers_received(self, headers: Headers, body_length: int, request: Request, spider: Spider) -> None:
        """Raise StopDownload when the headers say that no page follows."""
        is_for_page = request.meta.get(OF_PAGE)
        if b"Location" not in headers and not is_for_page and not is_page_kind(headers.get("Content-Type")):
            raise StopDownload(fail=True)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise IgnoreRequest for a picture, document or archive that was declared a page."""
        if response.body.startswith(_MAGIC) or response.body[4:8] == b"ftyp":
            count_left_out(self.crawler, "no-page")
            raise IgnoreRequest(f"no-page: {response.url}")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count what was given up; raise IgnoreRequest for what another try would not change."""
        if isinstance(exception, DownloadTimeoutError):  # after all tries: RetryMiddleware saw it first
            count_left_out(self.crawler, "too-slow")
        elif isinstance(exception, StopDownload | DownloadCancelledError):
            reason = "no-page" if isinstance(exception, StopDownload) else "too-large"
            count_left_out(self.crawler, reason)
            raise IgnoreRequest(f"{reason}: {request.url}") from exception


def is_page_kind(content_type: bytes | None) -> bool:
    """Tell whether an answer of this Content-Type can be a page, sitemap or feed; True when there is none."""
    kind = (content_type or b"").decode("latin-1").strip().lower()
    return "/" not in kind or (kind.startswith(_KINDS) and not kind.startswith(_NO_PAGES))
