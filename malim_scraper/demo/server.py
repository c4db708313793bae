"""The replica's HTTP server: threads, conditional requests, and a record of what was asked."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from malim_scraper.demo.answers import Answer
from malim_scraper.demo.replica import Replica
from malim_scraper.demo.routes import answer


class Traffic:
    """What the server was asked.

    requests: how often each target, such as `/kz/qogam/?page=2`. statuses: how often each status was sent.
    at_once: the most requests that were under way at the same time.
    """

    def __init__(self) -> None:
        self.requests: Counter[str] = Counter()
        self.statuses: Counter[int] = Counter()
        self.at_once = 0
        self._open = 0
        self._lock = Lock()

    @contextmanager
    def counted(self, target: str) -> Iterator[None]:
        """Count a request while it is under way."""
        with self._lock:
            self.requests[target] += 1
            self._open += 1
            self.at_once = max(self.at_once, self._open)
        try:
            yield
        finally:
            with self._lock:
                self._open -= 1

    def answered(self, status: int) -> None:
        """Count the status of an answer."""
        with self._lock:
            self.statuses[status] += 1


class Server(ThreadingHTTPServer):
    """Serves a replica until it is shut down. traffic: what it was asked."""

    daemon_threads = True

    def __init__(self, replica: Replica, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.replica = replica
        self.traffic = Traffic()
        replica.base = f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def serve(replica: Replica, port: int = 0) -> Iterator[Server]:
    """Serve a replica on loopback while the block runs; port 0 takes a free one, `replica.base` is the address."""
    server = Server(replica, port)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = 30

    def do_GET(self) -> None:
        with self.server.traffic.counted(self.path):
            self._send(answer(self.server.replica, self.path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _send(self, found: Answer) -> None:
        tag = f'"{hashlib.blake2b(found.body, digest_size=8).hexdigest()}"'
        status = 304 if found.status == 200 and self._is_known(tag, found.last_modified) else found.status
        body = b"" if status == 304 else found.body
        self.server.traffic.answered(status)
        self.send_response(status)
        self.send_header("ETag", tag)
        if found.last_modified:
            self.send_header("Last-Modified", format_datetime(found.last_modified.astimezone(UTC), usegmt=True))
        if status != 304:
            self.send_header("Content-Type", found.content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _is_known(self, tag: str, last_modified: datetime | None) -> bool:
        """Whether the client has this content; `If-None-Match` decides first (RFC 9110, 13.2.2)."""
        if (known := self.headers.get("If-None-Match")) is not None:
            return tag in known
        since = self.headers.get("If-Modified-Since")
        if since is None or last_modified is None:
            return False
        try:
            return last_modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (ValueError, TypeError):
            return False

    def log_message(self, *args: object) -> None:
        """Keep standard error for the crawl."""
