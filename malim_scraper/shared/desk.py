"""The desk of one of several workers."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, Any

from malim_scraper.dataset import Frontier, PageRow, State, thrift
from malim_scraper.dataset.lock import is_locked
from malim_scraper.dataset.shards import gather
from malim_scraper.items import Article
from malim_scraper.shared.crew import BEATS, Crew
from malim_scraper.shared.errors import SharedError
from malim_scraper.shared.frontier import SharedFrontier
from malim_scraper.shared.store import SharedStore
from malim_scraper.spiders.desk import Desk

if TYPE_CHECKING:
    from malim_scraper.dataset import Folder
    from malim_scraper.shared.server import Server

_POLL = 0.1  # seconds between two looks at a frontier in which nothing waited
_UNFIT = re.compile(r"[^\w.:]+")


class SharedDesk(Desk):
    """What spider, scheduler and pipelines of one worker's crawl share; frontier and what is stored are in Redis.

    server: the connection. crew: this worker's place.
    """

    frontier: SharedFrontier
    store: SharedStore

    def __init__(self, *args: Any, server: Server, folder: Folder, on_joined: Callable[[Crew], None],
                 **kwargs: Any) -> None:
        """on_joined: called when the crawl has begun or was joined."""
        super().__init__(*args, **kwargs)
        self.server = server
        self._folder = folder.path
        self._on_joined = on_joined
        self._later: set[str] = set()
        name = self.frontier.portal
        prefix = f"malim:{_UNFIT.sub('-', folder.path.resolve().name)}:{_UNFIT.sub('-', name)}:"
        self.crew = Crew(server, prefix, worker=folder.worker or "", place=f"{gethostname()}:{folder.path.resolve()}",
                         life=self._crawler.settings.getfloat("REDIS_WORKER_LIFE"),
                         is_dead=lambda worker: not is_locked(folder.path / f".lock-{worker}"))
        self.frontier = SharedFrontier(self.store.state, name, self.crew)
        self.store.add(self.portal.name, self.crew, self.frontier)

    def begin(self) -> None:
        """Join the crawl, or begin it with what the folder knows."""
        try:
            if self.crew.join():
                self._begin_all(self._folder)
            notes = self.crew.notes()
            self._on_joined(self.crew)
        except SharedError as error:
            self.failure = error
            return
        if not self.options.full:
            self._allowance = notes["allowance"]
            self.patience.remember(notes["barren"])
        self.learn()
        self.store.commit()
        self._beat()

    def _begin_all(self, folder: Path) -> None:
        with self.crew.beginning(), closing(State(None)) as state:
            gather(folder, state)
            name = self.frontier.portal
            self.line_up(Frontier(state, name))
            self.crew.seed(state, name)
            self.crew.begin({"allowance": thrift.allowance(state, name), "barren": thrift.barren_spaces(state, name)})

    def _beat(self) -> None:
        if self.is_over:
            return
        try:
            self.crew.beat()
        except SharedError as error:
            self.failure = error
            return
        asyncio.get_running_loop().call_later(self.crew.life / BEATS, self._beat)

    async def more(self, take: Callable[[], Any]) -> AsyncIterator[Any]:
        """Yield what `take` gives while a page waits anywhere, or a worker has one that may lead to more."""
        while not self.is_over:
            found = take()
            if found is not None:
                yield found
            elif not self.is_waiting():
                return
            else:
                await asyncio.sleep(_POLL)

    @property
    def is_unanswered(self) -> bool:
        """Whether this worker had pages to fetch and no worker an answer; one that came late may have had none."""
        return bool(self.counted("requests")) and not self.crew.read and super().is_unanswered

    def end(self) -> None:
        """Note in the own state what the next crawl is to know."""
        try:
            super().end()
        except SharedError as error:
            self.failure = self.failure or error

    def is_waiting(self) -> bool:
        """Whether a page is left to fetch, by this worker or another."""
        try:
            return super().is_waiting()
        except SharedError as error:
            self.failure = self.failure or error
            return False

    def take(self) -> PageRow | None:
        """Return the next page."""
        page = super().take()
        self.store.hear()
        return page

    def spent(self) -> tuple[int, int]:
        """Return the pages that all workers took, and the records that they stored."""
        return self.crew.taken, self.crew.stored

    def may_store(self, article: Article) -> bool:
        """Tell whether the record of a judged article may be written; then nobody else writes it."""
        if self.is_full:
            return False
        answer = self.store.claim(article, limit=self.options.limit)
        if answer == "full" and self.options.limit is not None:
            self.store.written = max(self.store.written, self.options.limit)
        if answer == "later":
            self._later.add(article.url)
        return answer == "yes"

    def put_back(self, article: Article) -> None:
        """Let the pages of an article wait, as if they had not been fetched: for the next crawl when it must be."""
        page = self.visits[article.url].page
        super().put_back(article)
        if article.url in self._later:
            self.frontier.leave(page)
