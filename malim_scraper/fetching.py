"""`fetch()`: one page, with the manners and bounds of a crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from twisted.python.failure import Failure

from malim_scraper.errors import MalimError
from malim_scraper.runner import make_settings
from malim_scraper.spiders.arguments import read_portal
from malim_scraper.spiders.failures import tell
from malim_scraper.urls import Site


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its server sent it. url: where redirects led to. headers: names in lower case."""

    url: str
    status: int
    headers: dict[str, str]
    body: bytes


def fetch(url: str, *, settings: Mapping[str, str] | None = None) -> Fetched:
    """Fetch one page; robots.txt is obeyed. One call per process, since it uses the reactor.

    settings: Scrapy's, by name. Raises UsageError for an address of another scheme, and MalimError with the cause for a
    page that cannot be fetched.
    """
    read_portal(None, url)
    process = CrawlerProcess(make_settings({"LOG_LEVEL": "ERROR", "DOWNLOAD_DELAY": "0", **(settings or {})}))
    outcome: list[Fetched | str] = []
    process.crawl(_PageSpider, url=url, outcome=outcome)
    process.start()
    found = outcome[0] if outcome else "nothing was received"
    if isinstance(found, str):
        raise MalimError(f"{url}: {found}.")
    return found


class _PageSpider(Spider):
    name = "page"

    def __init__(self, url: str, outcome: list[Fetched | str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.url = url
        self.outcome = outcome
        self.site = Site.of([url])

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, errback=self.failed, dont_filter=True)

    def parse(self, response: Response, **kwargs: Any) -> None:
        headers = {name.decode("latin-1").lower(): response.headers[name].decode("latin-1")  # type: ignore[union-attr]
                   for name in response.headers}
        self.outcome.append(Fetched(response.url, response.status, headers, response.body))

    def failed(self, failure: Failure) -> None:
        self.outcome.append(tell(failure))
