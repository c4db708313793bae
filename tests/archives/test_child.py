"""A page that kills or stops the process that reads it costs itself, not the part."""

import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tiny_portal import article_page

from malim_scraper.archives.child import Child
from malim_scraper.archives.order import Options
from malim_scraper.archives.plan import make_plan


class Pages(BaseHTTPRequestHandler):
    """Saved pages behind HTTP. The server's `trap` is called for the page named `trap.html`."""

    def do_HEAD(self):
        if "trap" in self.path and not self.server.trap:
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.body())))
        self.end_headers()

    def do_GET(self):
        if "trap" in self.path and not self.server.trap:
            self.send_error(404)
            return
        if "trap" in self.path and self.server.trap() is False:
            return
        self.do_HEAD()
        self.wfile.write(self.body())

    def body(self):
        return article_page(self.path.rpartition("/")[2]).encode()

    def log_message(self, *args): ...


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        server.daemon_threads = True
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def order_of(server, folder):
    """One part of five pages, the third of which is the trap."""
    names = ("1.html", "2.html", "trap.html", "4.html", "5.html")
    plan = make_plan([f"{server.base}/1.html"], Options(), str(folder))
    (source,) = plan.sources
    return {**source.orders[0], "files": [f"{server.base}/{name}" for name in names]}


def test_a_page_that_kills_its_process_is_left_out(server, tmp_path):
    child = Child()

    def trap():
        os.kill(child._process.pid, signal.SIGKILL)
        return False

    server.trap = trap
    row = child.do(order_of(server, tmp_path))
    child.close()
    assert (row["articles"], row["deaths"]) == (4, 3)
    assert row["errors"] == {"killed the process that read it": 1}
    assert "trap.html" in row["examples"][0]


def test_a_page_that_never_comes_is_left_out(server, tmp_path, monkeypatch):
    monkeypatch.setattr("malim_scraper.archives.child.SUSPICIOUS", 2)
    waiting = threading.Event()
    server.trap = lambda: waiting.wait(60) and False
    child = Child(quiet=2)
    row = child.do(order_of(server, tmp_path))
    waiting.set()
    child.close()
    assert (row["articles"], row["deaths"]) == (4, 2)


def test_a_page_that_is_not_there_is_told(server, tmp_path):
    order = order_of(server, tmp_path)
    server.trap = None
    child = Child()
    row = child.do(order)
    child.close()
    assert (row["articles"], row["deaths"], sum(row["errors"].values())) == (4, 0, 1)
