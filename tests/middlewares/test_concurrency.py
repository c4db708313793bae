"""One request at a time, whatever the delay."""

import threading
import time

import pytest


@pytest.mark.parametrize(("settings", "expected"), [
    ({"DOWNLOAD_DELAY": 0}, 1),
    ({"DOWNLOAD_DELAY": 0.01}, 1),
    ({"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 3}, 3),
])
def test_requests_at_a_time(server, crawl, settings, expected):
    lock = threading.Lock()
    counts = {"now": 0, "most": 0}

    def slow(handler):
        with lock:
            counts["now"] += 1
            counts["most"] = max(counts.values())
        time.sleep(0.1)
        with lock:
            counts["now"] -= 1
        return 200, {}, b"<html>page"

    server.answers = {f"/{number}": slow for number in range(8)}
    found = crawl(*[server.url + path for path in server.answers], settings=settings)
    assert len(found["got"]) == 8
    assert counts["most"] == expected
