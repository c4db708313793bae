"""What becomes of an article: a new record, a revision, or nothing. Alone fills revision, hash and times of sight."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any, Literal

from malim_scraper.dataset.archive import Archive
from malim_scraper.dataset.records import RecordFile
from malim_scraper.dataset.state import State, told
from malim_scraper.dataset.wordings import find_twin, note_article
from malim_scraper.dates import parse_date
from malim_scraper.items import Article
from malim_scraper.urls import article_id, url_key
from malim_scraper.urls.hosts import portal_key

Fate = Literal["new", "revision", "unchanged", "duplicate", "forgotten"]
COMMIT_EVERY = 1.0  # seconds; fsync costs milliseconds, many on a busy disk, so one serves many records
COMMIT_AFTER = 1_000  # changes


class Store:
    """The records and the state, kept in step: a line is durable before the state says so.

    records: None in a crawl without a folder, which only has to know what it saw. written: records since it was opened.
    forgotten: ids of the articles and addresses that were taken out for good.
    archive: of the raw pages, where they are kept; an article's page is in it before its line is written.
    """

    def __init__(self, state: State, records: RecordFile | None = None) -> None:
        self.state = state
        self.records = records
        self.archive: Archive | None = None
        self.forgotten: frozenset[str] = frozenset()
        self.written = 0
        self._changes = 0
        self._committed_at = time.monotonic()

    def judge(self, article: Article, *, crawled_at: datetime) -> Fate:
        """Tell what an article is to the records, and fill what only the store knows; writes nothing.

        article: with dates in ISO 8601. crawled_at: aware. An article with the text, title and date of another of
        its portal is a `duplicate`: its `id` becomes that of the other. Where a page shows how long ago it was, the
        date counts as the same when it may be.
        """
        now = crawled_at.astimezone(UTC).isoformat(timespec="seconds")
        article.id = article_id(article.canonical_url)
        article.content_hash = content_hash(article)
        article.crawled_at = now
        if article.id in self.forgotten:
            return "forgotten"
        with told(self.state.path):
            known = self._known(article)
            if known and (first := self._first_date(article)):
                article.date_published = first
                article.content_hash = content_hash(article)
            if known is None and (twin := self._twin(article) or find_twin(self.state, article, crawled_at)):
                article.id = twin
                return "duplicate"
        article.revision = known[1] if known else 1
        article.first_seen_at = known[2] or now if known else now
        if known and known[0] == article.content_hash:
            return "unchanged"
        article.revision += bool(known)
        return "revision" if known else "new"

    def forgets(self, url: str) -> bool:
        """Tell whether the page of an address was taken out for good."""
        return bool(self.forgotten) and article_id(url) in self.forgotten

    def write(self, article: Article) -> None:
        """Append the record of a judged article and index it; a failed write is a DatasetError."""
        if self.archive is not None:
            self.archive.settle()
        if self.records is not None:
            self.records.append(article.to_dict())
        self.written += 1
        with told(self.state.path):
            self.index(article.id, article.portal, article.content_hash, article.revision, article.first_seen_at)
            note_article(self.state, article)

    def index(self, article: str, portal: str, text: str, revision: int, first_seen_at: str | None) -> None:
        """Note the newest record of an article."""
        self.state.db.execute("INSERT OR REPLACE INTO articles VALUES(?, ?, ?, ?, ?)",
                              (article, portal, text, revision, first_seen_at))

    def changed(self) -> None:
        """Count a change; commit when enough of them or enough time has gathered."""
        self._changes += 1
        if self._changes >= COMMIT_AFTER or time.monotonic() - self._committed_at >= COMMIT_EVERY:
            self.commit()

    def commit(self) -> None:
        """Make all raw pages durable, then the records, then the state."""
        if self.archive is not None:
            self.archive.sync()
        if self.records is not None:
            self.records.sync()
        with told(self.state.path):
            if self.records is not None:
                self.state.note("indexed", self.records.size)
            self.state.commit()
        self._changes = 0
        self._committed_at = time.monotonic()

    def _known(self, article: Article) -> tuple[str, int, str | None] | None:
        row: Any = self.state.db.execute("SELECT content_hash, revision, first_seen_at FROM articles WHERE id = ?",
                                         (article.id,)).fetchone()
        return row or None

    def _first_date(self, article: Article) -> str | None:
        """Return the date at first sight of an article whose page says how long ago it was; later ones are vaguer."""
        if article.date_published is None or not article.date_published_raw or parse_date(article.date_published_raw):
            return None
        row: Any = self.state.db.execute("SELECT published FROM pages WHERE portal = ? AND key = ? AND article = ?",
                                         (portal_key(article.portal, article.url), url_key(article.url),
                                          article.id)).fetchone()
        return row[0] if row else None

    def _twin(self, article: Article) -> str | None:
        row: Any = self.state.db.execute("SELECT id FROM articles WHERE portal = ? AND content_hash = ? LIMIT 1",
                                         (article.portal, article.content_hash)).fetchone()
        return row[0] if row else None


def content_hash(article: Article) -> str:
    """Return 16 hexadecimal digits that move with title, body or date_published, and with nothing else."""
    text = "\0".join((article.title, article.body, article.date_published or ""))
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
