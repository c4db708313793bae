"""From what was fetched or found on disk to the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, zip_longest

from malim_scraper.discovery.addresses import url_shape
from malim_scraper.discovery.links import Links
from malim_scraper.probe.advice import advise
from malim_scraper.probe.patterns import find_patterns
from malim_scraper.probe.places import guess_language, guess_zone
from malim_scraper.probe.report import Pattern, Report, Robots
from malim_scraper.probe.samples import Read, moments_of
from malim_scraper.probe.sources import Addresses
from malim_scraper.probe.technology import find_technology
from malim_scraper.profiles import Portal
from malim_scraper.urls import Site, absolute, article_url, host_of

SAMPLES = 2
MAX_ADDRESSES = 5_000  # of one sitemap, from which patterns are drawn
_COMMON = 0.03  # share of all addresses that a form of address must have to be worth a pattern


@dataclass(slots=True)
class Findings:
    """What is known of a portal while it is probed.

    linked: probable articles of the pages read, likeliest first. listings: addresses of lists. articles: the first
    pages that are articles. failed: the first pages tried as articles that are none. neighbours: hosts beside the
    portal's, with their links. pages: how many were read. languages, moments, urls: of all articles among them.
    """

    target: str
    start: Read
    site: Site
    portal: Portal | None
    now: datetime
    requests: int = 0
    robots: Robots | None = None
    sources: list[Addresses] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)
    listings: list[str] = field(default_factory=list)
    articles: list[Read] = field(default_factory=list)
    failed: list[Read] = field(default_factory=list)
    neighbours: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    pages: int = 0
    languages: list[str] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    def learn(self, read: Read, *, asked: bool = False) -> bool:
        """Note whether a page is an article. asked: it was expected to be one."""
        article = read.explain(portal=self.portal, timezone=None, crawled_at=self.now).article
        self.pages += 1
        if article is not None:
            self.languages.append(article.language)
            self.moments += moments_of(article)
            self.urls.append(article_url(read.url))
        kept = self.articles if article is not None else self.failed
        if len(kept) < SAMPLES and (asked or article is not None):
            kept.append(read)
        return article is not None

    def see(self, links: Links, read: Read) -> None:
        """Note what a page links to."""
        self.linked += [link.url for link in links.articles if link.url not in self.linked]
        self.listings += [link.url for link in (*links.listings, *links.pages) if link.url not in self.listings]
        for link in read.page.links if read.page else ():
            url = absolute(link.href, read.url)
            if url and not self.site.owns(url) and host_of(url).endswith(tuple(f".{host}" for host in self.site.hosts)):
                self.neighbours[host_of(url)] += 1

    def candidates(self) -> Iterator[str]:
        """Yield addresses that may be articles, the likeliest first: named by feeds, linked, in sitemaps."""
        shapes = {url_shape(url) for url in self._sure()} | set(map(url_shape, self.linked))
        others = [url for source in self.sources for url in source.others if url_shape(article_url(url)) in shapes]
        mixed = chain.from_iterable(zip_longest(self._sure(), self.linked))
        for url in dict.fromkeys(article_url(url) for url in (*mixed, *others) if url):
            if self.site.owns(url):
                yield url

    def _sure(self) -> list[str]:
        named = [url for source in self.sources for url in source.sure]
        return [article_url(url) for url in named if self.site.owns(url)]

    def report(self) -> Report:
        """Draw the conclusions."""
        articles, listings = self._patterns()
        language = guess_language(self.languages, self.start.page.lang if self.start.page else "")
        moments = [*self.moments, *(moment for source in self.sources for moment in source.moments)]
        zone = guess_zone(host_of(self.start.url), language.value, moments)
        known = {"portal": self.portal, "timezone": (self.portal.timezone if self.portal else None) or zone.value,
                 "crawled_at": self.now}
        report = Report(
            self.target, self.start.url, self.requests, self.robots, [source.source for source in self.sources],
            articles, listings,
            find_technology(self.start.source, self.start.page, self.start.headers) if self.start.page else {},
            language, zone, [read.sample(**known) for read in (*self.articles, *self.failed)],
            self.pages, len(self.urls), self.problems)
        report.advice = list(advise(report, start_note=self.start.note(), neighbours=self.neighbours))
        return report

    def _patterns(self) -> tuple[list[Pattern], list[Pattern]]:
        shapes = {url_shape(url) for url in (*self._sure(), *self.urls)}
        named = [url for source in self.sources for url in source.others[:MAX_ADDRESSES]]
        likely = [article_url(url) for url in (*self.linked, *named, *self.listings)]
        shapes = shapes or {url_shape(url) for url in self.linked}
        urls = [*self._sure(), *(url for url in likely if url_shape(url) in shapes), *filter(None, self.urls)]
        articles = find_patterns(urls, least=max(1, int(len(set(urls)) * _COMMON)))
        known = set(urls)
        listings = [url for url in self.listings if url not in known]
        return articles, find_patterns(listings, least=2)
