"""A crawl from start to end in one call."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy import signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor
from twisted.python.failure import Failure

from malim_scraper.dataset import Folder, Run, State, Store
from malim_scraper.dataset.runs import utc_now
from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extensions.exporter import Exporter, hold
from malim_scraper.items import Article
from malim_scraper.middlewares.slots import drop_waiting, host_slots
from malim_scraper.shared.worker import Order, Worker
from malim_scraper.spiders.arguments import Options
from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.ledger import Ending, end, sum_up
from malim_scraper.spiders.open_files import portals_allowed
from malim_scraper.spiders.portal import PortalSpider
from malim_scraper.spiders.standing import Standing
from malim_scraper.spiders.turns import Target, Turns

logger = logging.getLogger(__name__)
GRACE = 5.0  # seconds after a signal in which answers under way may still arrive
Progress = Callable[[Standing], None]
ArticleHook = Callable[[Article, Crawler], None]


@dataclass(slots=True)
class Result:
    """What a crawl did.

    run: the line of `runs.jsonl`. stopped_by: the number of the signal that stopped it, or 0. failures: of portals, or
    of the folder. waiting: portals that had no turn before it was stopped or had its records.
    """

    run: Run
    stopped_by: int = 0
    failures: list[str] = field(default_factory=list)
    waiting: int = 0

    @property
    def exit_code(self) -> int:
        """0 done, 1 a portal or the folder failed, 3 done but unhealthy, 130 and 143 stopped by a signal."""
        if self.stopped_by:
            return 128 + self.stopped_by
        return 1 if self.failures else 3 if self.run.alarms else 0


def run_crawl(targets: Sequence[Target], *, out: Path | None, options: Options,
              settings: Mapping[str, str] | None = None, on_progress: Progress | None = None,
              on_article: ArticleHook | None = None, order: Order | None = None) -> Result:
    """Crawl portals, PORTALS_AT_ONCE at once, until nothing is left to fetch or a signal comes.

    targets: portals, each with whether it has a profile. out: the dataset folder, or None to keep nothing.
    settings: Scrapy's, by name; they win over profile and defaults. on_progress: called four times a second.
    on_article: called with each article when it is stored, and its crawler. order: makes this process one of several
    workers that write to the folder.
    Blocks; uses the reactor of this process, so one call per process. Raises DatasetError for an unusable folder.
    """
    worker = Worker.start(order, out, patience=make_settings(settings or {}).getfloat("REDIS_PATIENCE")) \
        if order is not None and out is not None else None
    folder = worker.folder if worker else Folder(out) if out is not None else None
    for repair in folder.repairs if folder else ():
        logger.warning("%s: %s", out, repair)
    run = Run(started_at=utc_now(), options={key: value for key, value in asdict(options).items()
                                             if value != getattr(Options(), key)})
    try:
        session = _Session(folder, options, settings or {}, on_progress, on_article)
        if worker is not None:
            session.make_desk = worker.desk_maker(run)
            worker.server.is_stopping = lambda: bool(session.signal)
        if folder is not None:
            folder.begin(run)
        result = session.run(targets, run)
    except BaseException:
        if folder is not None:
            folder.close()
        raise
    if folder is not None:
        try:
            folder.end(run, worker.leave(run) if worker else None)
        except MalimError as error:
            result.failures = result.failures or [str(error)]
    if session.exporter is not None:
        session.exporter.release()
    return result


def make_settings(overrides: Mapping[str, Any]) -> Settings:
    """Return the settings of a crawl.

    overrides: name → value as text; they win over everything. One that cannot be read is a UsageError.
    """
    settings = Settings()
    settings.setmodule("malim_scraper.settings", priority="project")
    before = settings.copy()
    settings.setdict(dict(overrides), priority="cmdline")
    for name in overrides:
        read = {bool: settings.getbool, int: settings.getfloat, float: settings.getfloat}.get(type(before.get(name)))
        try:
            if read is not None:
                read(name)
        except ValueError as error:
            raise UsageError(f"-s {name}={overrides[name]}: {error}.") from error
    return settings


class _Session:
    """One run of the reactor."""

    def __init__(self, folder: Folder | None, options: Options, overrides: Mapping[str, str],
                 on_progress: Progress | None, on_article: ArticleHook | None) -> None:
        self.folder = folder
        self.store = folder.store if folder else Store(State(None))
        self.options = options
        self.settings = make_settings({"LOG_INSTALL_ROOT_HANDLER": "LOG_FILE" in overrides, **overrides})
        self.process = CrawlerProcess(self.settings)
        self.on_progress = on_progress
        self.on_article = on_article
        self.turns = Turns((), 1)
        self.running: dict[Crawler, Target] = {}
        self.endings: list[Ending] = []
        self.left = 0
        self.signal = 0
        self.broken: list[str] = []
        self._is_beginning = False
        self.exporter = self._open_exporter()
        self.make_desk: Callable[..., Desk] = Desk

    def run(self, targets: Sequence[Target], run: Run) -> Result:
        logging.getLogger("scrapy").setLevel(logging.ERROR)
        self.turns = Turns(targets, self._at_once(len(targets)))
        if self.exporter is not None:
            self.exporter.waiting = lambda: [portal.name for portal, _ in self.turns.waiting]
        self._begin_next()
        before = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            if self.on_progress:
                self._tick()
            self.process.start(install_signal_handlers=False)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        return self._conclude(run)

    def _open_exporter(self) -> Exporter | None:
        """Take the place of the figures before the crawl begins, so that a port in use is told at once."""
        place = self.settings.get("METRICS")
        if not place:
            return None
        install_reactor(self.settings["TWISTED_REACTOR"], self.settings["ASYNCIO_EVENT_LOOP"])
        return hold(place, self.folder.path if self.folder else None)

    def _at_once(self, portals: int) -> int:
        wanted = max(1, min(portals, self.settings.getint("PORTALS_AT_ONCE")))
        allowed = portals_allowed(wanted, max(1, self.settings.getint("CONCURRENT_REQUESTS")))
        if allowed < wanted:
            logger.warning("%d portals at once, not %d: the limit of open files (ulimit -n) allows no more", allowed,
                           wanted)
        return allowed

    def _begin_next(self) -> None:
        """Begin the crawls whose turn it is; one that cannot begin ends at once, and the next one is asked."""
        if self._is_beginning:
            return
        self._is_beginning = True
        while (target := self.turns.take()) is not None:
            crawler = self.process.create_crawler(PortalSpider)
            self.running[crawler] = target
            if self.on_article is not None:
                crawler.signals.connect(self._hook(self.on_article, crawler), signal=signals.item_scraped, weak=False)
            started = self.process.crawl(crawler, target=target, options=self.options, store=self.store,
                                         make_desk=self.make_desk)
            started.addErrback(self._note_broken).addBoth(self._ended, crawler)
        self._is_beginning = False

    def _ended(self, _: object, crawler: Crawler) -> None:
        """Keep of a crawl what it did, and nothing else; begin the next one, before the reactor sees none left."""
        self.turns.give_back(self.running.pop(crawler))
        if isinstance(crawler.spider, PortalSpider):
            self.endings.append(end(crawler.spider.desk, is_stopped=bool(self.signal)))
            if crawler.spider.desk.is_full:
                self._let_nobody_begin()
        self._begin_next()

    def _let_nobody_begin(self) -> None:
        self.left += len(self.turns.waiting)
        self.turns.waiting.clear()

    @staticmethod
    def _hook(on_article: ArticleHook, crawler: Crawler) -> Callable[[Article], None]:
        def scraped(item: Article) -> None:
            on_article(item, crawler)

        return scraped

    def _note_broken(self, failure: Failure) -> None:
        self.broken.append(failure.getErrorMessage())

    @property
    def desks(self) -> list[Desk]:
        return [crawler.spider.desk for crawler in self.running if isinstance(crawler.spider, PortalSpider)]

    def _tick(self) -> None:
        if self.on_progress:
            self.on_progress(Standing(self.desks, self.endings, len(self.turns.waiting)))
            _reactor().callLater(0.25, self._tick)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        _reactor().callFromThread(self._stop_now if self.signal else self._stop_soon)
        self.signal = number

    def _stop_soon(self) -> None:
        """Give up what waits for its turn, let answers under way arrive for a while."""
        self._let_nobody_begin()
        for desk in self.desks:
            desk.is_stopping = True
        for crawler in self.running:
            for slot in host_slots(crawler):
                drop_waiting(slot, "stopped")
        self.process.stop()
        _reactor().callLater(GRACE, self._stop_now)

    def _stop_now(self) -> None:
        if _reactor().running:
            _reactor().stop()

    def _conclude(self, run: Run) -> Result:
        is_stopped = bool(self.signal)
        cut = [end(desk, is_stopped=is_stopped) for desk in self.desks]
        failures = sum_up(run, [*self.endings, *cut], is_stopped=is_stopped, broken=self.broken)
        return Result(run, self.signal, failures, self.left)


def _reactor() -> Any:
    """The reactor of this process; importing it installs one, so not before Scrapy has chosen."""
    from twisted.internet import reactor

    return reactor
