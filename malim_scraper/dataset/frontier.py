"""The pages of one portal: which wait, which were fetched with what outcome. On disk, so memory stays flat."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass
from typing import Literal

from malim_scraper.dataset.state import State
from malim_scraper.urls import url_key

Kind = Literal["start", "page", "sitemap", "feed"]
WAITING, TAKEN, DONE, FAILED, NEVER = range(5)
MAX_TRIES = 5  # runs in which a page that fails is tried again
MAX_GONE = 3  # runs in which an article that was deleted is asked for again
_COLUMNS = "id, url, kind, rank, outcome, article, parent, own, etag, modified, tries"


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page to fetch.

    rank: the higher the earlier. outcome: of the last fetch, None at the first. article: id of its article.
    parent: the page that led to it first. own: whether its canonical link proved useless. etag, modified: validators.
    tries: runs in which it failed.
    """

    id: int
    url: str
    kind: Kind
    rank: float
    outcome: str | None
    article: str | None
    parent: int | None
    own: int
    etag: str | None
    modified: str | None
    tries: int


class Frontier:
    """The pages of one portal. portal: its name in the state."""

    def __init__(self, state: State, portal: str) -> None:
        self.db = state.db
        self.portal = portal

    def add(self, url: str, *, kind: Kind = "page", rank: float, parent: int | None = None, lastmod: str | None = None) -> bool:
        """Put a page in line, if it is not known; move a waiting one forward. Returns whether it is new."""
        key = url_key(url)
        added = self.db.execute(
            "INSERT OR IGNORE INTO pages(portal, key, url, kind, rank, parent, lastmod) VALUES(?, ?, ?, ?, ?, ?, ?)",
            (self.portal, key, url, kind, rank, parent, lastmod)).rowcount
        if not added:
            self.db.execute("UPDATE pages SET rank = ? WHERE portal = ? AND key = ? AND status = 0 AND rank < ?",
                            (rank, self.portal, key, rank))
        return bool(added)

    def take(self) -> PageRow | None:
        """Return the next page in line and mark it as being fetched, or None when no page waits."""
        row = self.db.execute(
            f"UPDATE pages SET status = {TAKEN} WHERE id = (SELECT id FROM pages WHERE portal = ? AND status = 0"
            f" ORDER BY rank DESC LIMIT 1) RETURNING {_COLUMNS}", (self.portal,)).fetchone()
        return PageRow(*row) if row else None

    def is_waiting(self) -> bool:
        """Tell whether a page waits."""
        return self.db.execute("SELECT 1 FROM pages WHERE portal = ? AND status = 0 LIMIT 1", (self.portal,)).fetchone() is not None

    def count_waiting(self) -> int:
        """Return how many pages wait."""
        return int(self.db.execute("SELECT count(*) FROM pages WHERE portal = ? AND status = 0", (self.portal,)).fetchone()[0])

    def find(self, url: str) -> tuple[PageRow, int] | None:
        """Return the page of an address and its status, or None when it is not known."""
        row = self.db.execute(f"SELECT {_COLUMNS}, status FROM pages WHERE portal = ? AND key = ?",
                              (self.portal, url_key(url))).fetchone()
        return (PageRow(*row[:-1]), row[-1]) if row else None

    def get(self, page: int) -> PageRow | None:
        """Return a page by its number."""
        row = self.db.execute(f"SELECT {_COLUMNS} FROM pages WHERE id = ?", (page,)).fetchone()
        return PageRow(*row) if row else None

    def done(self, page: PageRow, outcome: str, *, article: str | None = None, published: str | None = None,
             target: str | None = None, etag: str | None = None, modified: str | None = None) -> None:
        """Note what a fetched page was; its validators count from now on. target: the address that it names as its own."""
        self.db.execute(
            f"UPDATE pages SET status = {DONE}, outcome = ?, article = coalesce(?, article), published = coalesce(?, published),"
            " target = ?, etag = ?, modified = ?, fetched_at = ?, tries = 0 WHERE id = ?",
            (outcome, article, published, url_key(target) if target else None, etag, modified, time.time(), page.id))

    def unchanged(self, page: PageRow) -> None:
        """Note that a page is as it was."""
        self.db.execute(f"UPDATE pages SET status = {DONE}, fetched_at = ?, tries = 0 WHERE id = ?", (time.time(), page.id))

    def failed(self, page: PageRow, *, is_gone: bool = False) -> None:
        """Note a failure: a later run tries again, but not for ever. is_gone: the server says that there is no such page."""
        last = (MAX_GONE if page.article else 1) if is_gone else MAX_TRIES
        status = NEVER if page.tries + 1 >= last and page.kind != "start" else FAILED
        self.db.execute("UPDATE pages SET status = ?, outcome = CASE WHEN ? THEN 'gone' ELSE outcome END, tries = tries + 1,"
                        " fetched_at = ? WHERE id = ?", (status, is_gone, time.time(), page.id))

    def left_out(self, page: PageRow, why: str) -> None:
        """Note that a page is not fetched."""
        self.db.execute(f"UPDATE pages SET status = {NEVER}, outcome = ? WHERE id = ?", (why, page.id))

    def disappoint(self, page: PageRow) -> None:
        """Put the pages that name this one as their canonical address in line again, to be taken as they are."""
        self.db.execute(f"UPDATE pages SET status = {WAITING}, own = 1, etag = NULL, modified = NULL"
                        " WHERE portal = ? AND target = ? AND own = 0", (self.portal, url_key(page.url)))

    def seen(self, url: str, lastmod: str | None, moment: float | None) -> None:
        """Put a known page in line again when a sitemap or feed says that it changed.

        lastmod: as written there; moment: the same as Unix time. The first one seen counts only if it is later than the fetch.
        """
        if lastmod is None:
            return
        row = self.db.execute("SELECT id, lastmod, fetched_at, status FROM pages WHERE portal = ? AND key = ?",
                              (self.portal, url_key(url))).fetchone()
        if row is None or row[1] == lastmod:
            return
        is_later = row[1] is not None or (moment or 0) > (row[2] or 0)
        self.db.execute("UPDATE pages SET lastmod = ?, status = CASE WHEN ? AND status = 2 THEN 0 ELSE status END WHERE id = ?",
                        (lastmod, is_later, row[0]))

    def found_article(self, parent: int | None) -> None:
        """Count a new article for the page that led to it."""
        if parent is not None:
            self.db.execute("UPDATE pages SET finds = finds + 1 WHERE id = ?", (parent,))

    def again(self, page: int, *, rank: float | None = None, own: bool = False, force: bool = False) -> None:
        """Put a fetched page in line once more. own: take it as it is. force: without its validators."""
        self.db.execute(
            "UPDATE pages SET status = 0, rank = coalesce(?, rank), own = max(own, ?), etag = CASE WHEN ? THEN NULL ELSE etag END,"
            " modified = CASE WHEN ? THEN NULL ELSE modified END WHERE id = ?", (rank, own, force or own, force or own, page))

    def claim(self, url: str, page: PageRow) -> PageRow | None:
        """Return the page at the end of a redirect as being fetched, or None when it has been or is being fetched."""
        key = url_key(url)
        try:
            row = self.db.execute(
                "INSERT INTO pages(portal, key, url, kind, rank, parent, status) VALUES(?, ?, ?, ?, ?, ?, ?)"
                f" RETURNING {_COLUMNS}", (self.portal, key, url, "page" if page.kind == "start" else page.kind, page.rank, page.parent, TAKEN)).fetchone()
            return PageRow(*row)
        except sqlite3.IntegrityError:
            row = self.db.execute(
                f"UPDATE pages SET status = {TAKEN} WHERE portal = ? AND key = ? AND (status IN ({WAITING}, {FAILED}) OR status = {DONE} AND ?)"
                f" RETURNING {_COLUMNS}", (self.portal, key, page.outcome is not None or page.kind == "start")).fetchone()
            return PageRow(*row) if row else None
