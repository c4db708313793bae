"""The workers of one portal's crawl, as one of them sees them in Redis."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import islice
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import uuid4

from malim_scraper.dataset import State
from malim_scraper.shared import scripts
from malim_scraper.shared.errors import SharedError

if TYPE_CHECKING:
    from malim_scraper.shared.server import Server

T = TypeVar("T")
BEATS = 5  # signs of life in the time after which a worker counts as dead
_BATCH = 1_000
_PAUSE = 0.1  # seconds between two looks at whether the crawl has begun
COLUMNS = ("url", "kind", "rank", "status", "outcome", "article", "parent", "own", "etag", "modified", "tries",
           "fetched_at", "lastmod", "key", "target", "published", "finds")
_ROWS = f"SELECT id, {', '.join(COLUMNS)} FROM pages WHERE portal = ? ORDER BY id"  # noqa: S608


class Crew:
    """This worker's place among those that crawl a portal.

    prefix: how all keys of the crawl begin. session: of this worker, new each time. generation: of the crawl.
    stored, taken, read: records, pages taken and pages read of all workers so far, as last heard. life: seconds without
    a sign of life after which a worker counts as dead.
    """

    def __init__(self, server: Server, prefix: str, *, worker: str, place: str, life: float,
                 is_dead: Callable[[str], bool]) -> None:
        """worker: its name. place: machine and folder. is_dead: whether nobody of a name is at work at this place."""
        self.server = server
        self.prefix = prefix
        self.worker = worker
        self.life = life
        self._place = place
        self._is_dead = is_dead
        self.session = uuid4().hex
        self.generation = uuid4().hex
        self.stored = self.taken = self.read = 0

    def run(self, script: str, *args: str | float) -> Any:
        """Run one of the scripts on the keys of this crawl."""
        return self.server.run(script, [self.prefix], self.generation, self.session, *args)

    def join(self) -> bool:
        """Take a place; returns whether the crawl is to be begun by this worker, with `seed` and `begin`.

        Waits while another one begins it. A worker of the same name is a SharedError. Those that were killed at this
        place do not count; a crawl without Redis may have stored since what they left.
        """
        while True:
            answer, detail = self.run(scripts.JOIN, self.worker, self._place, self._milliseconds,
                                      " ".join(self._dead_sessions()), self.generation)
            if answer == "named":
                raise SharedError(f"another worker is named {self.worker}: {detail}. If it was killed, its name is free"
                                  f" in {self.life:g} s.")
            if answer == "begin":
                return True
            if answer == "join":
                self.generation = detail
                return False
            if self.server.is_stopping():
                raise SharedError("stopped while another worker began the crawl.")
            time.sleep(_PAUSE)

    def _dead_sessions(self) -> list[str]:
        words = iter(self.run(scripts.WORKERS))
        known = {name: json.loads(text) for name, text in zip(words, words, strict=True)}
        return [one["session"] for name, one in known.items()
                if one["place"] == self._place and (name == self.worker or self._is_dead(name))]

    @contextmanager
    def beginning(self) -> Iterator[None]:
        """Keep the right to begin the crawl while the folder is read, which takes long when it is large."""
        done = Event()

        def hold() -> None:
            with suppress(SharedError):  # told by the call that needs the server next
                while not done.wait(self.life / BEATS):
                    self.run(scripts.SEED, self._milliseconds)

        thread = Thread(target=hold, daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def seed(self, state: State, portal: str) -> None:
        """Put into Redis what a state knows of a portal. portal: its name in the state."""
        name = portal.rpartition(":")[0] or portal  # of the articles, see portal_key
        pages = ((number, _row(row)) for number, *row in state.db.execute(_ROWS, (portal,)))
        self._send(scripts.SEED, pages)
        articles = state.db.execute("SELECT id, content_hash, revision, first_seen_at FROM articles WHERE portal"
                                    " IN (?, ?)", (portal, name))
        self._send(scripts.SEED_ARTICLES, ((article, text, json.dumps({"text": text, "revision": revision,
                                                                       "first_seen_at": seen}))
                                           for article, text, revision, seen in articles))

    def _send(self, script: str, groups: Iterable[tuple[Any, ...]]) -> None:
        for batch in _batches(groups):
            if not self.run(script, self._milliseconds, *(value for group in batch for value in group)):
                raise SharedError(f"Redis at {self.server.address}: another worker began the crawl, since this one was"
                                  " too slow. Run again.")

    def begin(self, notes: Mapping[str, Any]) -> None:
        """Let the crawl begin. notes: what the workers that join later are to know."""
        self._send(scripts.BEGIN, [(json.dumps(notes),)])

    def notes(self) -> dict[str, Any]:
        """Return what the worker that began the crawl left for the others."""
        found: dict[str, Any] = json.loads(self.run(scripts.NOTES) or "{}")
        return found

    def beat(self) -> None:
        """Tell the others that this worker lives."""
        self.run(scripts.BEAT, self._milliseconds)

    def leave(self, counts: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Give the place up; the last worker gets the counts of all, and the keys are gone."""
        return [json.loads(text) for text in self.run(scripts.LEAVE, json.dumps(counts))]

    @property
    def _milliseconds(self) -> int:
        return int(self.life * 1_000)


def _row(values: list[Any]) -> str:
    return json.dumps({name: value for name, value in zip(COLUMNS, values, strict=True) if value is not None},
                      ensure_ascii=False)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
