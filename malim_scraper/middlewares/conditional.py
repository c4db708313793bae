"""Ask whether a known page changed. Downloader middleware, 540, below those that repeat and redirect."""

from scrapy import Request


class ConditionalMiddleware:
    """Sends the ETag and Last-Modified that were kept when what the page led to was stored (RFC 9110, 13.1)."""

    def process_request(self, request: Request) -> None:
        """Set the headers; a request behind a redirect is for another page and gets none."""
        page = request.meta.get("page")
        is_redirected = bool(request.meta.get("redirect_times"))
        for header, value in (("If-None-Match", getattr(page, "etag", None)),
                              ("If-Modified-Since", getattr(page, "modified", None))):
            if is_redirected:
                request.headers.pop(header, None)
            elif value:
                request.headers[header] = value
