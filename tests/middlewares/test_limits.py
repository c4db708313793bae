"""Large, slow, compressed and foreign things are given up; a crawl goes on after them."""

import gzip
import time
import zlib

import pytest

from malim_scraper.middlewares.compression import is_whole
from malim_scraper.middlewares.limits import is_page_kind

PAGE = (200, {}, b"<html><p>page")
SMALL = b"<html>" + b"words of an article " * 2_000


def gzipped(body):
    return 200, {"Content-Encoding": "gzip"}, body


def without_end(handler):
    """Send for ever, without a length."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"<p>word " * 4_000)
    except OSError:
        pass


def dripping(handler):
    """Send a byte now and then, so that no pause is long."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    drip(handler, b"<")


def dripping_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    drip(handler, b"X-A: b\r\n")


def drip(handler, piece):
    try:
        for _ in range(200):
            handler.wfile.write(piece)
            time.sleep(0.05)
    except OSError:
        pass


def hanging(handler):
    time.sleep(6)


def cut(handler):
    """Promise more than is sent."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"<html>")


BOMB = b"<p>" * 20_000_000
GIVEN_UP = {
    "/declared-large": ((200, {"Content-Length": "300000000"}, b""), "too-large"),
    "/without-end": (without_end, "too-large"),
    "/gzip-bomb": (gzipped(gzip.compress(BOMB, mtime=0)), "too-large"),
    "/bomb-in-bomb": (
        (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(BOMB), mtime=0)), "too-large"),
    "/deflate-bomb": ((200, {"Content-Encoding": "deflate"}, zlib.compress(BOMB)), "too-large"),
    "/cut-gzip": (gzipped(gzip.compress(SMALL, mtime=0)[:-40]), "unreadable"),
    "/no-gzip": (gzipped(b"no gzip at all"), "unreadable"),
    "/no-brotli": ((200, {"Content-Encoding": "br"}, b"no brotli at all"), "unreadable"),
    "/no-zstd": ((200, {"Content-Encoding": "zstd"}, b"no zstd at all"), "unreadable"),
    "/cut": (cut, "ResponseDataLossError"),
    "/picture": ((200, {"Content-Type": "image/jpeg"}, b"\xff\xd8\xff" + bytes(900_000)), "no-page"),
    "/video": ((200, {"Content-Type": "video/mp4", "Content-Length": "900000000"}, b""), "no-page"),
    "/pdf": ((200, {"Content-Type": "application/pdf"}, b"%PDF-1.4"), "no-page"),
    "/pdf-as-page": ((200, {}, b"%PDF-1.4 declared a page"), "no-page"),
    "/video-as-page": ((200, {}, b"\x00\x00\x00\x18ftypmp42"), "no-page"),
}
SLOW = {"/dripping": dripping, "/dripping-headers": dripping_headers, "/hanging": hanging}


def test_what_is_large_or_broken_is_given_up(server, crawl):
    server.answers = {path: answer for path, (answer, _) in GIVEN_UP.items()} | {"/good": PAGE}
    found = crawl(*[server.url + path for path in server.answers])
    failed = {url.removeprefix(server.url): error for url, error in found["failed"]}
    assert failed == {path: error for path, (_, error) in GIVEN_UP.items()}
    assert found["left_out"] == {"too-large": 5, "unreadable": 4, "no-page": 5}
    assert [url for url, *_ in found["got"]] == [server.url + "/good"]


def test_what_is_slow_is_given_up(server, crawl):
    """The time is that of the whole answer: a server that sends a byte now and then gains nothing."""
    server.answers = SLOW | {"/good": PAGE}
    found = crawl(*[server.url + path for path in server.answers], settings={"DOWNLOAD_TIMEOUT": 1, "RETRY_TIMES": 0})
    assert found["left_out"] == {"too-slow": 3}
    assert [url for url, *_ in found["got"]] == [server.url + "/good"]


@pytest.mark.parametrize("kind", [
    "text/html", "text/html; charset=utf-8", "application/xhtml+xml", "application/xml", "text/xml", "text/plain",
    "application/rss+xml", "application/atom+xml", "application/feed+json", "application/x-gzip", "application/gzip",
    "application/octet-stream", "TEXT/HTML", "", "html",
])
def test_page_kinds(kind):
    assert is_page_kind(kind.encode())
    assert is_page_kind(None)


@pytest.mark.parametrize("kind", [
    "image/png", "application/pdf", "audio/mpeg", "video/mp4", "application/zip", "text/css", "font/woff2",
    "application/javascript", "application/msword", "multipart/x-mixed-replace",
])
def test_other_kinds(kind):
    assert not is_page_kind(kind.encode())


@pytest.mark.parametrize(("body", "size", "expected"), [
    (gzip.compress(SMALL, mtime=0), len(SMALL), True),
    (gzip.compress(SMALL, mtime=0) + b"\x00\x00\x00\x00", len(SMALL), True),         # padding behind the end
    (gzip.compress(SMALL, mtime=0)[:-8], len(SMALL), False),
    (gzip.compress(SMALL, mtime=0)[:100], 3_000, False),
    (b"nothing", 0, False),
])
def test_is_whole(body, size, expected):
    assert is_whole(body, size) is expected
