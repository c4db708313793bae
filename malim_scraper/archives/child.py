"""A worker process as its parent sees it: a death or a silence costs a retry, then the page that caused it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from malim_scraper.archives.order import Order, Row

QUIET = 120.0  # seconds without a sign of life after which a process is taken for hung
SUSPICIOUS = 3  # deaths in a row at the same page after which it is left out: once or twice it may be the machine
MAX_DEATHS = 12  # of one order
MAX_FAILURES = 3  # tries where a source or the output cannot be used now
_PAUSE = 1.0  # seconds before the next try, doubled each time

Watch = Callable[[int | None], None]


def ignore(number: int | None) -> None:
    """Watch nothing."""


class _Death(Exception):
    """The process is gone. number: of the page it was at, None when it was at none."""

    def __init__(self, number: int | None) -> None:
        self.number = number


class Child:
    """Does orders in a process of its own, which is started when it is needed."""

    def __init__(self, quiet: float = QUIET) -> None:
        self._quiet = quiet
        self._process: subprocess.Popen[bytes] | None = None
        self._held = b""
        self._is_closed = False

    def do(self, order: Order, watch: Watch = ignore) -> Row:
        """Do an order; returns its row, or one with the key `failed` that says why it could not be done.

        watch: is told each sign of life. A page at which the process dies again and again is left out and counted.
        An order may have seconds of its own as `quiet`.
        """
        skip: list[int] = []
        last: list[int | None] = []
        deaths = failures = 0
        while True:
            try:
                answer = self._do_once({**order, "skip": skip}, watch)
            except _Death as death:
                self._end()
                deaths += 1
                if self._is_closed or deaths >= MAX_DEATHS:
                    return {"failed": f"its process was killed {deaths} times"}
                last = [*last[1 - SUSPICIOUS:], death.number]
                if death.number is not None and last == [death.number] * SUSPICIOUS:
                    skip.append(death.number)
                continue
            if "done" in answer:
                return {**answer["done"], "deaths": deaths}
            failures += 1
            if failures >= MAX_FAILURES or self._is_closed:
                return {"failed": str(answer["failed"])}
            time.sleep(_PAUSE * 2 ** (failures - 1))

    def stop(self) -> None:
        """Kill the process; `do`, in another thread, then returns."""
        self._is_closed = True
        if process := self._process:
            process.kill()

    def close(self) -> None:
        """End the process while `do` is not at work."""
        self._is_closed = True
        self._end()

    def _do_once(self, order: Order, watch: Watch) -> dict[str, Any]:
        number: int | None = None
        quiet = order.get("quiet", self._quiet)
        process = self._process or self._start()
        try:
            if process.stdin:
                process.stdin.write(json.dumps(order).encode() + b"\n")
                process.stdin.flush()
        except OSError as error:
            raise _Death(None) from error
        while True:
            message = self._read(process, number, quiet)
            if "at" not in message:
                if "ready" not in message:
                    return message
                continue
            number = message["at"]
            watch(number)

    def _start(self) -> subprocess.Popen[bytes]:
        self._held = b""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "malim_scraper.archives.worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            start_new_session=True)
        return self._process

    def _read(self, process: subprocess.Popen[bytes], number: int | None, quiet: float) -> dict[str, Any]:
        out = process.stdout.fileno() if process.stdout else -1
        poll = select.poll()
        poll.register(out, select.POLLIN)
        while b"\n" not in self._held:
            try:
                found = os.read(out, 65_536) if poll.poll(quiet * 1000) else b""
            except OSError as error:
                raise _Death(number) from error
            if not found:
                raise _Death(number)
            self._held += found
        line, _, self._held = self._held.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue
