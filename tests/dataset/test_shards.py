"""What several workers know, taken together."""

import fcntl
import json
from contextlib import closing
from threading import Timer

import pytest

from malim_scraper.dataset import Frontier, State
from malim_scraper.dataset.crew_runs import read_runs
from malim_scraper.dataset.lock import Lock, is_held
from malim_scraper.dataset.shards import free_worker, gather, read_worker
from malim_scraper.errors import DatasetError, UsageError

URL = "http://x.kz/1"


def know(folder, worker, act):
    """Let a worker's state know what `act` does to its frontier; its record file is empty."""
    (folder / f"articles-{worker}.jsonl").touch()
    with closing(State(folder / f"state-{worker}.sqlite")) as state:
        frontier = Frontier(state, "x.kz")
        frontier.add(URL, rank=1.0)
        act(frontier, frontier.find(URL))
        state.commit()


def together(folder):
    with closing(State(None)) as state:
        gather(folder, state)
        page = Frontier(state, "x.kz").find(URL)
        return page.status, page.outcome


@pytest.mark.parametrize("order", ["ab", "ba"])
@pytest.mark.parametrize(("one", "other", "expected"), [
    (lambda *_: None, lambda frontier, page: frontier.done(page, "listing"), ("done", "listing")),
    (lambda *_: None, lambda frontier, page: frontier.left_out(page, "refused"), ("never", "refused")),
    (lambda *_: None, lambda frontier, page: frontier.take(), ("waiting", None)),
    (lambda frontier, page: frontier.again([page.id]), lambda frontier, page: frontier.done(page, "feed"),
     ("done", "feed")),
])
def test_who_fetched_a_page_last_is_right(order, one, other, expected, tmp_path):
    know(tmp_path, order[0], one)
    know(tmp_path, order[1], other)
    assert together(tmp_path) == expected


def test_records_that_no_state_has_indexed_are_known(tmp_path):
    know(tmp_path, "a", lambda *_: None)
    for worker, revision in (("a", 1), ("b", 2)):
        line = {"id": "1", "url": URL, "canonical_url": URL, "portal": "x.kz", "revision": revision,
                "content_hash": f"h{revision}", "first_seen_at": "2024-04-24T00:00:00+00:00", "date_published": None}
        (tmp_path / f"articles-{worker}.jsonl").write_text(json.dumps(line) + '\n{"torn')
    assert together(tmp_path) == ("done", "article")
    with closing(State(None)) as state:
        gather(tmp_path, state)
        assert state.db.execute("SELECT content_hash, revision FROM articles").fetchall() == [("h2", 2)]


def test_workers_share_a_folder_and_a_run_alone_does_not(tmp_path):
    lock, other = Lock(tmp_path, "a"), Lock(tmp_path, "b")
    assert is_held(tmp_path) and free_worker(tmp_path, "host.kz") == "host.kz-1"
    for worker in ("a", None):
        with pytest.raises(DatasetError):
            Lock(tmp_path, worker)
    lock.release()
    other.release()
    alone = Lock(tmp_path)
    with pytest.raises(DatasetError, match="without --redis"):
        Lock(tmp_path, "a")
    alone.release()
    assert not is_held(tmp_path)


def test_somebody_who_looks_is_no_run(tmp_path):
    path = tmp_path / ".lock"
    path.touch()
    with path.open() as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        looked = Timer(0.02, fcntl.flock, (looking, fcntl.LOCK_UN))
        looked.start()
        Lock(tmp_path).release()
        looked.join()


@pytest.mark.parametrize("name", ["", "a/b", "../a", "a--b", "қ", "a" * 61, "a\n"])
def test_names_that_no_file_may_have(name):
    with pytest.raises(UsageError):
        read_worker(name)


def test_the_lines_of_one_crawl_are_one_run(tmp_path):
    def line(worker, crawl, start, end, outcome, **counts):
        portals = {"x.kz": {"outcome": outcome, "seconds": 2.0, "warning": {}, **counts}} if counts else {}
        return {"started_at": start, "ended_at": end, "outcome": outcome, "portals": portals, "alarms": [],
                "message": None, "options": {"worker": worker, "crawl": crawl, "full": True}}

    first = line("a", "1", "2024-01-02", "2024-01-03", "finished", stored=2, field={"lead": 1})
    second = line("b", "1", "2024-01-01", "2024-01-04", "stopped", stored=3, field={"lead": 1, "tags": 2})
    killed = line("b", "1", "2024-01-02", None, "killed")
    later = line("a", "2", "2024-02-01", "2024-02-02", "finished", stored=0)
    for worker, lines in (("a", (first, later)), ("b", (second, killed))):
        (tmp_path / f"runs-{worker}.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    joined, alone = read_runs(tmp_path)
    assert alone == later
    assert (joined["started_at"], joined["ended_at"], joined["outcome"]) == ("2024-01-01", "2024-01-04", "finished")
    assert joined["options"] == {"crawl": "1", "full": True, "workers": 2}
    assert joined["portals"]["x.kz"] == {"outcome": "finished", "seconds": 2.0, "warning": {}, "stored": 5,
                                         "field": {"lead": 2, "tags": 2}}
