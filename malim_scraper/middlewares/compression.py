"""Compressed answers, decoded whole and within bounds. Downloader middleware, 590, in place of Scrapy's own."""

import zlib
from typing import cast

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response

from malim_scraper.middlewares.left_out import count_left_out


class CompressionMiddleware(HttpCompressionMiddleware):
    """Scrapy's decompression, bounded by DOWNLOAD_MAXSIZE, which counts what it gives up.

    Scrapy takes what can be read of a truncated gzip body for the page; here such a page is tried again, so that no
    half article is stored. Counts `too-large` and `unreadable`.
    """

    crawler: Crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CompressionMiddleware":
        """Make the middleware of a crawl."""
        if not crawler.settings.getbool("COMPRESSION_ENABLED"):
            raise NotConfigured
        middleware = cls(crawler=crawler)
        middleware.crawler = crawler
        return middleware

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None,
    ) -> Request | Response:
        """Return the answer decoded; raise IgnoreRequest when it cannot be, or not within bounds."""
        is_gzip = b"gzip" in (response.headers.get("Content-Encoding") or b"").lower()  # Scrapy drops the header
        try:
            decoded = super().process_response(request, response)
        except IgnoreRequest as error:
            count_left_out(self.crawler, "too-large")
            raise IgnoreRequest(f"too-large: {response.url}") from error
        except Exception as error:  # each of the four libraries has errors of its own
            return self._again(request, response, error)
        if is_gzip and isinstance(decoded, Response) and not is_whole(response.body, len(decoded.body)):
            return self._again(request, response, EOFError("truncated"))
        return decoded

    def _again(self, request: Request, response: Response, error: Exception) -> Request:
        again = get_retry_request(request, spider=cast(Spider, self.crawler.spider), reason="unreadable")
        if again is None:
            count_left_out(self.crawler, "unreadable")
            raise IgnoreRequest(f"unreadable: {response.url}: {error}") from error
        return again


def is_whole(body: bytes, size: int) -> bool:
    """Tell whether a gzip body of which `size` bytes were decoded is not truncated.

    Its last four bytes are the size, RFC 1952 2.3.1; only where they are not is it decoded again to see its end.
    """
    if int.from_bytes(body[-4:], "little") == size & 0xFFFFFFFF:
        return True
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        while body and not inflate.eof:
            inflate.decompress(body, 65_536)
            body = inflate.unconsumed_tail
    except zlib.error:
        return False
    return inflate.eof
