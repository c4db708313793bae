"""`malim status`: what it shows of folders in every state, and that it changes nothing in them."""

import json
import subprocess
import sys

import pytest

from malim_scraper.dataset import Folder, Frontier
from malim_scraper.dataset.overview import look_at

COUNTS = {"requests": 30, "stored": 10, "revisions": 0, "errors": 1, "articles": 10, "field": {"authors": 9},
          "visible": {"authors": 5}}


def malim(*args):
    return subprocess.run([sys.executable, "-m", "malim_scraper", "status", *args], capture_output=True, text=True,
                          timeout=30)


def a_run(day, *, outcome="finished", alarms=(), portals=None, message=None):
    ended = None if outcome == "killed" else f"2026-01-{day:02}T06:00:00+00:00"
    return {"started_at": f"2026-01-{day:02}T05:00:00+00:00", "ended_at": ended, "outcome": outcome,
            "alarms": list(alarms), "options": {}, "message": message,
            "portals": {"a.kz": COUNTS, "127.0.0.1": COUNTS} if portals is None else portals}


@pytest.fixture
def folder(tmp_path):
    """A dataset of two portals, with pages that wait and pages that failed, and a shard of another machine."""
    path = tmp_path / "data"
    opened = Folder(path)
    for key in ("a.kz", "127.0.0.1:8080"):
        frontier = Frontier(opened.store.state, key)
        for number in range(3):
            frontier.add(f"https://a.kz/{number}", rank=number)
        frontier.failed(frontier.take())
    opened.store.index("1", "a.kz", "x", 1, None)
    opened.store.state.note("retry-after:a.kz", 4_000_000_000)
    opened.store.commit()
    opened.close()
    write_runs(path, a_run(1), a_run(2), a_run(3))
    for name in ("articles.jsonl", "articles-two.jsonl"):
        (path / name).write_text('{"id": "1", "portal": "a.kz"}\n{"id": "2", "portal": "a.kz"}\n')
    return path


def write_runs(path, *runs):
    (path / "runs.jsonl").write_text("".join(json.dumps(run) + "\n" for run in runs))


def test_the_state_of_a_dataset(folder):
    before = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    seen = look_at(folder)
    assert (seen.records, seen.files) == (4, ["articles.jsonl", "articles-two.jsonl"])
    assert seen.asked_to_wait == {"a.kz": 4_000_000_000}
    one, two = seen.portals
    assert (one.name, one.articles, one.waiting, one.retries, one.new_per_day) == ("a.kz", 1, 2, 1, 10.0)
    assert (one.coverage, one.visible) == ({"authors": 0.9}, {"authors": 0.5})
    assert (two.name, two.waiting, two.retries) == ("127.0.0.1", 2, 1)  # its port only tells its pages apart
    assert not seen.is_unhealthy
    assert not seen.is_running
    after = {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}
    assert {name: after[name] for name in before} == before


def test_tables_and_json(folder):
    done = malim(str(folder), "--runs", "1")
    assert done.returncode == 0, done.stderr
    text = done.stdout
    for words in ("4 records in 2 files", "a.kz", "2026-01-03 05:00", "60.0", "90% (50%)",
                  "a.kz asked not to be asked before 2096"):
        assert words in text
    assert "2026-01-02" not in text.partition("Last runs")[2]
    found = json.loads(malim(str(folder), "--json").stdout)
    assert [portal["retries"] for portal in found["portals"]] == [1, 1]
    assert len(found["runs"]) == 3


@pytest.mark.parametrize(("last", "is_unhealthy"), [
    ([a_run(4, alarms=["a.kz: authors in 0% of 10 articles"])], True),
    ([a_run(4, alarms=["a.kz: errors"]), a_run(5, portals={"127.0.0.1": COUNTS})], True),  # a.kz not since
    ([a_run(4, alarms=["a.kz: errors"]), a_run(5)], False),
    ([a_run(4, outcome="failed", message="nothing could be fetched")], True),
    ([a_run(4, outcome="killed", portals={})], True),
    ([a_run(4, outcome="stopped")], False),
])
def test_what_is_unhealthy(folder, last, is_unhealthy):
    write_runs(folder, a_run(1), *last)
    assert look_at(folder).is_unhealthy is is_unhealthy


def test_a_running_crawl_is_told_and_not_disturbed(folder):
    running = Folder(folder)
    running.store.index("3", "a.kz", "y", 1, None)
    try:
        assert look_at(folder).is_running
        running.store.commit()
        assert look_at(folder).portals[0].articles == 3
    finally:
        running.close()
    assert not look_at(folder).is_running


def test_a_first_run_names_the_portal_as_its_records_will(folder):
    write_runs(folder)
    assert "127.0.0.1:8080" in {portal.name for portal in look_at(folder).portals}


@pytest.mark.parametrize("content", [None, b"no database", b""])
def test_a_state_that_cannot_be_read_is_passed_over(folder, content):
    (folder / "state.sqlite").unlink()
    if content is not None:
        (folder / "state.sqlite").write_bytes(content)
    seen = look_at(folder)
    assert (seen.records, seen.portals[0].articles, seen.asked_to_wait) == (4, 0, {})


@pytest.mark.parametrize("name", ["", "missing"])
def test_a_folder_that_is_no_dataset(tmp_path, name):
    done = malim(str(tmp_path / name))
    assert done.returncode == 1
    line, = done.stderr.splitlines()
    assert "no dataset folder" in line
    assert done.stdout == ""
