"""The store of one of several workers: its own records, and what all of them have stored as Redis has it."""

from __future__ import annotations

import json
from typing import Literal

from malim_scraper.dataset import State, Store
from malim_scraper.dataset.records import RecordFile
from malim_scraper.dates import parse_date
from malim_scraper.items import Article
from malim_scraper.shared import scripts
from malim_scraper.shared.crew import Crew
from malim_scraper.shared.frontier import SharedFrontier

Leave = Literal["yes", "again", "later", "full"]


class SharedStore(Store):
    """Judges articles by the records of all workers; a record is claimed before its line is written.

    A worker that is killed between claim and line, or between line and its note in Redis, leaves the claim: the others
    do not touch that article, and the next crawl sees on disk whether the line is there.
    """

    def __init__(self, state: State, records: RecordFile | None) -> None:
        super().__init__(state, records)
        self._crews: dict[str, tuple[Crew, SharedFrontier]] = {}

    def add(self, portal: str, crew: Crew, frontier: SharedFrontier) -> None:
        """Judge the articles of a portal by what this crew has stored."""
        self._crews[portal] = crew, frontier

    def claim(self, article: Article, *, limit: int | None) -> Leave:
        """Ask whether the record of a judged article may be written. limit: records of the whole crawl."""
        crew, _ = self._crews[article.portal]
        others = sum(one.stored for one, _ in self._crews.values()) - crew.stored
        most = 0 if limit is None else max(limit - others, 1)
        answer: Leave = crew.run(scripts.CLAIM, article.id, article.content_hash, article.revision, crew.worker, most)
        return answer

    def write(self, article: Article) -> None:
        """Append the record of a claimed article and tell the others; a failed write is a DatasetError."""
        super().write(article)
        crew, _ = self._crews[article.portal]
        known = {"text": article.content_hash, "revision": article.revision, "first_seen_at": article.first_seen_at}
        crew.stored = crew.run(scripts.STORED, article.id, article.content_hash, json.dumps(known))
        self.hear()

    def hear(self) -> None:
        """Count the records of all workers, as last heard."""
        self.written = sum(crew.stored for crew, _ in self._crews.values())

    def _known(self, article: Article) -> tuple[str, int, str | None] | None:
        text = self._crews[article.portal][0].run(scripts.KNOWN, article.id)
        known = json.loads(text) if text else None
        return (known["text"], known["revision"], known.get("first_seen_at")) if known else None

    def _first_date(self, article: Article) -> str | None:
        if article.date_published is None or not article.date_published_raw or parse_date(article.date_published_raw):
            return None
        return self._crews[article.portal][1].published(article.url, article.id)

    def _twin(self, article: Article) -> str | None:
        found: str | None = self._crews[article.portal][0].run(scripts.TWIN, article.content_hash)
        return found
