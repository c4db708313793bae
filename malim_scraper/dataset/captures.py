"""The articles of an archive, chosen as the crawl chose: one record per article and revision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from malim_scraper.dataset.state import State
from malim_scraper.dataset.store import Store
from malim_scraper.items import Article
from malim_scraper.profiles import Portal
from malim_scraper.urls import Site, article_url, url_key


class Captures:
    """Judges articles in the order in which their pages were fetched; what it remembers is in a temporary file.

    An article again as it was is no record, a changed one is a revision. A page that names another address of its
    portal is none either, unless the archive shows no article there.
    """

    def __init__(self, portal: Portal | None) -> None:
        """portal: the profile, for its hosts."""
        self._hosts = portal.hosts if portal else ()
        self._store = Store(State(None))
        self._store.state.db.execute("CREATE TEMP TABLE aside(record TEXT, fetched_at TEXT)")

    def take(self, article: Article, fetched_at: datetime) -> bool:
        """Judge an article with dates in ISO 8601, fill what the store fills; returns whether it is a record now."""
        if url_key(article.canonical_url) != url_key(article.url):
            if Site.of([article.url], self._hosts).owns(article.canonical_url):
                self._store.state.db.execute("INSERT INTO aside VALUES(?, ?)",
                                             (json.dumps(article.to_dict()), fetched_at.isoformat()))
                return False
            article.canonical_url = article_url(article.url)
        return self._is_record(article, fetched_at)

    def take_rest(self) -> Iterator[Article]:
        """Yield, at the end, the records of pages that named another address where no article was."""
        rows = self._store.state.db.execute("SELECT record, fetched_at FROM aside ORDER BY rowid")
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
