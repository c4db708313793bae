"""Pages that JavaScript fills: crawls with a real Chromium of portals on loopback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny_portal import SENTENCE, article_page, command, crawl, listing_page, records, runs
from warcio.archiveiterator import ArchiveIterator

from malim_scraper.cli import cli
from malim_scraper.errors import MalimError
from malim_scraper.streaming import crawl as stream

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="no Chromium is installed")
JSON = {"Content-Type": "application/json"}
SCRIPT = {"Content-Type": "text/javascript"}
SHELL = """<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>Дала</title>
<link rel="stylesheet" href="/app.css"><script type="module" src="/app.js"></script></head>
<body><noscript>Қосымшаға JavaScript керек.</noscript><div id="app"></div></body></html>"""
APP = """
const app = document.getElementById('app'), data = await (await fetch('/api' + location.pathname)).json();
document.title = data.title;
app.innerHTML = data.links ? data.links.map(l => `<li><a href="${l.url}">${l.title}</a></li>`).join('')
  : `<main><article><h1>${data.title}</h1><p>Автор: ${data.author}, <time datetime="${data.day}">${data.day}</time></p>`
    + `<img src="/photo.jpg"><iframe src="/frame"></iframe>`
    + data.paragraphs.map(p => `<p>${p}</p>`).join('') + '</article></main>';
"""


def title_of(number):
    return f"Дала жаңалығы нөмірі {number}: жаңа көпір ашылды"


def add_article(portal, number, edited=""):
    portal.pages[f"/news/{number}"] = SHELL
    paragraphs = [f"{part}, {number}-мақала{edited}. {SENTENCE * 2}" for part in ("Бірінші", "Екінші", "Үшінші")]
    portal.pages[f"/api/news/{number}"] = (200, JSON, json.dumps({
        "title": title_of(number), "author": "Айгүл Серік", "day": "2024-04-24", "paragraphs": paragraphs}))


def add_app(portal, numbers):
    portal.pages |= {"/": SHELL, "/app.js": (200, SCRIPT, APP), "/api/": (200, JSON, json.dumps({
        "title": "Дала", "links": [{"url": f"/news/{number}", "title": title_of(number)} for number in numbers]}))}
    for number in numbers:
        add_article(portal, number)


@contextmanager
def listening(kind):
    """A socket of loopback that answers nothing and tells whether anybody came."""
    with socket.socket(socket.AF_INET, kind) as listener:
        listener.bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            listener.listen()
        listener.setblocking(False)
        yield listener


def has_come(listener):
    try:
        listener.accept() if listener.type == socket.SOCK_STREAM else listener.recv(1)
    except BlockingIOError:
        return False
    return True


def browsers(parent):
    """The processes of browsers below a process, pid to command line, the first of a browser first."""
    found, parents = {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = path.joinpath("stat").read_text().rpartition(")")[2].split()
            parents[int(path.name)] = int(fields[1])
            if fields[0] != "Z":
                found[int(path.name)] = path.joinpath("cmdline").read_bytes()
        except OSError:
            continue
    below = {parent}
    for pid in sorted(parents):
        if parents[pid] in below:
            below.add(pid)
    ours = [pid for pid, line in found.items() if pid in below and b"chrom" in line and b"playwright" in line]
    return {pid: found[pid] for pid in sorted(ours, key=lambda pid: (b"--type=" in found[pid], pid))}


def conversions(folder):
    """What the browser showed, by the archive: address and HTML."""
    for path in sorted(folder.glob("warc/*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                if record.rec_type == "conversion":
                    yield record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read().decode()


@needs_chromium
def test_listing_and_articles_that_scripts_fill(portal, folder):
    add_app(portal, range(1, 4))
    portal.pages["/api/news/1"] = 503
    told = crawl(portal, folder, "--render", "auto", "--archive").stderr
    assert "/news/1: the browser could not show it: no data" in told
    found = {record["title"]: record for record in records(folder)}
    assert sorted(found) == [title_of(2), title_of(3)]
    assert found[title_of(2)]["authors"] == ["Айгүл Серік"]
    assert found[title_of(2)]["date_published"] == "2024-04-24"
    assert found[title_of(2)]["body"].count("2-мақала") == 3
    asked = portal.paths()
    assert asked.count("/app.js") == asked.count("/news/3") == asked.count("/api/news/3") == 1
    assert not {"/app.css", "/photo.jpg", "/frame", "/favicon.ico"} & set(asked)
    assert {headers["User-Agent"].partition("/")[0] for _, headers, _ in portal.asked} == {"malim_scraper"}

    done = run("extract", folder / "warc", code=0)
    assert {record["title"]: record for record in map(json.loads, done.stdout.splitlines())} == found

    # The shell of a page never changes, so it must not be asked for on condition.
    add_article(portal, 1)
    add_article(portal, 3, edited=" (жаңартылды)")
    crawl(portal, folder, "--render", "auto", "--full")
    assert sorted((record["title"], record["revision"]) for record in records(folder)) == [
        (title_of(1), 1), (title_of(2), 1), (title_of(3), 1), (title_of(3), 2)]


@needs_chromium
def test_a_page_reaches_nothing_but_its_portal(portal, folder):
    with listening(socket.SOCK_STREAM) as other, listening(socket.SOCK_DGRAM) as stun:
        spy, ice = (f"127.0.0.1:{listener.getsockname()[1]}" for listener in (other, stun))
        portal.pages |= {
            "/": listing_page(["/news/1"]), "/robots.txt": "User-agent: *\nDisallow: /secret",
            "/away": (302, {"Location": f"http://{spy}/"}, ""), "/sw.js": (200, SCRIPT, "fetch('/from-worker')"),
            "/news/1": article_page(1, foot=f"""<div id="end"></div><script>
              const tell = name => e => document.getElementById('end').append(name + ';');
              for (const url of ['http://{spy}/', '/away', '/secret', 'http://localhost/', 'http://10.0.0.1/'])
                fetch(url).then(tell('reached ' + url)).catch(tell('refused ' + url));
              fetch('/posted', {{method: 'POST', body: 'x'}}).catch(tell('refused post'));
              new WebSocket('ws://{spy}/').onerror = tell('refused socket');
              new Image().src = 'http://{spy}/image'; navigator.sendBeacon('http://{spy}/beacon', 'x');
              const ice = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{ice}'}}]}});
              ice.createDataChannel('x'); ice.createOffer().then(offer => ice.setLocalDescription(offer));
              navigator.serviceWorker?.register('/sw.js'); window.open('http://{spy}/window'); alert('x');
              document.body.insertAdjacentHTML('beforeend', '<iframe src="http://{spy}/frame"></iframe>'
                + '<link rel="preload" as="fetch" href="http://{spy}/preload"><link rel="dns-prefetch" href="//{spy}">'
                + '<form action="/posted" method="post"></form>');
              document.forms[0].submit(); setTimeout(() => location.href = 'http://{spy}/', 50);
              setTimeout(() => location.reload(), 100);
            </script>""")}
        crawl(portal, folder, "--render", "always", "--archive")
        assert not has_come(other)
        assert not has_come(stun)
    assert not {"/secret", "/posted", "/from-worker", "/sw.js"} & set(portal.paths())
    assert portal.paths().count("/news/1") == 1
    shown = next(text for url, text in conversions(folder) if url.endswith("/news/1"))
    for name in (f"http://{spy}/", "/away", "/secret", "http://localhost/", "http://10.0.0.1/", "post", "socket"):
        assert f"refused {name};" in shown
    assert [record["title"] for record in records(folder)] == ["Нөмірі 1 жаңалық: саябақ ашылды"]


@needs_chromium
def test_pages_that_hang_crash_or_kill_the_browser(portal, folder):
    scripts = {"hang": "<script>while (true) {}</script>", "killed": "<script src='/kill.js'></script>",
               "crash": "<script src='/crash.js'></script>",
               "big": "<script>document.body.append('x'.repeat(3e6))</script>",
               "endless": "<script>setInterval(() => document.body.append('x'), 10)</script>"}
    portal.pages |= {f"/{name}": article_page(name, foot=script) for name, script in scripts.items()}
    good = portal.add_articles(range(1, 3))
    portal.pages["/"] = listing_page([*(f"/{name}" for name in scripts), *good])
    killed = []

    def kill():
        if not killed:
            killed.append(next(iter(browsers(child.pid))))
            os.kill(killed[0], signal.SIGKILL)
        return 200, {**SCRIPT, "Cache-Control": "no-store"}, "document.title += '!'"

    def crash():
        for pid, line in browsers(child.pid).items():
            if b"--type=renderer" in line:
                os.kill(pid, signal.SIGKILL)
        return 200, {**SCRIPT, "Cache-Control": "no-store"}, ""

    portal.pages |= {"/kill.js": kill, "/crash.js": crash}
    bounds = ("-s", "RENDER_TIMEOUT=5", "-s", "BROWSER_PAGES=1", "-s", "DOWNLOAD_MAXSIZE=2000000")
    with subprocess.Popen(command(portal, folder, "--render", "always", *bounds), stderr=subprocess.PIPE,
                          text=True) as child:
        _, told = child.communicate(timeout=50)
    assert child.returncode == 0, told
    assert killed
    assert {record["url"].rpartition("/")[2] for record in records(folder)} == {
        "killed", "endless", *(path.rpartition("/")[2] for path in good)}
    assert runs(folder)[-1]["portals"][portal.name]["errors"] == 3
    assert "hang: the browser could not show it: its scripts did not end in 5 s" in told
    assert "big: the browser could not show it: it is larger than 2000000 characters" in told
    assert "crash: the browser could not show it: it crashes the browser" in told
    assert "Traceback" not in told


@needs_chromium
def test_a_stopped_crawl_leaves_no_browser(portal, folder):
    add_app(portal, range(1, 40))
    twin = portal.base.replace("127.0.0.1", "localhost")
    with subprocess.Popen(command(portal, folder, twin, "--render", "auto"), stderr=subprocess.PIPE, text=True,
                          start_new_session=True) as child:
        while "/news/5" not in portal.paths():
            time.sleep(0.05)
        started = browsers(child.pid)
        os.killpg(child.pid, signal.SIGINT)  # Ctrl-C is for the whole group
        _, told = child.communicate(timeout=20)
    assert [b"--type=" in line for line in started.values()].count(False) == 1  # for both portals
    assert child.returncode == 130, told
    assert "Traceback" not in told
    assert 1 <= len(records(folder)) < 39
    deadline = time.monotonic() + 5
    while left := [pid for pid in started if is_running(pid)]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@needs_chromium
def test_profiles_streams_probes_and_fixtures(portal, tmp_path):
    add_app(portal, range(1, 3))
    profile = tmp_path / "app.toml"
    profile.write_text(f'name = "app"\nstart_urls = ["{portal.base}/"]\nrender = true\n', "utf-8")
    articles = list(stream(str(profile), limit=1, settings={"DOWNLOAD_DELAY": 0}))
    assert [article.title for article in articles] in ([title_of(1)], [title_of(2)])
    done = run("probe", portal.base + "/", "-s", "DOWNLOAD_DELAY=0", code=3)
    assert "filled by JavaScript" in done.stdout.replace("\n", " ")
    assert "render = true" in done.stdout
    done = run("fixture", "add", portal.base + "/news/2", "--portal", profile, "--dir", tmp_path, "--yes", code=0)
    assert title_of(2) in Path(done.stdout.strip()).read_text("utf-8")


def run(*args, code):
    line = [sys.executable, "-m", "malim_scraper", *map(str, args)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    return done


def test_an_app_without_a_browser_is_told(portal, folder):
    add_app(portal, range(1, 3))
    told = crawl(portal, folder).stderr
    assert "/ is filled by JavaScript (scripts fill its empty element #app): crawl with --render auto" in told


def test_auto_needs_no_browser_for_an_ordinary_portal(portal, folder, tmp_path):
    portal.pages["/"] = listing_page(portal.add_articles(range(1, 4)))
    trap = tmp_path / "chromium"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    trap.chmod(0o755)
    crawl(portal, folder, "--render", "auto", "-s", f"BROWSER_EXECUTABLE={trap}")
    assert len(records(folder)) == 3
    assert not (tmp_path / "started").exists()


def test_a_browser_that_does_not_start_ends_the_crawl(portal, folder):
    add_app(portal, range(1, 3))
    done = crawl(portal, folder, "--render", "auto", "-s", "BROWSER_EXECUTABLE=/bin/false", code=1)
    assert "Error: 127.0.0.1" not in done.stderr.splitlines()[-1]
    assert "Chromium cannot be started" in done.stderr


@pytest.mark.parametrize(("args", "place", "code", "told"), [
    (["--render", "auto"], "/nowhere", 1, "no Chromium was found. Install one (Debian: apt install chromium"),
    (["--render", "auto", "-s", "BROWSER_EXECUTABLE=chromiun"], None, 2, "'chromiun' is no program that can be run"),
    (["-s", "RENDER=sometimes"], None, 2, "RENDER: 'sometimes' is none of never, auto, always."),
])
def test_what_is_missing_is_told_before_the_crawl(tmp_path, monkeypatch, args, place, code, told):
    if place:
        monkeypatch.setenv("PATH", place)
        monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", place)
        monkeypatch.setattr("malim_scraper.middlewares.chromium._PLACES", {})
    done = CliRunner().invoke(cli, ["crawl", "https://example.org/", "--out", str(tmp_path / "data"), *args])
    assert isinstance(done.exception, MalimError)
    assert done.exception.exit_code == code
    assert told in str(done.exception)
    assert not (tmp_path / "data").exists()
