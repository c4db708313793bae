"""The frontier in Redis: the same pages for all workers. What a worker adds and settles stays in its own state, too."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

from malim_scraper.dataset import Frontier, PageRow, State
from malim_scraper.dataset.frontier import MAX_GONE, MAX_HOPS, Kind
from malim_scraper.shared import scripts
from malim_scraper.shared.crew import COLUMNS, Crew
from malim_scraper.urls import url_key

_KEPT = tuple(name for name in COLUMNS if name not in ("parent",))
_INSERT = f"INSERT INTO pages(portal, parent, {', '.join(_KEPT)}) VALUES(?, ?{', ?' * len(_KEPT)})"
_KEEP_FIRST = f"{_INSERT} ON CONFLICT(portal, key) DO NOTHING"
_KEEP = f"""{_INSERT}
ON CONFLICT(portal, key) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _KEPT)}"""
_DEFAULTS = {"own": 0, "tries": 0, "finds": 0}
_MOST_KNOWN = 100_000  # addresses whose place in line this worker remembers, so that it need not ask again


class SharedFrontier(Frontier):
    """The pages of one portal, for one of several workers.

    Page numbers are those in Redis. A failure of Redis is a SharedError.
    """

    def __init__(self, state: State, portal: str, crew: Crew) -> None:
        super().__init__(state, portal)
        self._crew = crew
        self._mine: set[int] = set()
        self._known: dict[str, float] = {}
        self._waiting = self._under_way = 0

    def add(self, url: str, *, kind: Kind = "page", rank: float, parent: int | None = None,
            lastmod: str | None = None) -> bool:
        """Put a page in line if it is not known; move a waiting one forward. Returns whether it is new."""
        return self._add({"key": url_key(url), "url": url, "kind": kind, "rank": rank, "status": "waiting",
                          "parent": parent, "lastmod": lastmod})

    def _add(self, row: dict[str, Any]) -> bool:
        if self._known.get(row["key"], -1.0) >= row["rank"]:
            return False
        row = {name: value for name, value in row.items() if value is not None}
        is_new, is_of_now = self._crew.run(scripts.ADD, json.dumps(row, ensure_ascii=False))
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[row["key"]] = row["rank"]
        if is_new:
            self._waiting += row["status"] == "waiting"
        if is_of_now:  # who found it first may be killed before it is on disk
            self._keep(row, _KEEP_FIRST)
        return bool(is_new)

    def take(self) -> PageRow | None:
        """Return the next page in line, which no other worker gets then, or None when no page waits."""
        number, text = self._ask(is_to_take=True)
        if not number:
            return None
        self._mine.add(number)
        return _page(number, json.loads(text))

    def _ask(self, *, is_to_take: bool) -> tuple[int, str]:
        mine = f" {' '.join(map(str, self._mine))} "
        crew = self._crew
        number, text, self._waiting, self._under_way, crew.taken, crew.stored, crew.read = crew.run(
            scripts.TAKE, mine, int(is_to_take))
        return number, text

    def is_waiting(self) -> bool:
        """Tell whether a page waits, or one that a worker has may lead to more."""
        self._ask(is_to_take=False)
        return bool(self._waiting or self._under_way)

    def count_waiting(self) -> int:
        """Return how many pages wait, as last heard."""
        return self._waiting

    def get(self, page: int) -> PageRow | None:
        """Return a page by its number."""
        text, = self._crew.run(scripts.READ, page)
        return _page(page, json.loads(text)) if text else None

    def find(self, url: str) -> PageRow | None:
        """Return the page of an address, or None when it is not known."""
        found = self._crew.run(scripts.FIND, url_key(url))
        return _page(found[0], json.loads(found[1])) if found else None

    def published(self, url: str, article: str) -> str | None:
        """Return the date of an article that is known at this address."""
        found = self._crew.run(scripts.FIND, url_key(url))
        row = json.loads(found[1]) if found else {}
        return row.get("published") if row.get("article") == article else None

    def newest(self, most: int) -> list[tuple[str, bool]]:
        """Return the addresses of the pages that were found last, each with whether it was an article."""
        last = self._crew.run(scripts.LAST)
        texts = self._crew.run(scripts.READ, *range(last, max(0, last - most), -1))
        rows = [json.loads(text) for text in texts if text]
        return [(row["url"], row["outcome"] == "article") for row in rows
                if row["kind"] == "page" and row.get("outcome") in ("article", "listing")]

    def claim(self, url: str, *, asked: PageRow) -> PageRow | None:
        """Return the page that another one leads to as being fetched, or None when it is or was fetched already."""
        self.add(url, rank=asked.rank, parent=asked.parent)
        page = self.find(url)
        if page is None or page.outcome == "forgotten":
            return None
        is_again = asked.outcome is not None or asked.kind == "start"
        return self._change(page.id, {"status": "taken"}, statuses=f"waiting failed never{' done' * is_again}")

    def claim_part(self, url: str, *, asked: PageRow) -> PageRow | None:
        """Claim a further page of an article, also after a worker was killed.

        One that a list led to, too, is claimed again when it has named the first page.
        """
        part = self.claim(url, asked=asked)
        if part is None and (known := self.find(url)) is not None:
            part = self._change(known.id, {"status": "taken"}, outcomes="moved")
        return self._change(part.id, {"outcome": "part"}) if part is not None else None

    def drop_parts(self, parts: Iterable[int]) -> None:
        """Forget further pages of an article that was not stored: its first page names them again."""
        numbers = list(parts)
        for text in self._crew.run(scripts.DROP, *numbers):
            key = json.loads(text)["key"]
            self._known.pop(key, None)
            self.db.execute("DELETE FROM pages WHERE portal = ? AND key = ?", (self.portal, key))
        self._mine.difference_update(numbers)

    def done(self, page: PageRow, outcome: str, *, article: str | None = None, published: str | None = None,
             target: str | None = None, etag: str | None = None, modified: str | None = None) -> None:
        """Note what a fetched page was; its validators count from now on. target: the address that is its own."""
        row = {"status": "done", "outcome": outcome, "tries": 0, "target": url_key(target) if target else None,
               "etag": etag, "modified": modified, "fetched_at": time.time()}
        known = {"article": article, "published": published}
        self._change(page.id, row | {name: value for name, value in known.items() if value is not None})

    def unchanged(self, page: PageRow) -> None:
        """Note that a page is as it was."""
        self._change(page.id, {"status": "done", "fetched_at": time.time(), "tries": 0})

    def failed(self, page: PageRow, *, is_gone: bool = False) -> None:
        """Note a failure: later runs try again, ever more seldom. is_gone: the server says there is no such page."""
        is_last = is_gone and page.tries + 1 >= (MAX_GONE if page.article else 1)
        row = {"status": "never" if is_last and page.kind != "start" else "failed", "tries": page.tries + 1,
               "fetched_at": time.time()}
        self._change(page.id, row | ({"outcome": "gone"} if is_gone else {}))

    def left_out(self, page: PageRow, why: str) -> None:
        """Note that a page is not fetched, now or later."""
        self._change(page.id, {"status": "failed" if page.kind == "start" else "never", "outcome": why})

    def again(self, pages: Iterable[int], *, rank: float | None = None) -> None:
        """Put pages in line once more. rank: a new one, or None to keep theirs."""
        for page in pages:
            self._change(page, {"status": "waiting"} | ({} if rank is None else {"rank": rank}))

    def leave(self, page: PageRow) -> None:
        """Let a page wait for the next crawl."""
        self._change(page.id, {"status": "later"})

    def retry(self, pages: Iterable[int]) -> None:
        """Put pages that failed in this run in line once more."""
        for page in pages:
            self._change(page, {"status": "waiting", "tries": 0}, statuses="failed")

    def take_as_own(self, urls: Iterable[str]) -> None:
        """Put pages in line once more whose canonical links proved useless, to be taken as they are."""
        for page in filter(None, map(self.find, urls)):
            self._stand_alone(page.id, "moved")

    def disappoint(self, page: PageRow) -> None:
        """Put the pages that name this one as their canonical address, and its other forms, in line, as they are."""
        for number in self._naming(url_key(page.url)):
            self._stand_alone(number, "moved form")

    def add_form(self, form: str, plain: str, *, rank: float, parent: int | None) -> None:
        """Note an AMP, print or mobile form of a page; it is put in line when the plain one fails or is no article."""
        self._add({"key": url_key(form), "url": form, "kind": "page", "rank": rank, "status": "done", "outcome": "form",
                   "parent": parent, "target": url_key(plain)})
        known = self.find(plain)
        if known is not None and (known.status == "failed" or known.outcome == "gone"):
            self.disappoint(known)

    def unwind(self, page: PageRow) -> bool:
        """End a chain of canonical addresses, as the frontier on disk does."""
        key, first = url_key(page.url), 0
        for _ in range(MAX_HOPS):
            moved = next((found for found in map(self.get, self._naming(key)) if found and found.outcome == "moved"),
                         None)
            if moved is None:
                return False
            key, first = url_key(moved.url), moved.id
        self._stand_alone(first, "moved")
        return True

    def changed(self, url: str, lastmod: str, moment: float | None) -> None:
        """Put a known page in line again when a sitemap or feed says that it changed."""
        page = self.find(url)
        if page is None or page.lastmod == lastmod:
            return
        is_news = page.lastmod is not None or (moment or 0) > (page.fetched_at or 0)
        if not (is_news and self._change(page.id, {"lastmod": lastmod, "status": "waiting"}, statuses="done")):
            self._change(page.id, {"lastmod": lastmod})

    def found_article(self, parent: int) -> None:
        """Count a new article for the page that led to it."""
        text = self._crew.run(scripts.FOUND, parent)
        if text:
            self._keep(json.loads(text))

    def _naming(self, key: str) -> list[int]:
        return list(map(int, self._crew.run(scripts.NAMING, key).split()))

    def _stand_alone(self, page: int, outcomes: str) -> None:
        found = self.get(page)
        if found is not None and not found.own:
            self._change(page, {"status": "waiting", "own": 1, "etag": None, "modified": None}, outcomes=outcomes)

    def _change(self, page: int, row: dict[str, Any], *, statuses: str = "", outcomes: str = "") -> PageRow | None:
        """Change a page in Redis, if it has one of these statuses and outcomes; keep it in the own state."""
        gone = " ".join(name for name, value in row.items() if value is None)
        kept = {name: value for name, value in row.items() if value is not None}
        text = self._crew.run(scripts.CHANGE, page, json.dumps(kept, ensure_ascii=False), gone,
                              statuses and f" {statuses} ", outcomes and f" {outcomes} ")
        if text is None:
            return None
        found = json.loads(text)
        if found["status"] == "taken":
            self._mine.add(page)
        else:
            self._mine.discard(page)
            self._keep(found)
        return _page(page, found)

    def _keep(self, row: dict[str, Any], statement: str = _KEEP) -> None:
        """Write a row into the own state, from which the next crawl begins."""
        kept = {**_DEFAULTS, **row}
        kept["status"] = "waiting" if row["status"] in ("later", "taken") else row["status"]
        self.db.execute(statement, (self.portal, None if row.get("parent") is None else 0,
                                *(kept.get(name) for name in _KEPT)))


def _page(number: int, row: dict[str, Any]) -> PageRow:
    values = {**_DEFAULTS, **row}
    return PageRow(number, *(values.get(name) for name in COLUMNS[:13]))  # type: ignore[arg-type]  # as they are stored
