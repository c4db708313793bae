"""Real crawls of a portal whose markup changes after five runs, and what tells its operator."""

import json
import subprocess
import sys
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from tiny_portal import TinyPortal, crawl, listing_page, runs, serving

from malim_scraper.dataset.runs import Run
from malim_scraper.extensions import alarm
from malim_scraper.extensions.alarm import AlarmError, raise_alarm

RUN = Run(started_at="2026-01-01T05:00:00+00:00", ended_at="2026-01-01T06:00:00+00:00", portals={"p": {"stored": 1}},
          alarms=["p: authors in 0% of 9 articles", "p: errors"])


def status(folder, *args):
    return subprocess.run([sys.executable, "-m", "malim_scraper", "status", str(folder), *args], capture_output=True,
                          text=True, timeout=30)


@contextmanager
def receiving(code):
    """A webhook's server; gives the list of what was posted."""
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            posted.append((self.headers["Content-Type"], json.loads(body)))
            self.send_response(code)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield posted, f"http://127.0.0.1:{server.server_address[1]}/alarm"
    finally:
        server.shutdown()
        server.server_close()


def test_a_portal_whose_markup_changes_after_five_runs(tmp_path):
    folder = tmp_path / "data"
    with serving(TinyPortal()) as portal:
        paths = portal.add_articles(range(6))
        portal.pages["/"] = listing_page(paths)
        for number in range(5):
            crawl(portal, folder)
            paths = [*portal.add_articles(range(10 + 6 * number, 16 + 6 * number)), *paths]
            portal.pages["/"] = listing_page(paths)
        assert not any(run["alarms"] for run in runs(folder))
        assert status(folder).returncode == 0
        for path in paths[:6]:  # the byline goes, metadata still name the author
            portal.pages[path] = portal.pages[path].replace("Автор: Айгүл Серік, ", "")
        told = tmp_path / "told"
        done = crawl(portal, folder, "--on-unhealthy", f'echo "$MALIM_MESSAGE" > {told}; cat > {told}.json', code=3)
    line, = runs(folder)[-1]["alarms"]
    assert f"{portal.name}: authors shown on the page in 0% of 6 articles, 100% before (since 20" in line
    assert f"Unhealthy: {line}" in done.stderr
    assert told.read_text("utf-8").strip() == line
    sent = json.loads(told.with_name("told.json").read_text("utf-8"))
    assert (sent["message"], sent["dataset"], sent["portals"][portal.name]["stored"]) == (line, str(folder), 6)
    shown = status(folder)
    assert shown.returncode == 3
    assert f"Unhealthy: {line}" in " ".join(shown.stdout.split())
    found = json.loads(status(folder, "--json").stdout)
    assert (found["records"], found["is_unhealthy"], found["portals"][0]["alarms"]) == (36, True, [line])
    assert found["portals"][0]["coverage"]["authors"] == 1
    assert found["portals"][0]["visible"]["authors"] < 1


@pytest.mark.parametrize(("hook", "words"), [
    ("exit 7", "Warning: --on-unhealthy: exit code 7"),
    ("http://127.0.0.1:9/", "Warning: --on-unhealthy: "),
])
def test_a_failed_run_is_told_and_a_failing_hook_is_one_line(hook, words, tmp_path):
    portal = TinyPortal()
    with serving(portal):
        base = portal.base
    portal.base = base  # nobody answers there any more
    done = crawl(portal, tmp_path / "data", "--on-unhealthy", hook, code=1)
    first, second = done.stderr.splitlines()
    assert first.startswith("Error: ")
    assert second.startswith(words)


def test_a_webhook_gets_json(tmp_path):
    with receiving(204) as (posted, url):
        raise_alarm(url, RUN, tmp_path)
    (kind, body), = posted
    assert kind == "application/json"
    assert body["message"].splitlines() == body["alarms"] == RUN.alarms
    assert (body["dataset"], body["outcome"]) == (str(tmp_path), "finished")


@pytest.mark.parametrize("code", [404, 500])
def test_a_webhook_that_refuses_is_told(code, tmp_path):
    with receiving(code) as (_, url), pytest.raises(AlarmError, match=str(code)):
        raise_alarm(url, RUN, tmp_path)


def test_a_command_that_hangs_is_ended_with_its_children(tmp_path, monkeypatch):
    monkeypatch.setattr(alarm, "COMMAND_SECONDS", 0.3)
    with pytest.raises(AlarmError, match="not done after"):
        raise_alarm(f"sleep 30 & echo $! > {tmp_path}/child; wait", RUN, tmp_path)
    child = int((tmp_path / "child").read_text())
    stat = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True).stdout.strip()
    assert stat[:1] in ("", "Z")  # a process that is nice has an N behind it
