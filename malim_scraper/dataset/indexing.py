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
_PAGE = """INSERT INTO pages(portal, key, url, kind, rank, status, outcome, article, published, fetched_at)
 VALUES(?, ?, ?, 'page', 0, ?, 'article', ?, ?, 0) ON CONFLICT(portal, key) DO UPDATE SET
 status = CASE status WHEN 'done' THEN status ELSE excluded.status END, outcome = 'article',
 article = excluded.article, published = excluded.published"""


def index(state: State, record: dict[str, Any], *, is_cut_off: bool = False) -> None:
    """Note a stored record in the state; sqlite3.Error passes through.

    is_cut_off: whether its run was killed before the state was written: then its page is asked for again, since the
    addresses that it led to were lost.
    """
    note_record(state, record)
    article, portal = str(record["id"]), str(record.get("portal", ""))
    revision, seen = record.get("revision"), record.get("first_seen_at")
    state.db.execute(_ARTICLE, (article, portal, str(record.get("content_hash", "")),
                                revision if isinstance(revision, int) else 1, str(seen) if seen else None))
    fetched = str(record.get("url"))
    for url in {str(record.get("canonical_url")), fetched}:
        state.db.execute(_PAGE, (portal_key(portal, url), url_key(url), url,
                                 "waiting" if is_cut_off and url == fetched else "done", article,
                                 record.get("date_published")))
