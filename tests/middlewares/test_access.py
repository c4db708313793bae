"""Logins, secret headers and proxies in real crawls; nothing that is kept or printed holds a secret."""

import base64
import gzip
import os
import ssl
import subprocess
import sys

import forked
import pytest
from proxying import proxying
from scrapy import Request
from scrapy.http import Response
from test_certificates import self_signed  # noqa: F401
from tiny_portal import TinyPortal, listing_page, records, serving

from malim_scraper.middlewares.access import AccessMiddleware
from malim_scraper.profiles.secrets import Access
from malim_scraper.urls import Site

SECRETS = {"NEWS_USER": "leser-name", "NEWS_PASSWORD": "p4ss-wort", "NEWS_SESSION": "s3ss-10n", "NEWS_KEY": "k3y-t0ken"}
WORDS = [*SECRETS.values(), base64.b64encode(b"leser-name:p4ss-wort").decode()]
PROFILE = """name = "wall"
start_urls = ["{base}/"]
{more}
[headers]
Cookie = "session=$NEWS_SESSION"
X-Api-Key = "$NEWS_KEY"
X-Client = "research"
[login]
user = "$NEWS_USER"
password = "$NEWS_PASSWORD"
"""


class Wall(TinyPortal):
    """Lets nobody in without all secrets; a page leads elsewhere, one only now and then answers."""

    def __init__(self):
        super().__init__()
        self.refused = 0

    def answer(self, path):
        _, headers, _ = self.asked[-1]
        names = ("X-Api-Key", "X-Client", "Authorization")
        is_in = tuple(headers.get(name) for name in names) == (SECRETS["NEWS_KEY"], "research", f"Basic {WORDS[-1]}")
        if not is_in or headers["Cookie"].split("; ")[-1] != f"session={SECRETS['NEWS_SESSION']}":
            self.refused += 1
            return 401, {"WWW-Authenticate": "Basic", "Content-Type": "text/html"}, b"<html><h1>Login</h1></html>"
        return super().answer(path)


def malim(*args, cwd, env=None):
    return forked.run("crawl", *args, cwd=cwd, env={**SECRETS, **(env or {})})


def everything(folder):
    """All that a run left in files, WARC and HTTP cache unpacked."""
    found = b""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".pem":
            data = path.read_bytes()
            found += gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    return found


def is_clean(*texts):
    return not [word for word in WORDS for text in texts
                if (word.encode() if isinstance(text, bytes) else word) in text]


def test_a_portal_behind_a_login_is_crawled_and_nothing_keeps_the_secrets(tmp_path):
    wall, stranger = Wall(), TinyPortal()
    with serving(wall), serving(stranger):
        stranger.pages["/robots.txt"] = stranger.pages["/"] = "User-agent: *"
        paths = wall.add_articles(range(4))
        wall.pages |= {"/": listing_page([*paths, "/news/elsewhere-on-another-portal", "/news/again-and-again"]),
                       "/news/elsewhere-on-another-portal": (302, {"Location": stranger.base + "/"}, b""),
                       "/news/again-and-again": (503, {}, b"later"),
                       "/sitemap.xml": (302, {"Location": stranger.base + "/sitemap.xml", "Set-Cookie": "a=b"}, b"")}
        (tmp_path / "wall.toml").write_text(PROFILE.format(base=wall.base, more=""))
        done = malim("wall.toml", "--out", "data", "--archive", "--log-file", "log", "--log-level", "debug",
                     "--metrics", "m.prom", "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=1", "-s",
                     "HTTPCACHE_ENABLED=1", "-s", f"HTTPCACHE_DIR={tmp_path / 'cache'}", "-s", "COOKIES_ENABLED=1",
                     cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "data")) == 4
    assert wall.refused == 0
    assert stranger.asked == [], "a redirect led to another portal"
    kept = everything(tmp_path)
    assert b"X-Client" in kept, "the archive has the headers that are no secret"
    assert is_clean(done.stderr, kept)


def test_scrapy_prints_its_settings_without_secrets(tmp_path):
    wall = Wall()
    with serving(wall):
        wall.pages["/"] = listing_page(wall.add_articles(range(2)))
        (tmp_path / "wall.toml").write_text(PROFILE.format(base=wall.base, more=""))
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", "portal=wall.toml", "-s", "DOWNLOAD_DELAY=0",
             "-s", "HTTPAUTH_PASS=p4ss-wort", "-s", "HTTPAUTH_DOMAIN=127.0.0.1", "-L", "DEBUG"], cwd=tmp_path,
            env={**os.environ, **SECRETS, "SCRAPY_SETTINGS_MODULE": "malim_scraper.settings"}, capture_output=True,
            text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "'HTTPAUTH_PASS': '***'" in done.stderr
    assert is_clean(done.stdout, done.stderr)


def test_a_missing_variable_is_wrong_usage(tmp_path):
    (tmp_path / "wall.toml").write_text(PROFILE.format(base="http://127.0.0.1:9", more=""))
    done = malim("wall.toml", "--out", "data", cwd=tmp_path, env={"NEWS_KEY": ""})
    assert done.returncode == 2
    assert done.stderr == "Error: wall: 'X-Api-Key' in [headers] names an environment variable that is empty.\n"
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("place", ["profile", "environment"])
def test_a_proxy_with_a_login(tmp_path, place):
    """The portal's host is known to the proxy alone."""
    wall = Wall()
    with serving(wall), proxying(("127.0.0.1", int(wall.base.rpartition(":")[2])), "leser-name:p4ss-wort") as proxy:
        wall.pages["/"] = listing_page(wall.add_articles(range(3)))
        address = f"http://leser-name:p4ss-wort@127.0.0.1:{proxy.port}"
        more = 'proxy = "$NEWS_PROXY"' if place == "profile" else ""
        (tmp_path / "wall.toml").write_text(PROFILE.format(base="http://portal.test", more=more))
        env = {"NEWS_PROXY": address} if place == "profile" else {"http_proxy": address, "no_proxy": ""}
        done = malim("wall.toml", "--out", "data", "--archive", "--log-file", "log", "--log-level", "debug", "-s",
                     "DOWNLOAD_DELAY=0", cwd=tmp_path, env=env)
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "data")) == 3
    assert {target.partition("//")[2].partition("/")[0] for _, target, _ in proxy.asked} == {"portal.test"}
    assert all("Proxy-Authorization" not in headers for _, headers, _ in wall.asked)
    assert is_clean(done.stderr, everything(tmp_path))


def test_a_proxy_that_refuses_is_told_without_the_password(tmp_path):
    with proxying(("127.0.0.1", 9), "someone:else") as proxy:
        (tmp_path / "wall.toml").write_text(PROFILE.format(base="https://portal.test", more='proxy = "$NEWS_PROXY"'))
        done = malim("wall.toml", "--out", "data", "--log-file", "log", "--log-level", "debug", "-s",
                     "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0", cwd=tmp_path,
                     env={"NEWS_PROXY": f"http://leser-name:p4ss-wort@127.0.0.1:{proxy.port}"})
    assert done.returncode == 1
    assert "nothing could be fetched" in done.stderr
    assert "Traceback" not in done.stderr
    assert is_clean(done.stderr, everything(tmp_path))


def test_https_through_a_proxy(tmp_path, self_signed):  # noqa: F811
    wall = Wall()
    with serving(wall):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self_signed)
        wall.server.socket = context.wrap_socket(wall.server.socket, server_side=True, do_handshake_on_connect=False)
        port = wall.server.server_address[1]
        with proxying(("127.0.0.1", port), "leser-name:p4ss-wort") as proxy:
            wall.pages["/"] = listing_page(wall.add_articles(range(2)))
            profile = PROFILE.format(base="https://portal.test", more='proxy = "$NEWS_PROXY"')
            (tmp_path / "wall.toml").write_text(profile)
            done = malim("wall.toml", "--out", "data", "--archive", "-s", "DOWNLOAD_DELAY=0", "-s",
                         "DOWNLOAD_VERIFY_CERTIFICATES=0", cwd=tmp_path,
                         env={"NEWS_PROXY": f"http://leser-name:p4ss-wort@127.0.0.1:{proxy.port}"})
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "data")) == 2
    assert {(method, target) for method, target, _ in proxy.asked} == {("CONNECT", "portal.test:443")}
    assert all("Cookie" not in headers and "Authorization" not in headers for _, _, headers in proxy.asked)
    assert all("Proxy-Authorization" not in headers for _, headers, _ in wall.asked)
    assert is_clean(done.stderr, everything(tmp_path))


@pytest.mark.parametrize(("start", "url", "is_shown"), [
    ("https://portal.kz/", "https://portal.kz/news/1", True),
    ("https://portal.kz/", "https://www.portal.kz/robots.txt", True),
    ("https://portal.kz/", "http://portal.kz/news/1", False),  # in the clear
    ("http://portal.kz/", "http://portal.kz/news/1", True),
    ("http://portal.kz/", "https://portal.kz/news/1", True),
    ("https://portal.kz/", "https://portal.kz:8443/news/1", False),
    ("https://portal.kz/", "https://elsewhere.kz/robots.txt", False),
    ("https://portal.kz/", "https://portal.kz.elsewhere.kz/", False),
])
def test_who_sees_secrets(start, url, is_shown):
    access = Access(secret={"Cookie": "session=1", "X-Api-Key": "2"})
    middleware = AccessMiddleware(access, Site.of([start]), only_https=start.startswith("https"))
    request = Request(url, headers={"Cookie": "jar=0"})
    middleware.process_request(request)
    assert request.headers.get("X-Api-Key") == (b"2" if is_shown else None)
    assert request.headers["Cookie"] == (b"jar=0; session=1" if is_shown else b"jar=0")
    middleware.process_response(request, Response(url))
    assert dict(request.headers.to_unicode_dict()) == {"Cookie": "jar=0"}
