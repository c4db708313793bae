"""The hostile portal's server, with a stranger beside it that must never be asked."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self):
        answer = self.server.portal.answer(self.path, self.headers)
        if callable(answer):
            answer(self)
            return
        status, headers, body = answer
        since = self.headers.get("If-Modified-Since")
        if status == 200 and since and since == headers.get("Last-Modified"):
            status, body = 304, b""
        self.send_response(status)
        length = int(headers.get("Content-Length", len(body)))
        self.close_connection = length != len(body)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """A client that hangs up is what most faults lead to."""


class _Stranger(BaseHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_error(404)

    def log_message(self, *args):
        """Say nothing."""


@contextmanager
def serving(portal):
    """Serve a portal while the block runs; `portal.strangers_asked` lists what the stranger was asked for."""
    portal.stopping = threading.Event()
    with _Server(("127.0.0.1", 0), _Handler) as server, _Server(("", 0), _Stranger) as stranger:
        server.portal, stranger.asked = portal, []
        portal.base, portal.stranger = f"http://127.0.0.1:{server.server_port}", stranger.server_port
        portal.strangers_asked = stranger.asked
        threads = [threading.Thread(target=one.serve_forever, args=(0.05,), daemon=True) for one in (server, stranger)]
        for thread in threads:
            thread.start()
        try:
            yield portal
        finally:
            portal.stopping.set()
            for one in (server, stranger):
                one.shutdown()
