"""Single pages, fetched with the manners and bounds of a crawl: `fetch()` for one, `run_session()` for a few."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Generic, TypeVar

from scrapy import Request, Spider, signals
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response

from malim_scraper.errors import MalimError
from malim_scraper.runner import make_settings
from malim_scraper.spiders.arguments import read_portal
from malim_scraper.spiders.failures import tell_cause
from malim_scraper.urls import Site

T = TypeVar("T")
_REDIRECTS = 4
_WORDS = {
    "Forbidden by robots.txt": "robots.txt forbids it",
    "no-page": "it is a picture, document or archive, no page",
    "too-large": "it is larger than 20 MB",
    "retry-after": "the host asks to be left alone for now; try again later",
}


class FetchError(MalimError):
    """A page that could not be fetched. reason: why, in a few words."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}.")
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server sent it. url: where redirects led to. headers: names in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_html(self) -> bool:
        """Whether the answer is a web page, by its Content-Type or, without one, by its first bytes."""
        kind = self.headers.get("content-type", "").lower()
        return "html" in kind if kind else self.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


@dataclass(slots=True)
class Session:
    """Fetches pages one after the other.

    limit: requests at most, robots.txt, redirects and retries included. robots: the answer for robots.txt, once a page
    has been asked for and there was one.
    """

    limit: int
    robots: Fetched | None = None
    _spider: Spider | None = field(default=None, repr=False)

    @property
    def requests(self) -> int:
        """How many requests have been sent."""
        stats = self._spider.crawler.stats if self._spider else None
        return int(stats.get_value("downloader/request_count", 0)) if stats else 0

    @property
    def left(self) -> int:
        """How many requests may still be sent."""
        return max(0, self.limit - self.requests)

    async def get(self, url: str) -> Fetched:
        """Fetch one page; a FetchError says why it could not be."""
        engine = self._spider.crawler.engine if self._spider else None
        if engine is None or not self.left:
            raise FetchError(url, f"the {self.limit} requests are used up")
        try:
            response = await engine.download_async(Request(url, dont_filter=True))
        except Exception as error:  # whatever happened to the connection is told, not raised
            raise FetchError(url, _reason(error, url)) from error
        if response.status != 200:
            raise FetchError(url, f"HTTP {response.status}")
        return _fetched(response)


def fetch(url: str, *, settings: Mapping[str, str] | None = None) -> Fetched:
    """Fetch one HTML page; robots.txt is obeyed. One call per process, since it uses the reactor.

    settings: Scrapy's, by name. Raises UsageError for an address of another scheme, and FetchError with the cause for a
    page that cannot be fetched or is no HTML.
    """
    async def job(session: Session) -> Fetched:
        return await session.get(url)

    page = run_session(job, url=url, limit=2 * _REDIRECTS, settings={"DOWNLOAD_DELAY": "0", **(settings or {})})
    if not page.is_html:
        raise FetchError(url, f"it is no HTML page ({page.headers.get('content-type', 'no Content-Type')})")
    return page


def run_session(job: Callable[[Session], Awaitable[T]], *, url: str, limit: int,
                settings: Mapping[str, str] | None = None) -> T:
    """Run a job that fetches pages of one portal, with the project's settings, and return its result.

    url: an address of the portal: only its host is asked. limit: requests at most. Blocks; one call per process.
    Raises what the job raises, and UsageError for an address of another scheme. A signal ends the process: 130 or 143.
    """
    read_portal(None, url)
    process = CrawlerProcess(make_settings({
        "LOG_ENABLED": False, "RETRY_TIMES": 1, "REDIRECT_MAX_TIMES": _REDIRECTS, "METAREFRESH_ENABLED": False,
        **(settings or {})}))
    run = _Run(job, Session(limit))
    process.crawl(_SessionSpider, url=url, run=run)
    return _finish(process, run)


@dataclass(slots=True)
class _Run(Generic[T]):
    job: Callable[[Session], Awaitable[T]]
    session: Session
    result: list[T] = field(default_factory=list)
    error: Exception | None = None


def _finish(process: CrawlerProcess, run: _Run[T]) -> T:
    stopped: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        from twisted.internet import reactor

        running: Any = reactor
        stopped.append(number)
        running.callFromThread(running.stop)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        process.start(install_signal_handlers=False)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if stopped:
        raise SystemExit(128 + stopped[0])
    if run.error is not None:
        raise run.error
    if not run.result:
        raise MalimError("nothing was fetched.")
    return run.result[0]


class _SessionSpider(Spider):
    name = "session"

    def __init__(self, url: str, run: _Run[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.site = Site.of([url])
        self.run = run

    async def start(self) -> AsyncIterator[Request]:
        """Run the job; the spider itself asks for nothing."""
        self.run.session._spider = self
        self.crawler.signals.connect(self.keep_robots, signal=signals.response_received)
        try:
            self.run.result.append(await self.run.job(self.run.session))
        except Exception as error:  # raised again once the reactor has stopped
            self.run.error = error
        return
        yield  # an async generator is what Scrapy wants

    def keep_robots(self, response: Response, request: Request) -> None:
        """Keep the answer for robots.txt."""
        if request.meta.get("dont_obey_robotstxt"):
            self.run.session.robots = _fetched(response)


def _fetched(response: Response) -> Fetched:
    headers = {name.decode("latin-1").lower(): (response.headers.get(name) or b"").decode("latin-1")
               for name in response.headers}
    return Fetched(response.url, response.status, headers, response.body)


def _reason(error: Exception, url: str) -> str:
    text = tell_cause(error)
    kind, _, address = text.partition(": ")
    if kind in ("foreign-host", "private-address"):
        what = "another host" if kind == "foreign-host" else "an address inside a private network"
        return f"it leads to {address}, {what}; name that address instead" if address != url else f"it is {what}"
    return _WORDS.get(kind, text)
