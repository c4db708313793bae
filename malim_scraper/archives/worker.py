"""A process that does one order after the other: `python -m malim_scraper.archives.worker`.

Orders come on standard input, one JSON object a line; answers go to standard output: the number of the page that is
begun, and at the end what was done or why it failed. What was read goes into files. It ends with its parent.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from malim_scraper.archives.order import Order, Row
from malim_scraper.archives.read_part import Tell, read_part
from malim_scraper.archives.shards import write_shards
from malim_scraper.errors import MalimError

WORK: dict[str, Callable[[Order, Tell], Row]] = {"read": read_part, "write": write_shards}


def main() -> None:
    """Do orders until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    logging.disable(logging.CRITICAL)  # a page that fails is counted
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library may print is no answer
    _tell(answers, {"ready": True})
    for line in sys.stdin.buffer:
        _tell(answers, _do(json.loads(line), lambda number: _tell(answers, {"at": number})))


def _do(order: Order, tell: Tell) -> dict[str, Any]:
    try:
        return {"done": WORK[order["do"]](order, tell)}
    except MalimError as error:
        return {"failed": str(error)}
    except BrokenPipeError:
        raise
    except Exception as error:  # must not end the run; a page's own failures are caught where it is read
        return {"failed": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"}


def _tell(answers: BinaryIO | Any, message: dict[str, Any]) -> None:
    try:
        answers.write(json.dumps(message).encode() + b"\n")
    except BrokenPipeError:
        os._exit(1)  # the parent has gone; nobody waits for the rest


if __name__ == "__main__":
    main()
