"""The desk of a running crawl: which page comes next, what became of each, what was counted."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector

from malim_scraper.dataset import Frontier, PageRow, Store, refresh, thrift
from malim_scraper.dataset.wordings import find_strangers
from malim_scraper.discovery.addresses import UrlShapes
from malim_scraper.discovery.traps import Patience
from malim_scraper.errors import MalimError
from malim_scraper.items import Article
from malim_scraper.profiles import Portal
from malim_scraper.profiles.rules import rules_of
from malim_scraper.spiders.arguments import Options
from malim_scraper.spiders.durations import Durations
from malim_scraper.urls import Homes, Site, article_url, fold_url, is_file, url_key
from malim_scraper.urls.hosts import portal_key

_KNOWN_FORMS = 500  # pages of earlier runs whose addresses tell what those of articles look like
_LIKE_ARTICLES = 2.5  # of 3
MAX_ERRORS = 30  # pages failed in a line, or three of four in all, after which a portal is left alone
_MOST_PATIENT = 90  # failed in a line on a portal that gave many pages before: a cluster of dead links, or an outage


@dataclass(slots=True)
class Visit:
    """A fetched page whose article is on its way through the pipelines.

    etag, modified: its validators, which count when the article is stored. parts: its further pages.
    visible: the fields that the visible page gives or confirms.
    """

    page: PageRow
    crawled_at: datetime
    etag: str | None = None
    modified: str | None = None
    parts: list[PageRow] = field(default_factory=list)
    visible: list[str] = field(default_factory=list)


class Desk:
    """What spider, scheduler and pipelines of one crawl share.

    homes: in which form the portal's hosts answer. failure: what ends the crawl, such as a full disk. is_stopping:
    whether a signal ends it. is_left_alone: whether the portal does not want to be asked any more. last_error: URL and
    cause of the last page that failed. extraction: how long pages took to read.
    """

    def __init__(self, portal: Portal, store: Store, options: Options, crawler: Crawler, *, is_profile: bool) -> None:
        self.portal = portal
        self.profile = portal if is_profile else None
        self.timezone = portal.timezone or options.timezone
        self.site = Site.of(portal.start_urls, portal.hosts)
        self.store = store
        self.frontier = Frontier(store.state, portal_key(portal.name, portal.start_urls[0]))
        self.options = options
        self._crawler = crawler
        self.shapes = UrlShapes(rules=rules_of(self.profile))
        self.patience = Patience()
        self.homes = Homes()
        self.visits: dict[str, Visit] = {}
        self.has_sitemaps = False
        self.failure: MalimError | None = None
        self.is_stopping = False
        self.is_left_alone = False
        self._allowance: int | None = None
        self._errors = self._errors_in_line = 0
        self._stumbled: list[int] | None = []
        self._retried: frozenset[int] = frozenset()
        self.last_error: str | None = None
        self.extraction = Durations()
        self._begun = time.monotonic()

    def begin(self) -> None:
        """Put in line what this run begins with."""
        state, name = self.store.state, self.frontier.portal
        if not self.options.full:
            self._allowance = thrift.allowance(state, name)
            self.patience.remember(thrift.barren_spaces(state, name))
        self.line_up(self.frontier)
        self.learn()
        self.store.commit()

    def line_up(self, frontier: Frontier) -> None:
        """Put the start pages in line, and what this run asks for again."""
        options = self.options
        refresh.begin(frontier, refresh_days=options.refresh, is_full=options.full, since=options.since)
        for url in self.portal.start_urls:
            frontier.add(article_url(url), kind="start", rank=refresh.FIRST + 3)

    def learn(self) -> None:
        """Learn from the pages of earlier runs what the addresses of articles look like."""
        for url, is_article in self.frontier.newest(_KNOWN_FORMS):
            self.shapes.learn(url, is_article=is_article)

    def end(self) -> None:
        """Note what the next run is to know, after a run that ended by itself."""
        thrift.note_barren(self.store.state, self.frontier.portal, self.patience.left())
        if not self.frontier.is_waiting():
            thrift.note_complete(self.store.state, self.frontier.portal)

    @property
    def seconds(self) -> float:
        """How long the crawl has been under way."""
        return time.monotonic() - self._begun

    @property
    def stats(self) -> StatsCollector:
        """The counts of the crawl; from its start on."""
        return self._crawler.stats

    @property
    def has_failed(self) -> bool:
        """Whether the portal gave nothing, or wants to be left alone, or nothing can be stored."""
        is_cut = self.is_stopping or self.is_limit_reached
        return self.failure is not None or self.is_left_alone or (self.is_unanswered and not is_cut)

    @property
    def is_unanswered(self) -> bool:
        """Whether nothing could be fetched so far."""
        return not self.counted("responses")

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be fetched, although pages may wait."""
        return self.is_stopping or self.is_left_alone or self.is_full or self.is_spent

    @property
    def is_full(self) -> bool:
        """Whether nothing more can be stored."""
        return self.failure is not None or self.is_limit_reached

    @property
    def is_spent(self) -> bool:
        """Whether a run over a known portal has sent what it may for so little news; the rest waits for the next."""
        if self._allowance is None:
            return False
        sent, finds = self.spent()
        return sent >= self._allowance + thrift.PER_FIND * finds

    def spent(self) -> tuple[int, int]:
        """Return the requests that were sent and the records that were stored."""
        sent = int(self.stats.get_value("downloader/request_count", 0))
        return sent, self.counted("stored") + self.counted("revisions")

    @property
    def is_limit_reached(self) -> bool:
        """Whether as many records are stored as were asked for."""
        limit = self.options.limit
        return limit is not None and self.store.written >= limit

    def is_waiting(self) -> bool:
        """Whether a page is left to fetch."""
        return not self.is_over and self.frontier.is_waiting()

    async def more(self, take: Callable[[], Any]) -> AsyncIterator[Any]:
        """Yield what `take` gives when it comes from elsewhere while the crawl runs; here nothing does."""
        return
        yield

    def may_store(self, article: Article) -> bool:
        """Tell whether the record of a judged article may be written."""
        return not self.is_full

    def take(self) -> PageRow | None:
        """Return the next page, passing over those of spaces that have been left."""
        while not self.is_over:
            page = self.frontier.take() or self._second_chance()
            if page is None:
                return None
            if self.store.forgets(page.url):
                self.leave_out(page, "forgotten")
            elif page.kind != "page" or not self.patience.is_over(page.url):
                return page
            else:
                self.leave_out(page, "endless-space")
        return None

    def stumble(self, page: PageRow) -> None:
        """Note a page that failed for a reason that may pass: it gets a second chance at the end of the run."""
        if page.tries == 0 and self._stumbled is not None:
            self._stumbled.append(page.id)

    def is_told(self, page: PageRow) -> bool:
        """Tell whether the page failed before in this run, so that it is counted and told already."""
        return page.id in self._retried

    def _second_chance(self) -> PageRow | None:
        """Return the first of the pages that stumbled, once nothing else waits; of an outage none."""
        if not self._stumbled:
            return None
        pages, self._stumbled = self._stumbled, None
        if len(pages) > max(MAX_ERRORS, self.counted("responses") // 5):
            return None
        self._retried = frozenset(pages)
        self.frontier.retry(pages)
        return self.frontier.take()

    def looks_like_article(self, page: PageRow) -> bool:
        """Tell whether a page was an article before, or has the address of one: nearly all of that form are."""
        return page.article is not None or self.shapes.likeness(page.url) >= _LIKE_ARTICLES

    def leave_out(self, page: PageRow, why: str) -> None:
        """Give a page up for good."""
        self.count(f"left_out/{why}")
        self.frontier.left_out(page, why)
        self.store.changed()

    def settle(self, article: Article, outcome: str) -> Visit:
        """Note what became of an article and of the pages that it stood on."""
        visit = self.visits.pop(article.url)
        if visit.page.outcome != "article":
            self.frontier.take_as_own(find_strangers(self.store.state, self.frontier.portal, visit.page.url, article))
        self.frontier.done(visit.page, outcome, article=article.id or None, published=article.date_published,
                           etag=visit.etag, modified=visit.modified)
        for part in visit.parts:
            self.frontier.done(part, "part", article=article.id or None)
        self.store.changed()
        return visit

    def reward(self, page: PageRow) -> None:
        """A page turned out to be a new article: what led to it was worth fetching."""
        self.patience.rewarded(page.url)
        parent = self.frontier.get(page.parent) if page.parent is not None else None
        if parent is not None:
            self.patience.rewarded(parent.url)
            self.frontier.found_article(parent.id)

    def put_back(self, article: Article) -> None:
        """Let the pages of an article wait for the next run, as if they had not been fetched."""
        visit = self.visits.pop(article.url)
        self.frontier.again([visit.page.id])
        self.frontier.drop_parts(part.id for part in visit.parts)

    def follow(self, url: str, *, rank: float, parent: PageRow, lastmod: str | None = None) -> bool:
        """Put an address in line if it may be fetched; returns whether it is new."""
        plain = article_url(url)
        if not self.site.owns(plain) or is_file(plain) or not self.shapes.may_follow(plain):
            return False
        is_new = self.frontier.add(plain, rank=rank, parent=parent.id, lastmod=lastmod)
        if url != plain and url_key(url) != url_key(plain):
            self.frontier.add_form(fold_url(url), plain, rank=rank, parent=parent.id)
        return is_new

    def note_answer(self, *, is_good: bool) -> None:
        """Count an answer; a portal that answers with errors alone, or mostly, is left alone."""
        if is_good:
            self._errors_in_line = 0
            self.count("responses")
            return
        self._errors += 1
        self._errors_in_line += 1
        is_mostly = self._errors > 3 * self.counted("responses")
        patience = min(MAX_ERRORS + self.counted("responses") // 4, _MOST_PATIENT)
        if self._errors_in_line >= patience or (is_mostly and self._errors >= MAX_ERRORS):
            self.is_left_alone = True

    def count(self, name: str, by: int = 1) -> None:
        """Count under a name of this program's own."""
        self.stats.inc_value(f"malim/{name}", by)

    def counted(self, name: str) -> int:
        """Return a count."""
        return int(self.stats.get_value(f"malim/{name}", 0))


def now() -> float:
    """Return the time as ranks use it: Unix seconds."""
    return time.time()


def clock() -> datetime:
    """Return the time of day, aware."""
    return datetime.now(UTC)
