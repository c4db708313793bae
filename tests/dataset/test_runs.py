"""Reading `runs.jsonl`: all of it, or the first run and the last ones."""

import json

import pytest

from malim_scraper.dataset.runs import Run, append_run, iter_runs


@pytest.fixture
def path(tmp_path):
    for number in range(20):
        append_run(tmp_path / "runs.jsonl", Run(started_at=f"{2000 + number}"))
    return tmp_path / "runs.jsonl"


def years(path, **options):
    return [int(run["started_at"]) for run in iter_runs(path, **options)]


def test_all_runs(path):
    assert years(path) == list(range(2000, 2020))


@pytest.mark.parametrize(("lines", "since"), [
    (0, 2020), (0.5, 2020), (1.5, 2019), (2, 2019), (18.5, 2002), (19.5, 2001), (20, 2001), (25, 2001),
])
def test_the_first_and_the_last_each_once(path, lines, since):
    one = len(path.read_bytes()) / 20
    assert years(path, last=int(lines * one)) == [2000, *range(since, 2020)]


def test_what_is_no_run_is_passed_over(path):
    path.write_bytes(b"half a line\n" + path.read_bytes() + b"[1]\n" + json.dumps({"started_at": "2020"}).encode())
    assert years(path) == list(range(2000, 2021))


def test_no_file(tmp_path):
    assert years(tmp_path / "runs.jsonl", last=10) == []
