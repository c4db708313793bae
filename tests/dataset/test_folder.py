"""The dataset folder: opened by one run, mended, its index rebuilt from the records."""

import json
import os
from datetime import UTC, datetime

import pytest

from malim_scraper.dataset import Folder, Frontier, Run, iter_runs
from malim_scraper.errors import DatasetError
from malim_scraper.items import Article

CRAWLED = datetime(2026, 1, 31, 12, tzinfo=UTC)


def an_article(number, body="Мәтін", **fields):
    url = f"https://example.kz/news/{number}"
    return Article(id="", url=url, canonical_url=url, portal="example.kz", title=f"Тақырып {number}", body=body,
                   **fields)


def put(folder, article, at=CRAWLED):
    fate = folder.store.judge(article, crawled_at=at)
    if fate in ("new", "revision"):
        folder.store.write(article)
    return fate


def lines(path):
    return [json.loads(line) for line in (path / "articles.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data"


def opened_with(path, *articles):
    folder = Folder(path)
    for article in articles:
        put(folder, article)
    folder.end(Run(started_at="2026-01-31T12:00:00+00:00"))


def test_revisions_keep_id_and_first_sight(path):
    later = CRAWLED.replace(month=3)
    folder = Folder(path)
    assert put(folder, an_article(1)) == "new"
    assert put(folder, an_article(1), later) == "unchanged"
    assert put(folder, an_article(1, tags=["қала"]), later) == "unchanged"  # only title, body, date_published count
    assert put(folder, an_article(1, body="Жаңа мәтін"), later) == "revision"
    folder.end(Run(started_at=""))
    first, second = lines(path)
    assert (first["id"], first["revision"], first["first_seen_at"]) == (second["id"], 1, "2026-01-31T12:00:00+00:00")
    assert (second["revision"], second["first_seen_at"]) == (2, first["first_seen_at"])
    assert second["crawled_at"] == "2026-03-31T12:00:00+00:00"
    assert first["content_hash"] != second["content_hash"]


def test_the_same_text_under_another_address_is_a_duplicate(path):
    folder = Folder(path)
    put(folder, an_article(1))
    twin = an_article(2)
    twin.title = "Тақырып 1"
    assert put(folder, twin) == "duplicate"
    other = an_article(3, date_published="2024-01-01")
    other.title = "Тақырып 1"
    assert put(folder, other) == "new"  # another day's notice in the same words
    folder.close()


@pytest.mark.parametrize("damage", [
    lambda path: [file.unlink() for file in path.glob("state.sqlite*")],
    lambda path: (path / "state.sqlite").write_bytes(b"no database" * 1_000),
    lambda path: os.truncate(path / "state.sqlite", 5_000),
    lambda path: (path / "state.sqlite").write_bytes(b""),
])
def test_a_lost_state_is_rebuilt(path, damage):
    opened_with(path, an_article(1), an_article(2))
    damage(path)
    folder = Folder(path)
    assert put(folder, an_article(1)) == "unchanged"
    assert put(folder, an_article(2, body="Өзгерді")) == "revision"
    assert Frontier(folder.store.state, "example.kz").find("http://www.example.kz/news/1/").outcome == "article"
    folder.end(Run(started_at=""))
    assert [line["revision"] for line in lines(path)] == [1, 1, 2]


def test_records_that_the_state_missed_are_indexed(path):
    folder = Folder(path)
    put(folder, an_article(1))
    folder.store.commit()
    put(folder, an_article(2))  # written, but killed before the state was committed
    folder.close()
    folder = Folder(path)
    assert put(folder, an_article(2)) == "unchanged"
    assert put(folder, an_article(1)) == "unchanged"
    statuses = dict(folder.store.state.db.execute("SELECT url, status FROM pages"))
    assert statuses[an_article(2).url] == "waiting", "what its page led to is not known"
    folder.close()


def test_records_that_were_taken_away_come_again(path):
    opened_with(path, an_article(1), an_article(2))
    first = (path / "articles.jsonl").read_bytes().splitlines(True)[0]
    (path / "articles.jsonl").write_bytes(first)
    folder = Folder(path)
    assert "shorter" in folder.repairs[0]
    assert put(folder, an_article(1)) == "unchanged"
    assert put(folder, an_article(2)) == "new"
    folder.close()


def test_one_run_at_a_time(path):
    folder = Folder(path)
    with pytest.raises(DatasetError, match="another run"):
        Folder(path)
    folder.close()
    Folder(path).close()


def test_a_killed_run_gets_its_line(path):
    folder = Folder(path)
    folder.begin(Run(started_at="2026-01-31T12:00:00+00:00", options={"limit": 5}))
    os.close(folder._lock._file)  # what a kill does
    Folder(path).close()
    Folder(path).close()
    killed, = iter_runs(path / "runs.jsonl")
    assert (killed["outcome"], killed["started_at"], killed["options"]) == (
        "killed", "2026-01-31T12:00:00+00:00", {"limit": 5})


def test_a_torn_line_of_runs_does_not_hide_the_next(path):
    opened_with(path)
    with (path / "runs.jsonl").open("a") as file:
        file.write('{"started_at": "2026')
    opened_with(path)
    assert len(list(iter_runs(path / "runs.jsonl"))) == 2


@pytest.mark.parametrize("place", ["missing/data", "file", "file/data"])
def test_an_unusable_place_is_told_in_one_line(tmp_path, place):
    (tmp_path / "file").write_text("")
    with pytest.raises(DatasetError) as caught:
        Folder(tmp_path / place)
    assert str(tmp_path / place) in str(caught.value)
    assert "\n" not in str(caught.value)
