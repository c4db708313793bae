"""A small portal on loopback whose every page a test decides, and the command line run against it."""

import hashlib
import json
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import forked

SENTENCE = "Қала тұрғындары жаңа саябақтың ашылуына жиналып, ағаш отырғызды да, кешке дейін тарамай әңгіме айтты. "


def article_page(number, *, day="2024-04-24", title=None, canonical=None, body=None, head="", foot=""):
    """A news article as a plain template prints it; every number gives another text."""
    title = title or f"Нөмірі {number} жаңалық: саябақ ашылды"
    paragraphs = body or [f"{part}, {number}-мақала. {SENTENCE * 3}" for part in ("Бірінші", "Екінші", "Үшінші")]
    author = {"@type": "Person", "name": "Айгүл Серік"}
    data = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
                       "datePublished": day, "author": author}, ensure_ascii=False)
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>{title}</title>{link}{head}'
            f'<meta property="og:type" content="article"><script type="application/ld+json">{data}</script></head>'
            f'<body><nav><a href="/">Басты бет</a></nav><main><article><h1>{title}</h1>'
            f'<p class="meta">Автор: Айгүл Серік, '
            f'<time datetime="{day}">{day}</time></p>{text}</article></main>{foot}</body></html>')


def listing_page(links, *, following=None, title="Жаңалықтар", more=""):
    """A list of links, each a title; `following` is the address of the next page."""
    items = "".join(f'<li><a href="{href}">Бүгінгі маңызды жаңалық туралы {text}</a></li>'
                    for text, href in enumerate(links))
    after = f'<a rel="next" href="{following}">Келесі</a>' if following else ""
    return (f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>{title}</title></head><body>'
            f"<ul>{items}</ul>{after}{more}</body></html>")


class TinyPortal:
    """What is served. pages: path → text, bytes, a status, (status, headers, body), or what gives one when called.

    asked: (path, headers, time) of each request, in order. base: its address.
    """

    def __init__(self):
        self.pages = {}
        self.asked = []
        self.base = ""

    def add_articles(self, numbers, **options):
        """Serve articles at `/news/<number>-sayabaq-ashyldy-qalada` and return their paths."""
        paths = [f"/news/{number}-sayabaq-ashyldy-qalada" for number in numbers]
        for number, path in zip(numbers, paths, strict=True):
            self.pages[path] = article_page(number, **options)
        return paths

    def paths(self):
        """The paths asked for, in order."""
        return [path for path, _, _ in self.asked]

    @property
    def name(self):
        """The name of the portal in records and runs: its host with the unusual port."""
        return self.base.partition("://")[2]

    def answer(self, path):
        """Status, headers and body for a path."""
        page = self.pages.get(path, 404)
        page = page() if callable(page) else page
        if isinstance(page, int):
            page = (page, {}, "<html><body><h1>Қате</h1></body></html>")
        status, headers, body = page if isinstance(page, tuple) else (200, {}, page)
        body = body.encode() if isinstance(body, str) else body
        return status, {"Content-Type": _kind(body), **headers}, body


@contextmanager
def serving(portal):
    """Serve a tiny portal while the block runs."""
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args):
            pass

        def do_GET(self):
            portal.asked.append((self.path, dict(self.headers), time.monotonic()))
            status, headers, body = portal.answer(self.path)
            tag = f'"{hashlib.md5(body).hexdigest()}"'
            if status == 200 and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in {"ETag": tag, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    portal.server = server
    portal.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield portal
    finally:
        server.shutdown()
        server.server_close()


def arguments(portal, folder, *args):
    """The arguments of `malim` for a crawl without delays."""
    return ["crawl", portal.base + "/", "--out", str(folder), "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0", *args]


def command(portal, folder, *args):
    """The same as a command line that starts Python."""
    return [sys.executable, "-m", "malim_scraper", *arguments(portal, folder, *args)]


def started(portal, folder, *args, **options):
    """A crawl under way. options: of `forked.Forked`."""
    return forked.Forked(*arguments(portal, folder, *args), **options)


def crawl(portal, folder, *args, code=0, **options):
    """Crawl a tiny portal into a folder, check the exit code, and return the finished process."""
    done = forked.run(*arguments(portal, folder, *args), **options)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert done.stdout == ""
    return done


def records(folder):
    """The records of a folder, in order."""
    return [json.loads(line) for line in (folder / "articles.jsonl").read_text("utf-8").splitlines()]


def runs(folder):
    """The lines of `runs.jsonl`."""
    return [json.loads(line) for line in (folder / "runs.jsonl").read_text("utf-8").splitlines()]


def _kind(body):
    start = body[:200].lstrip()
    if start.startswith(b"<?xml"):
        return "application/xml"
    return "text/html; charset=utf-8" if start.startswith(b"<") else "text/plain; charset=utf-8"
