"""The real commands in subprocesses against the replica portal, compared with the replica's own truth."""

import json
import os
import shlex
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from malim_scraper.demo import Replica, serve, truth
from malim_scraper.demo.announce import DISALLOWED
from malim_scraper.demo.articles import ZONE, read_blocks

ROOT = Path(__file__).parent.parent
COMPARED = ("canonical_url", "title", "authors", "date_published", "date_modified", "lead", "body", "blocks", "section",
            "tags", "images", "related", "language")
RELATED_KEYS = ("title", "url", "date_published", "summary")
NEW, EDITED, DELETED = 901, 609, 625


@dataclass(repr=False)
class Run:
    """What one crawl left: its process, all records so far, the traffic that it caused, the truth at its time."""

    done: subprocess.CompletedProcess
    records: list
    traffic: Counter
    at_once: int
    truth: list


def run(*args, module="malim_scraper", cwd=ROOT):
    return subprocess.run([sys.executable, "-m", module, *map(str, args)], cwd=cwd, capture_output=True, text=True,
                          timeout=120, env={**os.environ, "PYTHONUTF8": "1"})


def read(path):
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def crawl(server, out):
    before = server.traffic.requests.copy()
    done = run("crawl", f"{server.replica.base}/", "--out", out, "--timezone", "Asia/Almaty", "-s", "DOWNLOAD_DELAY=0")
    return Run(done, read(out / "articles.jsonl"), server.traffic.requests - before, server.traffic.at_once,
               truth(server.replica))


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Three crawls into one folder: the first, one without news, one after an addition, an edit and a deletion."""
    out = tmp_path_factory.mktemp("dataset")
    replica = Replica()
    with serve(replica) as server:
        first, second = crawl(server, out), crawl(server, out)
        replica.add(replace(replica.get(NEW - 292), id=NEW, title="Көктемде егілген бау жапырақ жайды",
                            published=datetime(2024, 5, 8, 9, tzinfo=ZONE), related=(),
                            blocks=read_blocks("Бір ай бұрын егілген көшеттің бәрі дерлік бүршік атты.\n\n"
                                               "Бағбандар енді аптасына екі рет суарып, кезекпен күзетіп жүр.")))
        replica.edit(EDITED, title="Ауыл тұрғындары бос жерге үш жүз түп алма екті")
        replica.delete(DELETED)
        return [first, second, crawl(server, out)]


def stored(run):
    """The newest revision of each record, by canonical address."""
    return {record["canonical_url"]: record for record in run.records}


def compared(record, field):
    if field != "related":
        return record[field]
    return [{key: item[key] for key in RELATED_KEYS} for item in record["related"]]


def test_first_crawl_succeeds(runs):
    assert runs[0].done.returncode == 0, runs[0].done.stderr
    assert runs[0].done.stdout == ""


def test_every_article_is_stored_once_and_nothing_else(runs):
    addresses = Counter(record["canonical_url"] for record in runs[0].records)
    expected = Counter(record["canonical_url"] for record in runs[0].truth)
    assert {"missing": sorted(expected - addresses), "too many": sorted(addresses - expected)} == \
        {"missing": [], "too many": []}


@pytest.mark.parametrize("field", COMPARED)
def test_field_equals_the_truth(runs, field):
    found = stored(runs[0])
    wrong = [f"{expected['canonical_url']}: {found[expected['canonical_url']][field]!r} is not {expected[field]!r}"
             for expected in runs[0].truth if expected["canonical_url"] in found
             and compared(found[expected["canonical_url"]], field) != expected[field]]
    assert not wrong, f"{len(wrong)} records\n" + "\n".join(wrong[:4])


def test_nothing_disallowed_is_fetched(runs):
    assert runs[0].traffic["/robots.txt"] == 1
    assert not [path for path in runs[0].traffic if path.startswith(DISALLOWED)]


def test_no_page_is_fetched_twice(runs):
    assert {path: count for path, count in runs[0].traffic.items() if count > 1} == {}


def test_no_pictures_are_fetched(runs):
    assert not [path for path in runs[0].traffic if path.endswith((".png", ".svg", ".css"))]


def test_one_request_at_a_time(runs):
    assert runs[2].at_once == 1


def test_tracking_parameters_are_folded_away(runs):
    assert not [path for path in runs[0].traffic if "utm_" in path]
    assert not [record["url"] for record in runs[0].records if "utm_" in record["url"]]


def test_second_crawl_is_cheap_and_stores_nothing(runs):
    first, second, _ = runs
    assert second.done.returncode == 0, second.done.stderr
    assert len(second.records) == len(first.records)
    assert second.traffic.total() <= 0.15 * first.traffic.total(), sorted(second.traffic)


def test_third_crawl_finds_what_changed(runs):
    _, second, third = runs
    assert third.done.returncode == 0, third.done.stderr
    added = third.records[len(second.records):]
    assert Counter((record["title"], record["revision"]) for record in added) == Counter([
        ("Көктемде егілген бау жапырақ жайды", 1), ("Ауыл тұрғындары бос жерге үш жүз түп алма екті", 2)])
    before = {record["id"]: record for record in second.records}
    edited = next(record for record in added if record["revision"] == 2)
    assert edited["first_seen_at"] == before[edited["id"]]["first_seen_at"]
    assert edited["content_hash"] != before[edited["id"]]["content_hash"]


def test_scrapy_lists_the_spiders():
    assert run("list", module="scrapy").stdout.split() == ["malim", "portal"]


def test_scrapy_crawls_as_its_users_expect(server, tmp_path):
    out = tmp_path / "articles.jsonl"
    done = run("crawl", "portal", "-a", f"url={server.replica.base}/", "-a", "timezone=Asia/Almaty",
               "-s", "DOWNLOAD_DELAY=0", "-O", out, module="scrapy")
    assert done.returncode == 0, done.stderr
    assert {record["canonical_url"] for record in read(out)} == \
        {record["canonical_url"] for record in truth(server.replica)}


def test_demo_ends_with_commands_that_run(tmp_path):
    done = run("demo", "--out", "set", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    records = read(tmp_path / "set" / "articles.jsonl")
    assert f"{len(records)} records in {Path('set', 'articles.jsonl')}" in done.stderr
    suggested = done.stderr.split("Try next:\n")[1].splitlines()
    commands = [shlex.split(line.split("    ")[0]) for line in suggested]
    assert len(commands) == 3
    for program, *args in commands:
        assert program == "malim"
        if "--keep-serving" not in args:
            again = run(*args, cwd=tmp_path)
            assert again.returncode == 0, again.stderr


def test_demo_on_a_port_in_use_fails_in_one_line(server, tmp_path):
    port = server.replica.base.rpartition(":")[2]
    done = run("demo", "--port", port, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: port {port} cannot be used")
    assert done.stderr.count("\n") == 1
