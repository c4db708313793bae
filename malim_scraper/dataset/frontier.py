"""The pages of one portal: which wait, which were fetched with what outcome. On disk, so memory stays flat."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from malim_scraper.dataset.state import State
from malim_scraper.urls import url_key

Kind = Literal["start", "page", "sitemap", "feed"]
Status = Literal["waiting", "taken", "done", "failed", "never"]
MAX_HOPS = 3  # from one canonical address to the next
MAX_GONE = 3  # runs in which an article that was deleted is asked for again
_PAGE = """SELECT id, url, kind, rank, status, outcome, article, parent, own, etag, modified, tries, fetched_at, lastmod
FROM pages WHERE id = ?"""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of a portal.

    rank: the higher the earlier it is fetched. outcome: what it was at the last fetch (`article`, `listing`, `moved`,
    `redirected`, `duplicate`, `part`, `older`, `sitemap`, `feed`, `gone`, …), None before the first. article: its id.
    parent: the page that led to it first. own: whether its canonical link proved useless. etag, modified: validators.
    tries: runs in which it failed. fetched_at: Unix time. lastmod: as a sitemap or feed wrote it.
    """

    id: int
    url: str
    kind: Kind
    rank: float
    status: Status
    outcome: str | None
    article: str | None
    parent: int | None
    own: int
    etag: str | None
    modified: str | None
    tries: int
    fetched_at: float | None
    lastmod: str | None


class Frontier:
    """The pages of one portal. portal: its name in the state."""

    def __init__(self, state: State, portal: str) -> None:
        self.db = state.db
        self.portal = portal

    def add(self, url: str, *, kind: Kind = "page", rank: float, parent: int | None = None,
            lastmod: str | None = None) -> bool:
        """Put a page in line if it is not known; move a waiting one forward. Returns whether it is new."""
        key = url_key(url)
        added = self.db.execute(
            "INSERT OR IGNORE INTO pages(portal, key, url, kind, rank, parent, lastmod) VALUES(?, ?, ?, ?, ?, ?, ?)",
            (self.portal, key, url, kind, rank, parent, lastmod)).rowcount
        if not added:
            self.db.execute(
                "UPDATE pages SET rank = ?1 WHERE portal = ?2 AND key = ?3 AND status = 'waiting' AND rank < ?1",
                (rank, self.portal, key))
        return bool(added)

    def take(self) -> PageRow | None:
        """Return the next page in line and mark it as being fetched, or None when no page waits."""
        row = self.db.execute(
            "UPDATE pages SET status = 'taken' WHERE id = (SELECT id FROM pages WHERE portal = ? AND status = 'waiting'"
            " ORDER BY rank DESC LIMIT 1) RETURNING id", (self.portal,)).fetchone()
        return self.get(row[0]) if row else None

    def is_waiting(self) -> bool:
        """Tell whether a page waits."""
        return self.db.execute("SELECT 1 FROM pages WHERE portal = ? AND status = 'waiting' LIMIT 1",
                               (self.portal,)).fetchone() is not None

    def count_waiting(self) -> int:
        """Return how many pages wait."""
        row = self.db.execute("SELECT count(*) FROM pages WHERE portal = ? AND status = 'waiting'", (self.portal,))
        return int(row.fetchone()[0])

    def get(self, page: int) -> PageRow | None:
        """Return a page by its number."""
        row = self.db.execute(_PAGE, (page,)).fetchone()
        return PageRow(*row) if row else None

    def find(self, url: str) -> PageRow | None:
        """Return the page of an address, or None when it is not known."""
        key = url_key(url)
        row = self.db.execute("SELECT id FROM pages WHERE portal = ? AND key = ?", (self.portal, key)).fetchone()
        return self.get(row[0]) if row else None

    def newest(self, most: int) -> list[tuple[str, bool]]:
        """Return the addresses of the pages that were found last, each with whether it was an article.

        Pages without an outcome do not count; `most` rows are looked at.
        """
        rows = self.db.execute(
            "SELECT url, outcome FROM pages WHERE portal = ? AND kind = 'page' ORDER BY id DESC LIMIT ?",
            (self.portal, most))
        return [(url, outcome == "article") for url, outcome in rows if outcome in ("article", "listing")]

    def claim(self, url: str, *, asked: PageRow) -> PageRow | None:
        """Return the page that another one leads to as being fetched, or None when it is or was fetched already.

        asked: the page that was asked for; when it was known before, so may be the page it leads to.
        """
        self.add(url, rank=asked.rank, parent=asked.parent)
        page = self.find(url)
        if page is None or page.status == "taken" or page.outcome == "forgotten":
            return None
        is_again = asked.outcome is not None or asked.kind == "start"
        if page.status == "done" and not is_again:
            return None
        self.db.execute("UPDATE pages SET status = 'taken' WHERE id = ?", (page.id,))
        return page

    def claim_part(self, url: str, *, asked: PageRow) -> PageRow | None:
        """Claim a further page of an article: only its first page leads to it, also after a run that was killed.

        A page that a list led to, too, is claimed again, whether it has named the first page or is under way.
        """
        part = self.claim(url, asked=asked)
        if part is None and (known := self.find(url)) is not None and (
                known.outcome == "moved" or (known.status == "taken" and known.id != asked.id)):
            part = known
        if part is not None:
            self.db.execute("UPDATE pages SET status = 'taken', outcome = 'part' WHERE id = ?", (part.id,))
        return part

    def drop_parts(self, parts: Iterable[int]) -> None:
        """Forget further pages of an article that was not stored: its first page names them again."""
        self.db.executemany("DELETE FROM pages WHERE id = ?", [(part,) for part in parts])

    def done(self, page: PageRow, outcome: str, *, article: str | None = None, published: str | None = None,
             target: str | None = None, etag: str | None = None, modified: str | None = None) -> None:
        """Note what a fetched page was; its validators count from now on. target: the address that is its own."""
        self.db.execute(
            "UPDATE pages SET status = 'done', outcome = ?, article = coalesce(?, article), tries = 0,"
            " published = coalesce(?, published), target = ?, etag = ?, modified = ?, fetched_at = ? WHERE id = ?",
            (outcome, article, published, url_key(target) if target else None, etag, modified, time.time(), page.id))

    def unchanged(self, page: PageRow) -> None:
        """Note that a page is as it was."""
        self.db.execute("UPDATE pages SET status = 'done', fetched_at = ?, tries = 0 WHERE id = ?",
                        (time.time(), page.id))

    def failed(self, page: PageRow, *, is_gone: bool = False) -> None:
        """Note a failure: later runs try again, ever more seldom. is_gone: the server says there is no such page.

        Then an article is asked for in `MAX_GONE` runs, another page never again.
        """
        is_last = is_gone and page.tries + 1 >= (MAX_GONE if page.article else 1)
        status = "never" if is_last and page.kind != "start" else "failed"
        self.db.execute(
            "UPDATE pages SET status = ?, outcome = CASE WHEN ? THEN 'gone' ELSE outcome END, tries = tries + 1,"
            " fetched_at = ? WHERE id = ?", (status, is_gone, time.time(), page.id))

    def left_out(self, page: PageRow, why: str) -> None:
        """Note that a page is not fetched, now or later."""
        status = "failed" if page.kind == "start" else "never"
        self.db.execute("UPDATE pages SET status = ?, outcome = ? WHERE id = ?", (status, why, page.id))

    def again(self, pages: Iterable[int], *, rank: float | None = None) -> None:
        """Put pages in line once more. rank: a new one, or None to keep theirs."""
        self.db.executemany("UPDATE pages SET status = 'waiting', rank = coalesce(?, rank) WHERE id = ?",
                            [(rank, page) for page in pages])

    def retry(self, pages: Iterable[int]) -> None:
        """Put pages that failed in this run in line once more; the run counts as one try."""
        self.db.executemany("UPDATE pages SET status = 'waiting', tries = max(tries - 1, 0) WHERE id = ?"
                            " AND status = 'failed'", [(page,) for page in pages])

    def disappoint(self, page: PageRow) -> None:
        """Put the pages that name this one as their canonical address, and its other forms, in line, as they are."""
        self.db.execute(
            "UPDATE pages SET status = 'waiting', own = 1, etag = NULL, modified = NULL"
            " WHERE portal = ? AND target = ? AND outcome IN ('moved', 'form') AND own = 0",
            (self.portal, url_key(page.url)))

    def take_as_own(self, urls: Iterable[str]) -> None:
        """Put pages in line once more whose canonical links proved useless, to be taken as they are."""
        self.db.executemany("UPDATE pages SET status = 'waiting', own = 1, etag = NULL, modified = NULL"
                            " WHERE portal = ? AND key = ?", [(self.portal, url_key(url)) for url in urls])

    def add_form(self, form: str, plain: str, *, rank: float, parent: int | None) -> None:
        """Note an AMP, print or mobile form of a page; it is put in line when the plain one fails or is no article."""
        self.db.execute(
            "INSERT OR IGNORE INTO pages(portal, key, url, kind, rank, parent, status, outcome, target)"
            " VALUES(?, ?, ?, 'page', ?, ?, 'done', 'form', ?)",
            (self.portal, url_key(form), form, rank, parent, url_key(plain)))
        known = self.find(plain)
        if known is not None and (known.status == "failed" or known.outcome == "gone"):
            self.disappoint(known)

    def unwind(self, page: PageRow) -> bool:
        """End a chain of canonical addresses: tell whether `MAX_HOPS` pages, each naming the next, lead to this one.

        Then the canonical links of the first one prove useless (some portals write another address each time), and it
        is put in line again, to be taken as it is.
        """
        key, first = url_key(page.url), ("",)
        for _ in range(MAX_HOPS):
            first = self.db.execute("SELECT key FROM pages WHERE portal = ? AND target = ? AND outcome = 'moved'"
                                    " LIMIT 1", (self.portal, key)).fetchone()
            if first is None:
                return False
            key = first[0]
        self.take_as_own([key])
        return True

    def changed(self, url: str, lastmod: str, moment: float | None) -> None:
        """Put a known page in line again when a sitemap or feed says that it changed.

        lastmod: as written there; moment: the same as Unix time. What is written for the first time counts only when
        it is later than the fetch.
        """
        page = self.find(url)
        if page is None or page.lastmod == lastmod:
            return
        is_news = page.lastmod is not None or (moment or 0) > (page.fetched_at or 0)
        self.db.execute(
            "UPDATE pages SET lastmod = ?, status = CASE WHEN ? AND status = 'done' THEN 'waiting' ELSE status END"
            " WHERE id = ?", (lastmod, is_news, page.id))

    def found_article(self, parent: int) -> None:
        """Count a new article for the page that led to it."""
        self.db.execute("UPDATE pages SET finds = finds + 1 WHERE id = ?", (parent,))
