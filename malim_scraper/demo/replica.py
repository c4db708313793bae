"""The replica's state: its articles, where each is listed, and the ways to change it while it is served."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from urllib.parse import quote

from malim_scraper.demo.articles import ZONE, DemoArticle, Section, load_articles, load_sections

PAGE_SIZE = 6
_FEED_SIZE = 12


class Replica:
    """The portal's articles, by id, and the lists in which they stand.

    base: the address that it is served under, without a slash at the end.
    """

    def __init__(self, articles: Iterable[DemoArticle] | None = None) -> None:
        self.base = ""
        self.sections: dict[str, Section] = load_sections()
        self._articles = {article.id: article for article in (load_articles() if articles is None else articles)}
        self._edited: dict[int, datetime] = {}
        self._lock = Lock()

    def add(self, article: DemoArticle) -> None:
        """Publish an article."""
        with self._lock:
            self._articles[article.id] = article

    def edit(self, article_id: int, **changes: Any) -> None:
        """Change fields of an article; the sitemap's `lastmod` and `Last-Modified` become the present moment."""
        with self._lock:
            self._articles[article_id] = replace(self._articles[article_id], **changes)
            self._edited[article_id] = datetime.now(UTC)

    def delete(self, article_id: int) -> None:
        """Take an article away; its address answers 410."""
        with self._lock:
            del self._articles[article_id]

    def get(self, article_id: int) -> DemoArticle | None:
        """Return one article, if it is there."""
        return self._articles.get(article_id)

    def articles(self) -> list[DemoArticle]:
        """Return all articles, newest first, the undated ones last."""
        with self._lock:
            everything = list(self._articles.values())
        return sorted(everything, key=lambda article: (str(article.published or ""), article.id), reverse=True)

    def found_by(self, place: str) -> list[DemoArticle]:
        """Return the articles that one kind of place leads to, such as `listing`; the kinds are those of `reach`."""
        return [article for article in self.articles() if article.reach in ("all", place)]

    def in_feed(self) -> list[DemoArticle]:
        """Return the newest articles, then those that only the feed holds."""
        newest = [article for article in self.articles() if article.reach == "all"][:_FEED_SIZE]
        return newest + [article for article in self.articles() if article.reach == "feed"]

    def related(self, article: DemoArticle) -> list[DemoArticle]:
        """Return the articles that this one names as related and that are still there."""
        return [found for other in article.related if (found := self.get(other))]

    def section(self, article: DemoArticle) -> Section:
        """Return the section of an article."""
        return self.sections[article.section]

    def path(self, article: DemoArticle) -> str:
        """Return the address of an article below `base`."""
        return self.section(article).article.format(id=article.id, slug=article.slug)

    def changed_at(self, article: DemoArticle) -> datetime | None:
        """Return when an article was changed last, if that is known: edited, modified or published at a moment."""
        published = article.published if isinstance(article.published, datetime) else None
        if article.day and not published:
            published = datetime.combine(article.day, datetime.min.time(), ZONE)
        return self._edited.get(article.id) or article.modified or published


def listing_path(section: Section, page: int) -> str:
    """Return the address of one page of a section's listing, counted from 1."""
    return section.listing if page == 1 else section.page.format(page=page)


def tracked(path: str, source: str) -> str:
    """Return an address with a tracking parameter."""
    return f"{path}{'&' if '?' in path else '?'}utm_source={source}"


def tag_path(tag: str) -> str:
    """Return the address of a tag's page, percent-encoded."""
    return f"/tag/{quote(tag)}/"


def author_path(author: str) -> str:
    """Return the address of an author's page, percent-encoded."""
    return f"/author/{quote(author)}/"
