"""Crawls that are killed, stopped, refused, or cannot write: nothing is lost, nothing is doubled."""

import random
import signal
import time
from pathlib import Path

import pytest
from tiny_portal import SENTENCE, TinyPortal, article_page, crawl, listing_page, records, runs, serving, started

from malim_scraper.runner import GRACE


@pytest.fixture
def portal():
    portal = TinyPortal()
    paths = portal.add_articles(range(60))
    for page in range(6):
        portal.pages["/" if page == 0 else f"/?page={page + 1}"] = listing_page(
            paths[page * 10:page * 10 + 10], following=f"/?page={page + 2}" if page < 5 else None)
    with serving(portal) as running:
        yield running


def wait_for(portal, requests):
    until = time.monotonic() + 30
    while len(portal.asked) < requests:
        assert time.monotonic() < until
        time.sleep(0.005)


def numbers(folder):
    return sorted(int(record["url"].partition("/news/")[2].partition("-")[0]) for record in records(folder))


def test_killed_at_any_moment_and_resumed(portal, folder):
    moments = random.Random(5)
    for _ in range(6):
        portal.asked = []
        running = started(portal, folder)
        wait_for(portal, moments.randint(1, 25))
        time.sleep(moments.random() / 50)
        running.kill()
        running.communicate()
    crawl(portal, folder)
    assert numbers(folder) == list(range(60))
    outcomes = [run["outcome"] for run in runs(folder)]
    assert outcomes == ["killed"] * (len(outcomes) - 1) + ["finished"]


def test_killed_while_the_pages_of_an_article_are_fetched(portal, folder):
    """Its further pages must not become records of their own."""
    def text(part):
        return [f"{part}-бөлім, {line}-жол. {SENTENCE * 2}" for line in range(3)]

    path, number = "/news/99-sayabaq-ashyldy-qalada", 99
    for part in range(1, 5):
        pager = "".join(f'<a href="{path}?page={other}">{other}</a> ' for other in range(1, 5) if other != part)
        portal.pages[path if part == 1 else f"{path}?page={part}"] = article_page(number, body=text(part), foot=pager)
    portal.pages = {"/": listing_page([path])} | {key: page for key, page in portal.pages.items() if path in key}
    for requests in (4, 5, 6):
        portal.asked = []
        running = started(portal, folder, "-s", "DOWNLOAD_DELAY=0.3")
        wait_for(portal, requests)
        time.sleep(0.7)
        running.kill()
        running.communicate()
    crawl(portal, folder)
    record, = records(folder)
    assert record["body"].count("\n\n") == 11


def test_killed_with_a_torn_line_and_no_state(portal, folder):
    running = started(portal, folder)
    wait_for(portal, 40)
    running.kill()
    running.communicate()
    whole = len(records(folder))
    with (folder / "articles.jsonl").open("ab") as file:
        file.write(b'{"id": "abc", "title": "\xd0')
    for file in folder.glob("state.sqlite*"):
        file.unlink()
    assert whole > 5
    done = crawl(portal, folder)
    assert "damaged" in done.stderr
    assert numbers(folder) == list(range(60))


def test_a_second_run_at_the_same_time_is_refused(portal, folder):
    running = started(portal, folder)
    wait_for(portal, 3)
    done = crawl(portal, folder, code=1)
    assert done.stderr.startswith("Error: ")
    assert "another run" in done.stderr
    assert done.stderr.count("\n") == 1
    running.communicate()
    assert numbers(folder) == list(range(60))


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_within_ten_seconds(portal, folder, number, code):
    """A machine that is busy gets longer than ten seconds here; one that waits for the server takes a minute."""
    def hang():
        time.sleep(60)
        return 200, {}, "late"

    for path in list(portal.pages)[20:40]:
        portal.pages[path] = hang
    running = started(portal, folder, "-s", "DOWNLOAD_TIMEOUT=90")
    wait_for(portal, 22)
    running.send_signal(number)
    _, errors = running.communicate(timeout=30)
    assert GRACE < 10
    assert running.returncode == code, errors
    assert "Traceback" not in errors
    assert runs(folder)[-1]["outcome"] == "stopped"
    assert len(records(folder)) == runs(folder)[-1]["portals"][portal.name]["stored"] > 0


def test_a_signal_does_not_wait_for_delays(portal, folder):
    running = started(portal, folder, "-s", "DOWNLOAD_DELAY=90")
    wait_for(portal, 1)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=30)
    assert running.returncode == 143
    crawl(portal, folder)
    assert numbers(folder) == list(range(60))


@pytest.mark.parametrize("size", [50_000, 60_000, 100_000, 150_000])
def test_a_full_disk_ends_the_crawl_with_one_line(portal, folder, size):
    done = crawl(portal, folder, code=1, file_bytes=size)
    assert len([line for line in done.stderr.splitlines() if line.startswith("Error: ")]) == 1
    assert "cannot be" in done.stderr
    crawl(portal, folder)
    assert numbers(folder) == list(range(60))


def test_a_folder_without_permission_is_told(portal):
    """Not even root can make a file in /sys."""
    done = crawl(portal, "/sys", code=1)
    assert done.stderr.startswith("Error: /sys: cannot be written (")
    assert done.stderr.count("\n") == 1
    assert portal.asked == []


def test_a_crawl_listens_to_nobody(portal, folder):
    """Scrapy's remote control and telnet console are ports that execute what they are sent."""
    running = started(portal, folder, "-s", "DOWNLOAD_DELAY=90")
    wait_for(portal, 1)
    sockets = {str(file.readlink()) for file in Path(f"/proc/{running.pid}/fd").iterdir() if file.is_symlink()}
    tables = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
    rows = [line.split() for line in tables.splitlines() if " local_address " not in line]
    states = {row[3] for row in rows if f"socket:[{row[9]}]" in sockets}
    running.kill()
    running.wait()
    assert "0A" not in states  # LISTEN
    assert "01" in states  # ESTABLISHED: the connection to the portal


def test_a_place_that_is_no_folder_is_told(portal, tmp_path):
    (tmp_path / "file").write_text("")
    for place in ("file", "missing/data"):
        done = crawl(portal, tmp_path / place, code=1)
        assert done.stderr.startswith("Error: ")
        assert done.stderr.count("\n") == 1
    assert portal.asked == []


def test_an_unreachable_portal_is_told_in_one_line(tmp_path):
    portal = TinyPortal()
    with serving(portal):
        pass  # its port is closed again
    done = crawl(portal, tmp_path / "data", code=1)
    cause = f"{portal.base}/: connection refused"
    assert done.stderr.splitlines() == [f"Error: {portal.name}: nothing could be fetched. {cause}"]
    assert runs(tmp_path / "data")[-1]["outcome"] == "failed"


def test_a_portal_that_answers_with_errors_is_left_alone(portal, folder):
    for path in list(portal.pages):
        if path.startswith("/news/"):
            portal.pages[path] = 500
    done = crawl(portal, folder, code=1)
    assert "left alone" in done.stderr
    assert len(portal.asked) < 60
