"""`crawl()`: the articles of a crawl one by one, also where an event loop already runs, such as in a notebook.

The crawl runs in a process of its own, `python -m malim_scraper.streaming`, which writes records to standard output.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from malim_scraper.errors import MalimError
from malim_scraper.items import Article

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_AHEAD = 50  # articles that wait for the reader before fetching pauses
_LAST_WORDS = 10.0  # seconds that a crawl has to stop


def crawl(*portals: str, out: str | Path | None = None, limit: int | None = None, since: date | str | None = None,
          refresh: float = 3, full: bool = False, timezone: str | None = None,
          settings: Mapping[str, Any] | None = None) -> Iterator[Article]:
    """Crawl portals and yield each article as it is found. Leaving the loop ends the crawl.

    portals: addresses, names of profiles, paths of TOML files. out: a dataset folder, which then also gets the records
    and knows on the next call what is not new; without it nothing is kept. limit: articles. since: first day of
    publication, a date or ISO 8601. refresh: age in days up to which known articles are asked for again.
    full: ask for all.
    timezone: IANA name, for times without an offset on portals without a profile. settings: Scrapy's, by name.
    Raises UsageError for what cannot be read, at once; MalimError when a portal cannot be reached, at the end.
    """
    from malim_scraper.spiders.arguments import Options, read_target

    texts = {"limit": limit, "since": str(since) if since else None, "refresh": refresh, "full": full,
             "timezone": timezone}
    Options.read(texts)
    for portal in portals:
        read_target(portal)
    return _stream({"portals": portals, "out": str(out) if out else None, "options": texts,
                    "settings": {name: str(value) for name, value in (settings or {}).items()}})


def _stream(order: dict[str, Any]) -> Iterator[Article]:
    command = [sys.executable, "-m", "malim_scraper.streaming"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE) as child:  # noqa: S603
        try:
            _tell(child, order)
            for line in child.stdout or ():
                message = json.loads(line)
                if "error" in message:
                    raise MalimError(message["error"])
                yield Article.from_dict(message)
        finally:
            _end(child)


def _tell(child: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    """Hand the order over by standard input: its settings may hold a password, and arguments are for all to see."""
    with suppress(BrokenPipeError):
        if child.stdin:
            child.stdin.write(json.dumps(order).encode())
            child.stdin.close()


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.stdout:
        child.stdout.close()
    child.terminate()
    try:
        child.wait(_LAST_WORDS)
    except subprocess.TimeoutExpired:
        child.kill()


class _Writer:
    """Writes messages in a thread, so that a slow reader does not stop the reactor; pauses fetching instead."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._paused: set[Crawler] = set()
        self._thread = Thread(target=self._write, daemon=True)
        self._thread.start()

    def put(self, message: dict[str, Any]) -> None:
        self._queue.put(json.dumps(message, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def take(self, item: Article, crawler: Crawler) -> None:
        self.put(item.to_dict())
        if self._queue.qsize() > _AHEAD and crawler.engine is not None:
            crawler.engine.pause()
            self._paused.add(crawler)

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    def _write(self) -> None:
        try:
            while (line := self._queue.get()) is not None:
                self._out.write(line)
                self._out.flush()
                while self._paused and self._queue.empty():
                    _go_on(self._paused.pop())
        except OSError:  # the reader has gone
            os.kill(os.getpid(), 15)


def _go_on(crawler: Crawler) -> None:
    from twisted.internet import reactor

    if crawler.engine is not None:
        reactor.callFromThread(crawler.engine.unpause)


def _serve(order: dict[str, Any]) -> int:
    """Run a crawl and write its articles; the last message is what made it fail."""
    from malim_scraper.runner import run_crawl
    from malim_scraper.spiders.arguments import Options, read_target

    failures: list[str] = []
    with suppress(BrokenPipeError), os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # whatever else prints must not stand between the records
        writer = _Writer(out)
        try:
            result = run_crawl([read_target(portal) for portal in order["portals"] or ["malim"]],
                               out=Path(order["out"]) if order["out"] else None, options=Options.read(order["options"]),
                               settings=order["settings"], on_article=writer.take)
            failures = result.failures if not result.stopped_by else []
        except MalimError as error:
            failures = [str(error)]
        if failures:
            writer.put({"error": "; ".join(failures)})
        writer.close()
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(_serve(json.load(sys.stdin)))
