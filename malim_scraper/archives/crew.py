"""Who does the orders: processes of this machine, each with a thread that waits for it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from queue import SimpleQueue
from types import TracebackType
from typing import Protocol

from malim_scraper.archives.child import Child
from malim_scraper.archives.order import Order, Row

Watch = Callable[[Order, int | None], None]  # told of each page that is begun (its number) or done (None)


class Workers(Protocol):
    """Does orders in any order. count: how many at once, as far as known."""

    count: int

    def run(self, orders: Iterable[Order], watch: Watch) -> Iterator[tuple[Order, Row]]:
        """Do the orders and yield each with its row, as they are done; a row with `failed` says why it is not."""
        ...


class Crew:
    """So many processes, which stay from one order to the next; leaving the block ends them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._children = [Child() for _ in range(count)]
        self._idle: SimpleQueue[Child] = SimpleQueue()
        for child in self._children:
            self._idle.put(child)
        self._threads = ThreadPoolExecutor(count)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None,
                 ) -> None:
        for child in self._children:
            child.stop()
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.close()

    def run(self, orders: Iterable[Order], watch: Watch) -> Iterator[tuple[Order, Row]]:
        """Do the orders and yield each with its row, as they are done."""
        left = iter(orders)
        at_work: dict[Future[Row], Order] = {}
        while True:
            for order in islice(left, 2 * self.count - len(at_work)):
                at_work[self._threads.submit(self._do, order, watch)] = order
            if not at_work:
                return
            for done in wait(at_work, return_when=FIRST_COMPLETED).done:
                yield at_work.pop(done), done.result()

    def _do(self, order: Order, watch: Watch) -> Row:
        child = self._idle.get()
        try:
            return child.do(order, lambda number: watch(order, number))
        finally:
            self._idle.put(child)
