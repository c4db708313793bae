"""Several workers, one crawl: every article once, whatever is killed or restarted."""

import json
import random
import time

import forked
import pytest
from tiny_portal import article_page, crawl, listing_page
from working import finish, records, stored_by, times_stored, worker

from malim_scraper import read
from malim_scraper.dataset.crew_runs import read_runs


def wait_for(condition, seconds=30):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.005)


def expected(server):
    """The titles that a crawl by one process finds on the replica; every article of it."""
    return {article.title for article in server.replica.articles()}


def test_two_workers_store_every_article_of_the_replica_once(server, queue, tmp_path):
    folder, base = tmp_path / "data", server.replica.base
    said = finish(*(worker(base, folder, queue, name) for name in ("a", "b")))
    assert {title for title, _ in times_stored(folder)} == expected(server)
    assert set(times_stored(folder).values()) == {1}
    assert all(stored_by(folder, name) for name in "ab"), "the work was shared"
    assert all(f"articles-{name}.jsonl" in text for name, text in zip("ab", said, strict=True))
    assert server.traffic.at_once == 1
    assert queue.keys() == []
    run, = read_runs(folder)
    assert run["outcome"] == "finished" and run["options"]["workers"] == 2
    assert sum(counts["stored"] for counts in run["portals"].values()) == len(records(folder))
    assert len(list(read(folder))) == len(records(folder))

    asked = sum(server.traffic.requests.values())
    stored = records(folder)
    finish(worker(base, folder, queue, "c"))  # knows what the others stored
    assert sum(server.traffic.requests.values()) - asked <= 0.15 * asked
    assert records(folder) == stored

    status = json.loads(forked.run("status", folder, "--json").stdout)
    assert status["records"] == len(stored) and len(status["runs"]) == 2 and not status["is_running"]
    assert [portal["articles"] for portal in status["portals"]] == [len(stored)]
    forgotten = forked.run("forget", folder, "--url", stored[0]["url"])
    assert forgotten.returncode == 0 and len(records(folder)) == len(stored) - 1, forgotten.stderr
    alone = forked.run("crawl", base + "/", "--out", folder, "-s", "DOWNLOAD_DELAY=0")
    assert alone.returncode == 0 and len(records(folder)) == len(stored) - 1, alone.stderr


def test_a_revision_through_another_worker(portal, queue, tmp_path):
    folder, path = tmp_path / "data", portal.add_articles([1])[0]
    portal.pages["/"] = listing_page([path])
    finish(worker(portal.base, folder, queue, "a"))
    portal.pages[path] = article_page(1, title="Нөмірі 1 жаңалық: саябақ жабылды")
    finish(worker(portal.base, folder, queue, "b", "--full"))
    first, second = records(folder)
    assert (stored_by(folder, "a"), stored_by(folder, "b")) == (1, 1)
    assert second == first | {"revision": 2, "title": "Нөмірі 1 жаңалық: саябақ жабылды",
                              "content_hash": second["content_hash"], "crawled_at": second["crawled_at"]}
    assert [article.revision for article in read(folder)] == [2]


def test_a_page_2_that_a_list_leads_to_belongs_to_its_article(portal, queue, tmp_path):
    folder, path = tmp_path / "data", portal.add_articles([1])[0]
    portal.pages[path] = article_page(1, foot=f'<nav class="pages"><a href="{path}?page=2">2</a></nav>')
    portal.pages[f"{path}?page=2"] = article_page(1, body=["2-бет. " + "Қала саябағы ашылды деді. " * 9] * 2,
                                                  foot=f'<nav class="pages"><a href="{path}">1</a></nav>')
    portal.pages["/"] = listing_page([f"{path}?page=2"])
    finish(worker(portal.base, folder, queue, "a"))
    record, = records(folder)
    assert record["url"] == portal.base + path
    assert "2-бет" in record["body"]


@pytest.mark.parametrize("seed", [1, 2])
def test_a_killed_worker_loses_and_repeats_nothing(seed, portal, queue, tmp_path):
    folder, chance = tmp_path / "data", random.Random(seed)
    left, killed = (worker(portal.base, folder, queue, name) for name in ("left", "killed"))
    most = chance.randrange(1, 12)
    wait_for(lambda: stored_by(folder, "killed") >= most or left.poll() is not None)
    time.sleep(chance.random() / 50)
    killed.kill()
    killed.wait()
    finish(left)
    finish(worker(portal.base, folder, queue, "killed"))
    assert len(times_stored(folder)) == 30
    assert set(times_stored(folder).values()) == {1}
    assert queue.keys() == []


def test_a_crawl_alone_tells_of_a_killed_worker_and_closes_its_archive(portal, queue, tmp_path):
    folder = tmp_path / "data"
    left, killed = (worker(portal.base, folder, queue, name, "--archive") for name in ("left", "killed"))
    wait_for(lambda: stored_by(folder, "killed") and any((folder / "warc-killed").glob("*.open")))
    killed.kill()
    killed.wait()
    finish(left)
    for runs in (2, 3):
        crawl(portal, folder)
        assert len(read_runs(folder)) == runs
    assert len(times_stored(folder)) == 30 and set(times_stored(folder).values()) == {1}
    run = read_runs(folder)[0]
    assert (run["outcome"], run["options"]["workers"]) == ("finished", 2)
    assert [path.name for path in (folder / "warc-killed").iterdir() if path.suffix == ".open"] == []


def test_all_workers_killed_and_redis_emptied(portal, queue, tmp_path):
    folder = tmp_path / "data"
    both = [worker(portal.base, folder, queue, name) for name in ("a", "b")]
    wait_for(lambda: len(records_so_far(folder)) >= 5)
    for running in both:
        running.kill()
        running.wait()
    queue.client.flushall()
    finish(worker(portal.base, folder, queue, "b"))
    assert len(times_stored(folder)) == 30 and set(times_stored(folder).values()) == {1}
    assert "killed" in {json.loads(line)["outcome"] for line in (folder / "runs-b.jsonl").read_text().splitlines()}


def test_a_crawl_alone_between_killed_workers_and_the_next_is_seen(portal, queue, tmp_path):
    folder, life = tmp_path / "data", ("-s", "REDIS_WORKER_LIFE=60")
    both = [worker(portal.base, folder, queue, name, *life) for name in ("a", "b")]
    wait_for(lambda: len(records_so_far(folder)) >= 5)
    for running in both:
        running.kill()
        running.wait()
    crawl(portal, folder)
    finish(worker(portal.base, folder, queue, "c", *life))
    assert len(times_stored(folder)) == 30 and set(times_stored(folder).values()) == {1}


def records_so_far(folder):
    return [line for file in folder.glob("articles-*.jsonl") for line in file.read_bytes().splitlines()]


def test_redis_is_killed_and_comes_back_with_its_append_only_file(portal, queue, tmp_path):
    folder = tmp_path / "data"
    both = [worker(portal.base, folder, queue, name) for name in ("a", "b")]
    wait_for(lambda: len(records_so_far(folder)) >= 5 and (folder / "state-b.sqlite").exists())  # both are connected
    queue.kill()
    time.sleep(0.3)
    queue.start()
    said = finish(*both)
    assert "does not answer; trying again" in "".join(said)
    assert len(times_stored(folder)) == 30 and set(times_stored(folder).values()) == {1}
    assert queue.keys() == []


def test_redis_lost_for_good_ends_the_crawl_and_the_next_one_completes_it(portal, queue, tmp_path):
    folder = tmp_path / "data"
    running = worker(portal.base, folder, queue, "a", "-s", "REDIS_PATIENCE=0.5")
    wait_for(lambda: len(records_so_far(folder)) >= 5)
    queue.kill()
    said, = finish(running, code=1)
    errors = [line for line in said.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1 and "What was stored is kept; run again." in errors[0]
    stored = times_stored(folder)
    assert len(stored) >= 5
    crawl(portal, folder)  # needs no Redis
    assert len(times_stored(folder)) == 30 and set(times_stored(folder).values()) == {1}


def test_the_text_of_one_article_at_two_addresses_is_one_record(portal, queue, tmp_path):
    folder = tmp_path / "data"
    same = article_page(7)
    twins = [f"/copy/{number}-sayabaq-ashyldy-qalada" for number in range(6)]
    portal.pages |= dict.fromkeys(twins, same)
    portal.pages["/"] = listing_page([*twins, *portal.add_articles([7])])
    finish(*(worker(portal.base, folder, queue, name) for name in ("a", "b")))
    assert len(records(folder)) == 1


def test_a_limit_is_one_for_all_workers(portal, queue, tmp_path):
    folder = tmp_path / "data"
    finish(*(worker(portal.base, folder, queue, name, "--limit", "7") for name in ("a", "b")))
    assert len(records(folder)) == 7
