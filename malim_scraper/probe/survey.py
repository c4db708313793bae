"""A probe of a live portal: a dozen requests, robots.txt included, and what they tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

from protego import Protego

from malim_scraper.discovery.addresses import url_shape
from malim_scraper.discovery.entrances import guessed_feeds, guessed_sitemaps, named_feeds
from malim_scraper.discovery.links import Links, find_links
from malim_scraper.fetching import Fetched, FetchError, Session
from malim_scraper.probe.conclude import Findings
from malim_scraper.probe.report import Robots, Source
from malim_scraper.probe.samples import Read
from malim_scraper.probe.sources import Addresses, read_source
from malim_scraper.profiles import Portal
from malim_scraper.urls import Site, article_url, is_file

MAX_REQUESTS = 12
ARTICLES = 2
_RESERVED = 4  # requests kept for a listing and the articles
_SITEMAPS, _GUESSES = 4, 2
_COMMON = 0.15  # share of addresses of one form from which a second sample of another form is worth a request


@dataclass(slots=True)
class Survey:
    """One probe. agent: the User-Agent for which robots.txt is read. on_step: told what is asked for next."""

    session: Session
    target: str
    agent: str
    on_step: Callable[[str], None]
    portal: Portal | None = None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    async def run(self) -> Findings:
        """Ask and read; a FetchError when the start page cannot be had."""
        start = await self._start()
        hosts = self.portal.hosts if self.portal else ()
        found = Findings(self.target, start, Site.of([start.url], hosts), self.portal, self.now)
        if found.learn(start):
            home = urljoin(start.url, "/")
            found.start = await self._read(home, found) or start
        found.robots = self._robots(start.url)
        self._see_links(found, found.start)
        await self._sitemaps(found)
        await self._feeds(found)
        await self._listing(found)
        await self._articles(found)
        found.requests = self.session.requests
        return found

    async def _start(self) -> Read:
        self.on_step(self.target)
        answer = await self.session.get(self.target)
        return Read(answer.url, answer.url, answer.body, answer.headers)

    async def _read(self, url: str, found: Findings) -> Read | None:
        answer = await self._get(url, found)
        return Read(answer.url, answer.url, answer.body, answer.headers) if answer else None

    async def _get(self, url: str, found: Findings, *, is_guess: bool = False) -> Fetched | None:
        self.on_step(url)
        try:
            return await self.session.get(url)
        except FetchError as error:
            if not is_guess:
                found.problems.append(str(error))
            return None

    def _robots(self, url: str) -> Robots:
        answer = self.session.robots
        if answer is None or answer.status != 200:
            return Robots(answer.status if answer else 0)
        rules = Protego.parse(answer.body.decode("utf-8", "replace"))
        return Robots(200, rules.can_fetch(url, self.agent), rules.crawl_delay(self.agent), list(rules.sitemaps))

    def _see_links(self, found: Findings, read: Read) -> Links:
        links = find_links(read.page, found.site) if read.page else Links()
        found.see(links, read)
        return links

    async def _sitemaps(self, found: Findings) -> None:
        named = [url for url in (found.robots.sitemaps if found.robots else []) if found.site.owns(url)]
        waiting = named[:_SITEMAPS] or guessed_sitemaps(found.start.url)[:_GUESSES]
        asked = 0
        while waiting and asked < _SITEMAPS and self.session.left > _RESERVED + 1:
            url = waiting.pop(0)
            asked += 1
            read = await self._source(url, found, is_guess=not named)
            if read is not None:
                news = [child for child in read.children if "news" in child or "post" in child]
                waiting = list(dict.fromkeys([*news[:1], *read.children[:2], *(waiting if named else [])]))

    async def _feeds(self, found: Findings) -> None:
        named = named_feeds(found.start.page) if found.start.page else []
        for url in named[:_GUESSES] or guessed_feeds(found.start.url)[:_GUESSES]:
            if self.session.left <= _RESERVED:
                return
            read = await self._source(url, found, is_guess=not named)
            if read is not None and read.sure:
                return

    async def _source(self, url: str, found: Findings, *, is_guess: bool) -> Addresses | None:
        answer = await self._get(url, found, is_guess=is_guess)
        read = read_source(answer.body, answer.url, self.now) if answer else None
        if read is not None:
            found.sources.append(read)
        elif answer is not None and not is_guess:
            found.sources.append(Addresses(Source(url, "neither sitemap nor feed")))
        return read

    async def _listing(self, found: Findings) -> None:
        url = next(iter(found.listings), None)
        if url and self.session.left > ARTICLES and (read := await self._read(url, found)):
            self._see_links(found, read)
            found.learn(read)

    async def _articles(self, found: Findings) -> None:
        tried = {article_url(read.url) for read in (found.start, *found.articles)}
        while len(found.articles) < ARTICLES and self.session.left:
            url = self._next(found, tried)
            if url is None:
                return
            tried.add(url)
            if read := await self._read(url, found):
                found.learn(read, asked=True)

    def _next(self, found: Findings, tried: set[str]) -> str | None:
        """The next address to try: the likeliest, after the first article one of another form, if that is common."""
        urls = [url for url in found.candidates() if url not in tried and not is_file(url)]
        known = {url_shape(article_url(read.url)) for read in found.articles}
        shapes = [url_shape(url) for url in urls]
        for url, shape in zip(urls, shapes, strict=True):
            if known and shape not in known and shapes.count(shape) > _COMMON * len(shapes):
                return url
        return urls[0] if urls else None
