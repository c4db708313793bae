"""What a record tells the state: its article, and that its pages were fetched."""

from __future__ import annotations

from typing import Any

from malim_scraper.dataset.state import State
from malim_scraper.dataset.wordings import note_record
from malim_scraper.urls import url_key
from malim_scraper.urls.hosts import portal_key

_ARTICLE = """INSERT INTO articles VALUES(?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET portal = excluded.portal,
 content_hash = excluded.content_hash, revision = excluded.revision, first_seen_at = excluded.first_seen_at
 WHERE excluded.revision >= revision"""


def index(state: State, record: dict[str, Any]) -> None:
    """Note a stored record in the state; sqlite3.Error passes through."""
    note_record(state, record)
    article, portal = str(record["id"]), str(record.get("portal", ""))
    revision, seen = record.get("revision"), record.get("first_seen_at")
    state.db.execute(_ARTICLE, (article, portal, str(record.get("content_hash", "")),
                                revision if isinstance(revision, int) else 1, str(seen) if seen else None))
    for url in {str(record.get("canonical_url")), str(record.get("url"))}:
        state.db.execute(
            "INSERT INTO pages(portal, key, url, kind, rank, status, outcome, article, published, fetched_at)"
            " VALUES(?, ?, ?, 'page', 0, 'done', 'article', ?, ?, 0) ON CONFLICT(portal, key) DO UPDATE SET"
            " status = 'done', outcome = 'article', article = excluded.article, published = excluded.published",
            (portal_key(portal, url), url_key(url), url, article, record.get("date_published")))
