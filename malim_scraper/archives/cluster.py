"""The orders on a Dask cluster: each worker of it does them in processes of its own, as this machine would."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from threading import Lock
from typing import Any
from uuid import uuid4

from malim_scraper.archives.child import Child
from malim_scraper.archives.crew import Watch
from malim_scraper.archives.order import VERSION, Order, Row
from malim_scraper.archives.storage import Folder, open_folder
from malim_scraper.errors import MalimError
from malim_scraper.extras import need

CONNECT = 10  # seconds to reach the scheduler
ANSWER = 60  # seconds for workers to come and to tell what they have
RETRIES = 3  # of an order whose worker died
_AHEAD = 4  # orders for each core that wait at the scheduler
_idle: list[Child] = []
_lock = Lock()


@contextmanager
def cluster(address: str, folder: Folder) -> Iterator[Cluster]:
    """Give the workers of a scheduler, such as `tcp://HOST:8786`.

    folder: of the output, which every worker must see. Raises MalimError when the scheduler is not reached, no worker
    comes, one has another version of this program or does not see the folder; MissingExtra without the extra 'dask'.
    """
    distributed = need("distributed", extra="dask", purpose="--dask")
    for name in [name for name in logging.root.manager.loggerDict if name.startswith(("distributed", "tornado"))]:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # each has a level of its own; its failures are told here
    try:
        client = distributed.Client(address, timeout=CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        reason = " ".join(str(error).split())[:120] or type(error).__name__
        raise MalimError(f"{address}: no Dask scheduler answers ({reason}).") from error
    try:
        _check(client, address, folder)
        yield Cluster(client, distributed)
    finally:
        client.close(timeout=5)


def _check(client: Any, address: str, folder: Folder) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWER)
    except OSError as error:
        raise MalimError(f"{address}: the scheduler has no workers. Start some: dask worker {address}") from error
    token = f"_seen-{uuid4().hex}"
    folder.write(token, b"")
    try:
        answers = client.run(greet, folder.address, token, on_error="return")
    finally:
        folder.remove(token)
    for worker, answer in sorted(answers.items()):
        if not isinstance(answer, dict):
            raise MalimError(f"{worker}: has no malim_scraper {VERSION} ({' '.join(str(answer).split())[:120]}). "
                             "Install it where the workers run.")
        if answer["version"] != VERSION:
            raise MalimError(f"{worker}: has malim_scraper {answer['version']}, here is {VERSION}. "
                             "Install the same version everywhere.")
        if not answer["sees"]:
            raise MalimError(f"{worker}: does not see {folder.address}. Use a folder or address that all workers see.")


def greet(address: str, token: str) -> dict[str, Any]:
    """Tell, on a worker, the version of this program, and whether it sees a file of the folder."""
    try:
        sees = token in open_folder(address).sizes()
    except MalimError:
        sees = False
    return {"version": VERSION, "sees": sees}


def do_order(order: Order) -> Row:
    """Do an order on a worker, in a process that is kept for the next one."""
    if order["version"] != VERSION:
        return {"failed": f"a worker has malim_scraper {VERSION} instead of {order['version']}"}
    with _lock:
        child = _idle.pop() if _idle else Child()
    try:
        return child.do(order)
    finally:
        with _lock:
            _idle.append(child)


class Cluster:
    """The workers of a scheduler. count: their cores when it was reached; more may come at any time."""

    def __init__(self, client: Any, distributed: Any) -> None:
        self._client, self._distributed = client, distributed
        self.count = max(1, sum(client.nthreads().values()))

    def run(self, orders: Iterable[Order], watch: Watch) -> Iterator[tuple[Order, Row]]:
        """Do the orders and yield each with its row, as they are done."""
        left = iter(orders)
        waiting: dict[Any, Order] = {}
        futures = self._distributed.as_completed(loop=self._client.loop)

        def submit(count: int) -> None:
            for order in islice(left, count):
                future = self._client.submit(do_order, order, pure=False, retries=RETRIES)
                waiting[future] = order
                futures.add(future)

        submit(_AHEAD * self.count)
        while waiting:
            future = next(futures)
            order = waiting.pop(future)
            yield order, self._row(future)
            submit(1)

    def _row(self, future: Any) -> Row:
        if future.status == "finished":
            row: Row = future.result()
            return row
        if future.status in ("cancelled", "lost") or self._client.status != "running":
            raise MalimError("the Dask scheduler has gone. What is done is kept; start it and call again.")
        return {"failed": f"its worker died or failed ({' '.join(str(future.exception()).split())[:160]})"}
