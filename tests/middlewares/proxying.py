"""A small HTTP proxy on loopback: GET of whole addresses, and CONNECT. It wants a name and password."""

import base64
import http.client
import select
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


class Proxy:
    """port: its own. leads_to: (host, port) where everything goes. asked: (method, target, headers) in order."""

    def __init__(self, leads_to, login):
        self.leads_to = leads_to
        self.login = "Basic " + base64.b64encode(login.encode()).decode()
        self.asked = []
        self.port = 0


@contextmanager
def proxying(leads_to, login):
    """Run a proxy while the block runs."""
    proxy = Proxy(leads_to, login)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def is_welcome(self):
            proxy.asked.append((self.command, self.path, dict(self.headers)))
            if self.headers.get("Proxy-Authorization") == proxy.login:
                return True
            self.send_response(407)
            self.send_header("Proxy-Authenticate", 'Basic realm="proxy"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False

        def do_GET(self):
            if not self.is_welcome():
                return
            parts = urlsplit(self.path)
            passed = {name: value for name, value in self.headers.items() if not name.lower().startswith("proxy-")}
            behind = http.client.HTTPConnection(*proxy.leads_to, timeout=10)
            behind.request("GET", parts.path + ("?" + parts.query if parts.query else ""), headers=passed)
            answer = behind.getresponse()
            body = answer.read()
            behind.close()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("connection", "content-length", "date", "server"):
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_CONNECT(self):
            if not self.is_welcome():
                return
            with socket.create_connection(proxy.leads_to, timeout=10) as behind:
                self.send_response(200)
                self.end_headers()
                self.wfile.flush()
                _pass_on(self.connection, behind)
            self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


def _pass_on(one, other):
    while True:
        ready, _, _ = select.select([one, other], [], [], 10)
        for side in ready:
            data = side.recv(65_536)
            if not data:
                return
            (other if side is one else one).sendall(data)
        if not ready:
            return
