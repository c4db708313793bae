"""Raw pages to `DIR/warc/`. Downloader middleware, 580: behind decompression, so that the page can say `noarchive`.

Of a page that a browser rendered, what was sent and what was shown.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Headers, HtmlResponse, Response

from malim_scraper.dataset.archive import Archive
from malim_scraper.dataset.warc import Capture, require_warcio
from malim_scraper.errors import DatasetError, UsageError
from malim_scraper.spiders.portal import PortalSpider

_READABLE = frozenset(("", "gzip", "deflate"))  # compressions that readers of WARC files know
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class ArchiveMiddleware:
    """With the setting WARC_ARCHIVE: hands each request and response to the archive of the dataset folder.

    Left out are answers that cannot be decoded and pages whose robots meta element or X-Robots-Tag header says
    `noarchive`. A page that the archive does not have is asked for whole. Counts `archived` and `noarchive`.
    """

    def __init__(self, spider: PortalSpider, archive: Archive) -> None:
        self._spider = spider
        self._archive = archive

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveMiddleware:
        """Make the middleware of a crawl with an archive; without a dataset folder it is a UsageError."""
        spider, settings = crawler.spider, crawler.settings
        if not settings.getbool("WARC_ARCHIVE") or not isinstance(spider, PortalSpider):
            raise NotConfigured
        store = spider.desk.store
        if store.records is None:
            raise UsageError("WARC_ARCHIVE needs a dataset folder: set DATASET_DIR.")
        if store.archive is None:
            require_warcio()
            try:
                path = store.records.path
                store.archive = Archive(path.with_name(path.stem.replace("articles", "warc", 1)),
                                        user_agent=settings["USER_AGENT"], max_bytes=settings.getint("WARC_MAX_BYTES"))
            except DatasetError as error:
                spider.desk.failure = error
                raise
        middleware = cls(spider, store.archive)
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        return middleware

    def process_request(self, request: Request) -> None:
        """Take back a condition on a page that was fetched before there was an archive."""
        if any(name in request.headers for name in _CONDITIONS) and not self._archive.failure and \
                not self._archive.has(request.url):
            for name in _CONDITIONS:
                request.headers.pop(name, None)

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Keep the answer as it was sent, before its headers and body are decoded."""
        request.meta["fetched_at"] = moment = datetime.now(UTC)
        request.meta["capture"] = Capture(
            response.url, self._asked(request.headers), response.status, _pairs(response.headers), response.body,
            moment, method=request.method, protocol=response.protocol or "HTTP/1.1",
            address=str(response.ip_address) if response.ip_address else None, part_of=request.meta.get("part_of"))

    def _asked(self, headers: Headers) -> list[tuple[str, str]]:
        """The headers of a request without the secrets of the profile, which are not all known by their names."""
        secret = {name.lower() for name in self._spider.access.secret}
        return [(name, value) for name, value in _pairs(headers) if name.lower() not in secret]

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive the answer."""
        capture: Capture | None = request.meta.pop("capture", None)
        sent: Response = request.meta.pop("sent", response)
        if capture is None:
            return response
        is_allowed = not forbids_archive(response)
        self._spider.desk.count("archived" if is_allowed else "noarchive")
        if is_allowed:
            capture = capture if _is_readable(capture) else _decoded(capture, sent)
            self._archive.put(replace(capture, rendered=response.body) if sent is not response else capture)
        if self._archive.failure:
            self._spider.fail(self._archive.failure)
        return response


def forbids_archive(response: Response) -> bool:
    """Tell whether a page says that no copy of it may be kept."""
    if b"noarchive" in b",".join(response.headers.getlist("X-Robots-Tag")).lower():
        return True
    if not isinstance(response, HtmlResponse) or "noarchive" not in response.text.lower():
        return False
    metas = response.xpath("//meta[translate(@name, 'ROBTS', 'robts') = 'robots']/@content").getall()
    return any("noarchive" in words.lower() for words in metas)


def _is_readable(capture: Capture) -> bool:
    encodings = ",".join(value for name, value in capture.answered if name.lower() == "content-encoding")
    return encodings.strip().lower() in _READABLE


def _decoded(capture: Capture, response: Response) -> Capture:
    headers = [(name, value) for name, value in capture.answered if name.lower() != "content-encoding"]
    return replace(capture, body=response.body, answered=headers)


def _pairs(headers: Headers) -> list[tuple[str, str]]:
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values]
