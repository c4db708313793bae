"""The log of a crawl: what is in it, as text and as JSON, how it rotates, and what stays on standard error."""

import json
import logging
from datetime import datetime

import pytest
from tiny_portal import TinyPortal, crawl, listing_page, serving

from malim_scraper.commands import logs


@pytest.fixture
def portal():
    portal = TinyPortal()
    paths = portal.add_articles(range(3))
    portal.pages[paths[1]] = 500
    portal.pages["/"] = listing_page(paths)
    with serving(portal) as running:
        yield running


def test_the_log_as_json(portal, folder, tmp_path):
    done = crawl(portal, folder, "--log-file", tmp_path / "crawl.log", "--log-json")
    entries = [json.loads(line) for line in (tmp_path / "crawl.log").read_text("utf-8").splitlines()]
    assert all(datetime.fromisoformat(entry["time"]).tzinfo for entry in entries)
    first, *_, last = (entry["message"] for entry in entries)
    assert (first, last) == ("malim crawl begins", "malim crawl ends with exit code 0")
    stored = [entry for entry in entries if "stored, revision 1" in entry["message"]]
    failed, = (entry for entry in entries if entry["level"] == "warning")
    assert sorted(entry["url"][-24:] for entry in stored) == ["0-sayabaq-ashyldy-qalada", "2-sayabaq-ashyldy-qalada"]
    assert {entry["portal"] for entry in (*stored, failed)} == {portal.name}
    assert "HTTP 500" in failed["message"]
    summary = done.stderr.splitlines()
    assert len(summary) == 3, "on standard error are warnings and the summary only"
    assert {entry["message"] for entry in entries} >= set(summary)


def test_the_log_as_text_is_appended_to(portal, folder, tmp_path):
    for _ in range(2):
        crawl(portal, folder, "--log-file", tmp_path / "crawl.log", "--log-level", "warning")
    lines = (tmp_path / "crawl.log").read_text("utf-8").splitlines()
    assert len(lines) == 2
    assert all(" WARNING malim_scraper.spiders.portal: " in line for line in lines)


@pytest.mark.parametrize(("args", "code", "error"), [
    (["--log-json"], 2, "--log-json says how the log is written. Add --log-file FILE."),
    (["--log-file", "/missing/folder/crawl.log"], 1,
     "/missing/folder/crawl.log: cannot be written (No such file or directory)."),
])
def test_a_log_that_cannot_be_is_told(portal, folder, args, code, error):
    assert crawl(portal, folder, *args, code=code).stderr == f"Error: {error}\n"
    assert not folder.exists()


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A log that rotates at 2,000 bytes."""
    monkeypatch.setattr(logs, "MAX_BYTES", 2_000)
    with logs._logging_to(tmp_path / "a.log", "INFO", logs._TextFormatter()):
        yield logging.getLogger("malim_scraper.test")


def test_a_log_is_rotated_by_size(log, tmp_path):
    for number in range(300):
        log.info("message %d", number)
    found = {path.name: path for path in tmp_path.iterdir()}
    assert sorted(found) == ["a.log", *(f"a.log.{number}" for number in range(1, logs.KEPT + 1))]
    assert all(path.stat().st_size <= 2_000 for path in found.values())
    assert "message 299" in found["a.log"].read_text()


def test_a_log_that_another_program_moved_is_begun_anew(log, tmp_path):
    log.info("first")
    (tmp_path / "a.log").rename(tmp_path / "moved.log")
    log.info("second")
    (tmp_path / "a.log").unlink()
    log.info("third")
    assert "first" in (tmp_path / "moved.log").read_text()
    assert "third" in (tmp_path / "a.log").read_text()


def test_a_log_that_fails_says_so_once(tmp_path, capsys):
    with logs._logging_to(tmp_path / "sub.log", "INFO", logs._TextFormatter()):
        (tmp_path / "sub.log").unlink()
        (tmp_path / "sub.log").mkdir()
        for _ in range(3):
            logging.getLogger("malim_scraper.test").info("lost")
    assert capsys.readouterr().err.count("cannot be written") == 1
