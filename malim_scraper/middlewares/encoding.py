"""The encoding of a page, found from its bytes. Downloader middleware, 585: behind decompression, before any reader.

Old portals send windows-1251 under a header that says UTF-8, or the other way round.
"""

from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse, XmlResponse

from malim_scraper.encoding import find_encoding

_HEAD = 1_024


class EncodingMiddleware:
    """Gives each page the encoding that its bytes have, and makes a page of one whose kind was not declared."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer with its true encoding."""
        if isinstance(response, XmlResponse) or not response.body:
            return response
        declared = response.headers.get("Content-Type")
        if not isinstance(response, TextResponse):
            if not _looks_like_html(response.body):
                return response
            return response.replace(cls=HtmlResponse, encoding=find_encoding(response.body))
        encoding = find_encoding(response.body, declared.decode("latin-1") if declared else None)
        return response.replace(encoding=encoding) if encoding != response.encoding else response


def _looks_like_html(body: bytes) -> bool:
    head = body[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or b"<html" in head
