"""The downloader's queue of one host: how long it waits, and how it is emptied."""

from collections.abc import Iterator

from scrapy.core.downloader import Downloader, Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest

from malim_scraper.urls import host_of

TICK = 0.001  # seconds; a slot without any delay looks neither at the time nor, in Scrapy 2.19, at its concurrency


def host_slots(crawler: Crawler, host: str | None = None) -> Iterator[Slot]:
    """Yield the queues of a host, that of its twin with `www.` included; of all hosts when none is given.

    host: folded, without `www.`.
    """
    downloader = crawler.engine.downloader if crawler.engine else None
    if isinstance(downloader, Downloader):
        for key, slot in list(downloader.slots.items()):
            if host is None or host_of(f"http://{key}/") == host:
                yield slot


def hold(slot: Slot, until: float) -> None:
    """Send nothing from a queue before a moment of the monotonic clock; what is already under way is not stopped."""
    slot.delay = max(slot.delay, TICK)
    slot.lastseen = max(slot.lastseen, until)


def drop_waiting(slot: Slot, reason: str) -> int:
    """Give up all requests that wait in a queue, each with an IgnoreRequest; return how many."""
    waiting = list(slot.queue)
    slot.queue.clear()
    for _, answer in waiting:
        answer.errback(IgnoreRequest(reason))
    return len(waiting)
