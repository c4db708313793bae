"""Many portals in one crawl: all of them, a few at once, whatever becomes of the others."""

import signal
import time
from contextlib import ExitStack

import forked
import pytest
from tiny_portal import TinyPortal, listing_page, records, runs, serving

DEAD = "http://127.0.0.1:9/"


@pytest.fixture
def portals():
    with ExitStack() as stack:
        found = [stack.enter_context(serving(TinyPortal())) for _ in range(5)]
        for place, portal in enumerate(found):
            portal.pages["/"] = listing_page(portal.add_articles(range(10 * place, 10 * place + 4)))
        yield found


def arguments(folder, *args, delay="0"):
    return ["crawl", "--portals", "-", "--out", str(folder), "-s", f"DOWNLOAD_DELAY={delay}", "-s", "RETRY_TIMES=0",
            *args]


def lines(portals):
    return "\n".join(getattr(portal, "base", portal) for portal in portals)


def crawl(portals, folder, *args):
    done = forked.run(*arguments(folder, *args), stdin=lines(portals))
    assert "Traceback" not in done.stderr, done.stderr
    return done


def per_portal(folder):
    found = {}
    for record in records(folder):
        found[record["portal"]] = found.get(record["portal"], 0) + 1
    return found


def name_of(portal):
    return portal.base.removeprefix("http://")


def test_all_are_crawled_two_at_a_time_and_a_dead_one_fails_alone(portals, tmp_path):
    folder = tmp_path / "data"
    done = crawl([DEAD, *portals, portals[0].base + "/"], folder, "-s", "PORTALS_AT_ONCE=2")
    assert done.returncode == 1
    assert per_portal(folder) == {name_of(portal): 4 for portal in portals}
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error")]
    assert errors == ["Error: 127.0.0.1:9: nothing could be fetched. http://127.0.0.1:9/: connection refused"]
    run, = runs(folder)
    assert run["outcome"] == "finished"
    assert {name: counts["outcome"] for name, counts in run["portals"].items()} == {
        "127.0.0.1:9": "failed", **{name_of(portal): "finished" for portal in portals}}
    first, *_, last = [portal.asked for portal in portals]
    assert last[0][2] > first[-1][2], "the last began before the first had ended"
    table = done.stderr.splitlines()[1:9]
    assert table[0].split() == ["portal", "stored", "revised", "failed", "requests", "time", "state"]
    assert table[-1].split()[:4] == ["6", "portals", "20", "0"]
    assert len({line.rstrip().rfind("finished") for line in table if "finished" in line}) == 1, "not aligned"


def test_nothing_but_dead_portals_is_a_failed_run(tmp_path):
    done = crawl([DEAD, "http://127.0.0.1:10/"], tmp_path / "data")
    assert done.returncode == 1
    assert runs(tmp_path / "data")[0]["outcome"] == "failed"


def test_a_limit_holds_over_all_portals(portals, tmp_path):
    done = crawl(portals, tmp_path / "data", "--limit", "6", "-s", "PORTALS_AT_ONCE=1")
    assert done.returncode == 0, done.stderr
    assert len(records(tmp_path / "data")) == 6
    assert "3 portals had no turn." in done.stderr
    assert [portal.asked for portal in portals[2:]] == [[], [], []]
    assert runs(tmp_path / "data")[0]["outcome"] == "limit"


def test_a_signal_stops_all_and_those_that_wait_do_not_begin(portals, tmp_path):
    folder = tmp_path / "data"
    child = forked.Forked(*arguments(folder, "-s", "PORTALS_AT_ONCE=2", delay="0.4"), stdin=lines(portals))
    until = time.monotonic() + 30
    while not (portals[0].asked and portals[1].asked) and time.monotonic() < until:
        time.sleep(0.05)
    child.send_signal(signal.SIGTERM)
    _, told = child.communicate()
    assert child.returncode == 143
    assert "3 portals had no turn." in told
    assert "Traceback" not in told
    assert [portal.asked for portal in portals[2:]] == [[], [], []]
    run, = runs(folder)
    assert (run["outcome"], {counts["outcome"] for counts in run["portals"].values()}) == ("stopped", {"stopped"})
    assert crawl(portals, folder).returncode == 0
    assert per_portal(folder) == {name_of(portal): 4 for portal in portals}


def test_a_failed_portal_leaves_the_others_known_as_complete(portals, tmp_path):
    """Else a run without news would never be cheap where one of many portals is down."""
    folder = tmp_path / "data"
    crawl([DEAD, *portals[:2]], folder)
    first = [len(portal.asked) for portal in portals[:2]]
    done = crawl([DEAD, *portals[:2]], folder)
    assert done.returncode == 1
    again = [len(portal.asked) - before for portal, before in zip(portals, first, strict=False)]
    assert max(again) < min(first) / 2
    status = forked.run("status", str(folder))
    assert status.returncode == 3
    assert "Unhealthy: 127.0.0.1:9: nothing could be fetched." in status.stdout
