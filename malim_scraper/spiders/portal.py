"""`PortalSpider`: crawls any portal, by what its pages are, whatever their markup and addresses."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Self

from scrapy import Request, Spider, signals
from scrapy.http import Response, TextResponse, XmlResponse
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.task import deferLater
from twisted.python.failure import Failure

from malim_scraper.dataset import Folder, PageRow, Run, State, Store, refresh
from malim_scraper.dataset.runs import utc_now
from malim_scraper.dataset.state import told
from malim_scraper.errors import DatasetError, MalimError
from malim_scraper.extraction import normalise, parse
from malim_scraper.items import Article
from malim_scraper.profiles.secrets import Access, read_access
from malim_scraper.spiders.arguments import Options, check_names, open_folder, read_portal
from malim_scraper.spiders.desk import Desk, clock
from malim_scraper.spiders.documents import read_document
from malim_scraper.spiders.failures import GONE, is_refused, is_refused_for_now, kind_of, may_pass, status_of, tell
from malim_scraper.spiders.ledger import conclude
from malim_scraper.spiders.masking import mask_settings
from malim_scraper.spiders.pages import guess_sitemaps, read_html, validators
from malim_scraper.spiders.parts import join_part
from malim_scraper.urls import Site, absolute, article_url, url_key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)
_SETTINGS: dict[str, Any] = {
    "SCHEDULER": "malim_scraper.spiders.scheduler.FrontierScheduler",
    "CONCURRENT_ITEMS": 1,  # a page has one article; Scrapy 2.19 starts that many tasks for each response
    "SPIDER_MIDDLEWARES": {  # what they look after, the frontier does
        "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
        "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    },
}


class PortalSpider(Spider):
    """Crawls the portal at an address.

    Arguments, all text as `-a` gives them: `url` (http or https), or `portal` (name of a profile or path of its TOML
    file); `limit` (records), `since` (day), `refresh` (days), `full`, `timezone` (IANA name).
    arguments: their names. run, failures: of a crawl that nobody else sums up, what it did and what made it fail.
    """

    name = "portal"
    custom_settings = _SETTINGS
    arguments = frozenset(("url", "portal", "limit", "since", "refresh", "full", "timezone"))
    has_begun = False
    run: Run
    failures: Sequence[str] = ()
    desk: Desk
    site: Site
    access = Access()
    reading = 0  # sitemaps and feeds in the middle of whose reading the spider is: what they name comes first

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Make the spider; UsageError for arguments that cannot be read, DatasetError for an unusable folder."""
        store: Store | None = kwargs.pop("store", None)
        options = kwargs.pop("options", None)
        target = kwargs.pop("target", None)
        make_desk: Callable[..., Desk] = kwargs.pop("make_desk", Desk)
        check_names(kwargs, cls.arguments)
        options = options or Options.read(kwargs)
        portal, is_profile = target or read_portal(kwargs.get("portal"), kwargs.get("url"))
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.settings.setdict(portal.all_settings(), priority="spider")
        spider.access = read_access(portal)
        if spider.access.plain:
            headers = {**crawler.settings.getdict("DEFAULT_REQUEST_HEADERS"), **spider.access.plain}
            crawler.settings.set("DEFAULT_REQUEST_HEADERS", headers, priority="spider")
        mask_settings(crawler.settings)
        is_on_its_own = store is None
        own = open_folder(crawler.settings.get("DATASET_DIR")) if is_on_its_own else None
        store = own.store if own else store or Store(State(None))
        spider.desk = make_desk(portal, store, options, crawler, is_profile=is_profile)
        spider.site = spider.desk.site
        if is_on_its_own:
            spider.keep(own)
        crawler.signals.connect(spider.read_robots, signal=signals.robots_parsed)
        return spider

    def keep(self, folder: Folder | None) -> None:
        """Sum up this run when nobody else does: in a line of the folder that the spider opened itself, if any."""
        self.run = Run(started_at=utc_now())
        if folder is not None:
            folder.begin(self.run)

        def closed(reason: str) -> None:
            self.failures = conclude(self.run, [self.desk], is_stopped=reason == "shutdown")
            try:
                if folder is not None:
                    folder.end(self.run)
            except DatasetError as error:
                self.failures = self.failures or [str(error)]
                logger.error("%s", error)

        self.crawler.signals.connect(closed, signal=signals.spider_closed, weak=False)

    async def start(self) -> AsyncIterator[Any]:
        """Put the first pages in line; the scheduler takes them from there."""
        self.has_begun = True
        try:
            with told(self.desk.store.state.path):
                self.desk.begin()
        except DatasetError as error:
            self.fail(error)
        async for request in self.desk.more(self.next_request):
            yield request

    def read_robots(self, robotparser: Any, request: Request) -> None:
        """Put the sitemaps in line that robots.txt names, if this is a crawl and no `scrapy parse`."""
        if not self.has_begun:
            return
        for place, named in enumerate(getattr(getattr(robotparser, "rp", None), "sitemaps", ())):
            url = absolute(named, request.url)
            if url is not None and self.site.owns(url):
                self.desk.has_sitemaps = True
                try:
                    self.desk.frontier.add(url, kind="sitemap", rank=refresh.FIRST + 1 - place / 1_000)
                except (DatasetError, sqlite3.Error) as error:
                    self.fail(error)

    def is_waiting(self) -> bool:
        """Tell the scheduler whether a page is left to fetch."""
        return self.desk.is_waiting()

    def next_request(self) -> Request | None:
        """Return the request for the next page, or None when none waits or enough are under way."""
        engine = self.crawler.engine
        most = self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        if engine is None or self.reading or len(engine.downloader.active) > most:
            return None
        try:
            page = self.desk.take()
        except (DatasetError, sqlite3.Error) as error:
            self.fail(error)
            return None
        if page is None:
            return None
        self.desk.count("requests")
        meta: dict[str, Any] = {"page": page}
        if page.etag or page.modified:
            meta["handle_httpstatus_list"] = [304]
        read = self.parse_document if page.kind in ("sitemap", "feed") else self.parse
        return Request(self.desk.homes.address(page.url), callback=read, errback=self.failed, dont_filter=True,
                       meta=meta)

    def parse(self, response: Response, **kwargs: Any) -> Iterator[Article | Request | None]:
        """Read a response of any kind; None comes after each slice of a long document."""
        try:
            for found in self._read(response):
                yield self._part(found) if isinstance(found, Request) else found
        except (DatasetError, sqlite3.Error) as error:
            self.fail(error)
        except Exception:  # a page must not end the crawl; it is tried again in a later run
            logger.exception("%s: could not be read", response.url)
            self.desk.count("errors")
            self.desk.frontier.failed(response.meta["page"])

    async def parse_document(self, response: Response) -> AsyncIterator[Article | Request]:
        """Read a sitemap or feed in slices, between which signals and other crawls have their turn."""
        self.reading += 1
        try:
            for found in self.parse(response):
                if found is not None:
                    yield found
                elif self.desk.is_stopping:
                    return  # it waits for the next run
                else:
                    await _breathe()
        finally:
            self.reading -= 1

    def _read(self, response: Response) -> Generator[Article | Request | None]:
        asked: PageRow = response.meta["page"]
        self.desk.note_answer(is_good=True)
        self.desk.homes.learn(response.url)
        page = self._arrive(asked, response)
        if page is None:
            return
        if response.status == 304:
            self.desk.count("not_modified")
            self.desk.frontier.unchanged(page)
        elif page.kind in ("sitemap", "feed") or isinstance(response, XmlResponse):
            is_document = yield from read_document(self.desk, page, response)
            outcome = page.kind if is_document else "other"
            etag, modified = validators(response)
            self.desk.frontier.done(page, "feed" if outcome == "page" else outcome, etag=etag, modified=modified)
        elif isinstance(response, TextResponse) and response.body:
            yield from read_html(self.desk, page, response, is_start=asked.kind == "start")
            return
        else:
            self.desk.leave_out(page, "no-page")
        self.desk.store.changed()

    def _arrive(self, asked: PageRow, response: Response) -> PageRow | None:
        """Return the page that a response is of: behind a redirect another one, or None when that is known."""
        if url_key(asked.url) in (url_key(response.url), url_key(article_url(response.url))):
            return asked
        self.desk.frontier.done(asked, "redirected", target=response.url)
        self.desk.store.changed()
        page = self.desk.frontier.claim(article_url(response.url), asked=asked)
        if page is None:
            known = self.desk.frontier.find(response.url)
            if known is not None and known.outcome == "moved":  # its canonical address leads back to it
                self.desk.frontier.disappoint(asked)
            self.desk.patience.visited(asked.url)
        return page

    def parse_article(self, response: TextResponse) -> Iterator[Article]:
        """Read one page as an article and nothing else, for `scrapy parse -c parse_article`; dates are ISO 8601."""
        desk = self.desk
        article = parse(response.selector, url=response.url, portal=desk.profile)
        if article is not None:
            yield normalise(article, crawled_at=clock(), timezone=desk.timezone)

    def parse_part(self, response: Response, article: Article, part: PageRow) -> Iterator[Article | Request]:
        """Read a further page of an article."""
        try:
            for found in join_part(self.desk, article, part, response):
                yield self._part(found) if isinstance(found, Request) else found
        except (DatasetError, sqlite3.Error) as error:
            self.fail(error)

    def _part(self, request: Request) -> Request:
        return request.replace(callback=self.parse_part, errback=self.part_failed)

    def part_failed(self, failure: Failure) -> Iterator[Article]:
        """A further page failed: the article is tried again in a later run, stored without it after two."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        article, part = request.cb_kwargs["article"], request.cb_kwargs["part"]
        visit = self.desk.visits[article.url]
        self.desk.frontier.drop_parts([part.id])
        if self.desk.is_stopping or is_refused_for_now(failure):
            self.desk.put_back(article)
            return
        self._count_error(request.url, failure)
        if visit.page.tries < 2:
            self.desk.frontier.failed(visit.page)
            self.desk.frontier.drop_parts(taken.id for taken in self.desk.visits.pop(article.url).parts)
            return
        article.warnings.append("part-missing")
        yield article

    def failed(self, failure: Failure) -> None:
        """Note a page that could not be fetched; the crawl goes on."""
        request: Request = failure.request  # type: ignore[attr-defined]  # set by Scrapy
        page: PageRow = request.meta["page"]
        try:
            self._note_failure(page, failure)
        except (DatasetError, sqlite3.Error) as error:
            self.fail(error)

    def _note_failure(self, page: PageRow, failure: Failure) -> None:
        desk = self.desk
        status = status_of(failure)
        if page.kind == "start" and status and not desk.has_sitemaps:
            guess_sitemaps(desk, page)
        if desk.is_stopping or is_refused_for_now(failure):
            desk.is_left_alone = desk.is_left_alone or not desk.is_stopping
            desk.frontier.again([page.id])
            desk.last_error = f"{page.url}: {tell(failure)}"
        elif is_refused(failure):
            desk.frontier.left_out(page, "refused")
            desk.last_error = desk.last_error or f"{page.url}: {tell(failure)}"
        else:
            if status not in GONE or page.kind == "start":
                if not desk.is_told(page):
                    self._count_error(page.url, failure)
            elif page.kind == "page":
                desk.count("gone")
            desk.frontier.failed(page, is_gone=status in GONE)
            if may_pass(failure):
                desk.stumble(page)
            desk.frontier.disappoint(page)
            desk.patience.visited(page.url)
        desk.store.changed()

    def _count_error(self, url: str, failure: Failure) -> None:
        self.desk.count("errors")
        self.desk.count(f"error/{kind_of(failure)}")
        if status_of(failure) not in GONE:
            self.desk.note_answer(is_good=False)
        self.desk.last_error = f"{url}: {tell(failure)}"
        if self.desk.counted("responses"):  # else nothing can be fetched at all, which is told at the end
            logger.warning("%s: %s", url, tell(failure), extra={"url": url, "portal": self.desk.portal.name})

    def fail(self, error: Exception) -> None:
        """End the crawl after the pages under way: what it has to store cannot be stored."""
        if self.desk.failure is None:
            self.desk.failure = error if isinstance(error, MalimError) else DatasetError(str(error))
            logger.error("%s", self.desk.failure)


async def _breathe() -> None:
    """Give everything else that the reactor has to do its turn."""
    from twisted.internet import reactor

    await maybe_deferred_to_future(deferLater(reactor, 0))
