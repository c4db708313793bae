"""The articles of an archive, chosen as the crawl chose: one record per article and revision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime

from malim_scraper.dataset.state import State
from malim_scraper.dataset.store import Store
from malim_scraper.extraction.parts import append_part, is_part
from malim_scraper.items import Article
from malim_scraper.profiles import Portal
from malim_scraper.urls import Site, article_url, url_key


class Captures:
    """Judges articles in the order in which their pages were fetched; what it remembers is in a temporary file.

    An article again as it was is no record, a changed one is a revision. A page that names another address of its
    portal is none either, unless the archive shows no article there; nor is a further page of an article by itself,
    which the crawl may have met before the article.
    """

    def __init__(self, portal: Portal | None, parted: Mapping[str, str]) -> None:
        """portal: the profile, for its hosts. parted: addresses of further pages, each with that of its article."""
        self._hosts = portal.hosts if portal else ()
        self._further = frozenset(parted)
        self._parted = frozenset(parted.values())
        self._store = Store(State(None))
        self._db = self._store.state.db
        self._db.execute("CREATE TEMP TABLE aside(record TEXT, fetched_at TEXT)")
        self._db.execute("CREATE TEMP TABLE parted(url TEXT PRIMARY KEY, record TEXT, fetched_at TEXT)")

    def judge(self, article: Article, fetched_at: datetime, part_of: str | None) -> list[Article]:
        """Judge the article of a capture; returns the records that are certain now, of it or of one that waited.

        part_of: address of the article of which the page is a further one.
        """
        if part_of:
            self.join(article, part_of)
            return []
        if article.url in self._further:
            return []
        if self.has_parts(article):
            return list(self.wait(article, fetched_at))
        return [article] if self.take(article, fetched_at) else []

    def wait(self, article: Article, fetched_at: datetime) -> Iterator[Article]:
        """Keep an article with further pages until its next version or the end; yield the version before it."""
        yield from self._judge_parted(article.url)
        self._db.execute("INSERT OR REPLACE INTO parted VALUES(?, ?, ?)",
                         (article.url, json.dumps(article.to_dict()), fetched_at.isoformat()))

    def join(self, part: Article, url: str) -> None:
        """Add a further page to the article of that address."""
        row = self._db.execute("SELECT record FROM parted WHERE url = ?", (url,)).fetchone()
        article = Article.from_dict(json.loads(row[0])) if row else None
        if article and is_part(article, part):
            append_part(article, part)
            self._db.execute("UPDATE parted SET record = ? WHERE url = ?", (json.dumps(article.to_dict()), url))

    def has_parts(self, article: Article) -> bool:
        """Tell whether further pages belong to an article."""
        return article.url in self._parted

    def _judge_parted(self, url: str) -> Iterator[Article]:
        row = self._db.execute("DELETE FROM parted WHERE url = ? RETURNING record, fetched_at", (url,)).fetchone()
        if row:
            article = Article.from_dict(json.loads(row[0]))
            if self.take(article, datetime.fromisoformat(row[1])):
                yield article

    def take(self, article: Article, fetched_at: datetime) -> bool:
        """Judge an article with dates in ISO 8601, fill what the store fills; returns whether it is a record now."""
        if url_key(article.canonical_url) != url_key(article.url):
            if Site.of([article.url], self._hosts).owns(article.canonical_url):
                self._db.execute("INSERT INTO aside VALUES(?, ?)",
                                             (json.dumps(article.to_dict()), fetched_at.isoformat()))
                return False
            article.canonical_url = article_url(article.url)
        return self._is_record(article, fetched_at)

    def take_rest(self) -> Iterator[Article]:
        """Yield, at the end, what waited: articles with further pages, pages whose other address showed no article."""
        for url, in self._db.execute("SELECT url FROM parted ORDER BY fetched_at").fetchall():
            yield from self._judge_parted(url)
        rows = self._db.execute("SELECT record, fetched_at FROM aside ORDER BY rowid")
        for record, fetched_at in rows:
            article = Article.from_dict(json.loads(record))
            moment = datetime.fromisoformat(fetched_at)
            if self._store.judge(article, crawled_at=moment) == "new":
                article.canonical_url = article_url(article.url)
                if self._is_record(article, moment):
                    yield article

    def _is_record(self, article: Article, fetched_at: datetime) -> bool:
        is_record = self._store.judge(article, crawled_at=fetched_at) in ("new", "revision")
        if is_record:
            self._store.write(article)
        return is_record
