"""A real HTTP server on loopback that does what a test tells it, and a real crawl of it in a process of its own."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import forked
import pytest

CRAWL = Path(__file__).with_name("crawling.py")


class Server(ThreadingHTTPServer):
    """answers: path → what to do with the handler, or (status, headers, body). asked: (seconds, Host, path)."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = {}
        self.asked = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"

    def paths(self):
        return [path for _, _, path in self.asked]

    def times(self, *paths):
        return [at for at, _, path in self.asked if path in paths]

    def handle_error(self, request, client_address):
        """A client that hangs up is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    """Looks the answer up."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self):
        self.server.asked.append((time.monotonic(), self.headers["Host"], self.path))
        answer = self.server.answers.get(self.path, (404, {}, b"<html>nothing"))
        if callable(answer):
            answer = answer(self)
        if answer is None:
            self.close_connection = True
            return
        self.send(*answer)

    def send(self, status, headers, body):
        self.send_response(status)
        for name, value in ({"Content-Type": "text/html", "Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def crawl():
    def run(*urls, **order):
        done = forked.run(script=CRAWL, stdin=json.dumps({"urls": urls} | order))
        assert done.returncode == 0, done.stderr
        found = json.loads(done.stdout)
        return found | {"log": done.stderr, "left_out": {
            name.removeprefix("malim/left_out/"): count for name, count in found["stats"].items()
            if name.startswith("malim/left_out/")}}
    return run
