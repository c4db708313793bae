"""Pages with and without a browser: `python benchmarks/browser.py [ARTICLES]`, by default 60.

A portal on loopback gives the same articles twice: as plain HTML, and as an app that JavaScript fills. It is crawled
without delays: plain HTML without a browser and with `--render always`, the app with `--render auto`. Prints pages per
second, from the first to the last page of an article that was asked for, and the peak memory of Python and the browser.
"""

import json
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

TEXT = "Аудан тұрғындары жаңа көпірдің ашылуына жиналып, кешке дейін тарамай әңгіме айтты, деп хабарлайды редакция. "
SHELL = ('<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>Дала</title></head><body><div id="root">'
         '</div><script src="/app.js"></script></body></html>')
APP = ("fetch('/plain' + location.pathname).then(answer => answer.text())"
       ".then(text => { document.getElementById('root').innerHTML = text; });")


class Portal(BaseHTTPRequestHandler):
    """`/plain/…` and, with the same content by a script, `/…`; `asked` holds when an article's page was asked for."""

    protocol_version = "HTTP/1.1"
    articles = 60
    is_app = False
    asked: ClassVar[list[float]] = []

    def content(self, path: str) -> str | None:
        """The part of a page that is the same in both."""
        if path == "/":
            links = (f'<li><a href="/news/{number}">Дала жаңалығы, нөмірі {number}</a></li>'
                     for number in range(1, self.articles + 1))
            return f"<ul>{''.join(links)}</ul>"
        number = path.removeprefix("/news/")
        if not number.isdigit():
            return None
        paragraphs = "".join(f"<p>{part}-бөлім, {number}-мақала. {TEXT * 3}</p>" for part in range(8))
        return (f"<article><h1>Дала жаңалығы, нөмірі {number}</h1><time datetime='2024-04-24'>24.04.2024</time>"
                f"{paragraphs}</article>")

    def do_GET(self) -> None:
        """Answer."""
        if self.path.startswith("/news/"):
            self.asked.append(time.monotonic())
        inner = self.content(self.path.removeprefix("/plain"))
        if self.path == "/app.js":
            body = APP
        elif inner is None or self.path.startswith("/plain") or not self.is_app:
            body = "" if inner is None else f"<!doctype html><html lang='kk'><body>{inner}</body></html>"
        else:
            body = SHELL
        data = body.encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/javascript" if self.path == "/app.js" else "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


def memory_below(parent: int) -> float:
    """MB that a process and all below it have for themselves (proportional set size)."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    below, before = {parent}, 0
    while len(below) > before:
        before = len(below)
        below |= {pid for pid, above in parents.items() if above in below}
    total = 0
    for pid in below:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total / 1024


def measure(name: str, base: str, *options: str, is_app: bool) -> None:
    """Crawl and print a line."""
    Portal.is_app = is_app
    Portal.asked.clear()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "data"
        line = [sys.executable, "-m", "malim_scraper", "crawl", base, "--out", str(folder), "-s", "DOWNLOAD_DELAY=0"]
        peak = 0.0
        with subprocess.Popen([*line, *options], stderr=subprocess.DEVNULL) as child:
            while child.poll() is None:
                peak = max(peak, memory_below(child.pid))
                time.sleep(0.2)
        stored = [json.loads(text) for text in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    seconds = Portal.asked[-1] - Portal.asked[0]
    rate = len(Portal.asked) / seconds
    print(f"{name:32} {len(stored):4} stored   {rate:6.1f} pages/s   peak {peak:5.0f} MB", flush=True)


def main() -> None:
    """Serve and measure."""
    Portal.articles = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with ThreadingHTTPServer(("127.0.0.1", 0), Portal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        base = f"http://127.0.0.1:{server.server_port}/"
        measure("plain HTML, no browser", base, is_app=False)
        measure("plain HTML, --render always", base, "--render", "always", is_app=False)
        measure("app, --render auto", base, "--render", "auto", is_app=True)
        measure("app, --render auto, 4 at once", base, "--render", "auto", "-s", "BROWSER_PAGES=4",
                "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=4", is_app=True)
        server.shutdown()


if __name__ == "__main__":
    main()
