"""What happens in Redis in one step, and what is put there."""

from contextlib import closing

import pytest

from malim_scraper.dataset import Frontier, State
from malim_scraper.items import Article
from malim_scraper.shared.crew import Crew
from malim_scraper.shared.errors import SharedError
from malim_scraper.shared.frontier import SharedFrontier
from malim_scraper.shared.server import Server, masked
from malim_scraper.shared.store import SharedStore

PORTAL = "portal"


@pytest.fixture
def make(queue):
    """Workers by name, the first of which begins the crawl; each with its frontier and store."""
    with_states = []

    def one(name, *, life=60.0, pages=(), place="here", dead=()):
        server = Server(queue.url, password=None, patience=0)
        crew = Crew(server, "malim:data:portal:", worker=name, place=place, life=life,
                    is_dead=lambda worker: worker in dead)
        with_states.append((server, state := State(None)))
        if crew.join():
            with closing(State(None)) as known:
                for rank, url in enumerate(pages):
                    Frontier(known, PORTAL).add(url, rank=rank)
                crew.seed(known, PORTAL)
            crew.begin({})
        frontier, store = SharedFrontier(state, PORTAL, crew), SharedStore(state, None)
        store.add(PORTAL, crew, frontier)
        return crew, frontier, store

    yield one
    for server, state in with_states:
        server.close()
        state.close()


def judged(number=1, revision=1):
    url = f"http://x.kz/{number}"
    return Article(id=f"id{number}", url=url, canonical_url=url, portal=PORTAL, title="Тақырып", body="Мәтін",
                   content_hash=f"hash{number}-{revision}", revision=revision,
                   first_seen_at="2024-04-24T00:00:00+00:00")


def test_pages_come_newest_first_and_to_one_worker_only(make):
    _, first, _ = make("a", pages=[f"http://x.kz/{number}" for number in range(4)])
    _, second, _ = make("b")
    taken = [frontier.take().url for frontier in (first, second, first, second)]
    assert taken == [f"http://x.kz/{number}" for number in (3, 2, 1, 0)]
    assert first.take() is None and second.is_waiting()


def test_what_a_dead_worker_had_taken_waits_again(make):
    make("a", pages=["http://x.kz/1"])
    _, dying, _ = make("b", life=0.001)
    page = dying.take()
    _, heir, _ = make("c")
    assert heir.take() == page


def test_a_taken_page_whose_answer_was_lost_waits_again(make):
    _, frontier, _ = make("a", pages=["http://x.kz/1"])
    page = frontier.take()
    frontier._mine.clear()
    assert frontier.take() == page


def test_an_article_is_claimed_by_one_worker(make):
    _, _, first = make("a")
    _, _, second = make("b")
    assert first.claim(judged(), limit=None) == "yes"
    assert second.claim(judged(), limit=None) == "again"
    first.write(judged())
    assert second.claim(judged(), limit=None) == "again"
    assert second.claim(judged(revision=2), limit=None) == "yes"
    assert second.claim(judged(2), limit=2) == "full"


def test_what_a_dead_worker_was_about_to_store_waits_for_the_next_crawl(make):
    make("a", pages=["http://x.kz/1"])
    _, dying, store = make("b", life=0.5)
    assert dying.take() is not None
    store.claim(judged(), limit=None)
    store._crews[PORTAL][0].life = 0.0
    store._crews[PORTAL][0].beat()
    _, heir, other = make("c")
    assert heir.take() is None and not heir.is_waiting()
    assert other.claim(judged(), limit=None) == "later"


def test_the_frontier_is_that_on_disk(make):
    _, frontier, _ = make("a", pages=["http://x.kz/known"])
    assert frontier.add("http://x.kz/1", rank=5.0, parent=1)
    assert not frontier.add("http://x.kz/1", rank=9.0)
    page = frontier.take()
    assert (page.url, page.rank, page.parent) == ("http://x.kz/1", 9.0, 1)
    frontier.done(page, "moved", target="http://x.kz/known")
    known = frontier.take()
    frontier.disappoint(known)
    again = frontier.take()
    assert (again.id, again.own, again.outcome) == (page.id, 1, "moved")
    frontier.failed(again)
    frontier.left_out(known, "refused")
    assert (frontier.is_waiting(), frontier._crew.taken, frontier._crew.read) == (False, 3, 1)
    assert [(url, status) for url, status in frontier.db.execute("SELECT url, status FROM pages ORDER BY url")] == [
        ("http://x.kz/1", "failed"), ("http://x.kz/known", "never")]
    part = frontier.claim_part("http://x.kz/1?page=2", asked=page)
    frontier.drop_parts([part.id])
    assert frontier.find("http://x.kz/1?page=2") is None


def test_one_name_for_two_workers_elsewhere_is_refused_and_the_last_one_cleans_up(make, queue):
    crew, *_ = make("a")
    with pytest.raises(SharedError, match="another worker is named a"):
        make("a", place="there")
    other, *_ = make("b")
    assert other.leave({"stored": 1}) == []
    assert sorted(one["stored"] for one in crew.leave({"stored": 2})) == [1, 2]
    assert queue.keys() == []


def test_a_page_that_several_find_is_kept_by_each(make):
    _, killed, _ = make("a", pages=["http://x.kz/known"])
    _, left, _ = make("b")
    assert killed.add("http://x.kz/1", rank=5.0)
    assert not left.add("http://x.kz/1", rank=5.0)
    assert not left.add("http://x.kz/known", rank=5.0)
    assert left.db.execute("SELECT url, status FROM pages").fetchall() == [("http://x.kz/1", "waiting")]


@pytest.mark.parametrize(("dead", "place", "is_joined"), [
    (("a", "b"), "here", False), (("a",), "here", True), (("a", "b"), "there", True)])
def test_workers_that_were_killed_at_this_place_are_no_crawl_to_join(make, dead, place, is_joined):
    make("a", pages=["http://x.kz/1"])
    make("b")
    _, frontier, _ = make("c", dead=dead, place=place)
    assert (frontier.find("http://x.kz/1") is not None) == is_joined


def test_a_crawl_that_others_began_anew_is_left(make, queue):
    _, frontier, _ = make("a", pages=["http://x.kz/1"])
    queue.client.flushall()
    with pytest.raises(SharedError, match="lost the frontier"):
        frontier.take()


@pytest.mark.parametrize(("url", "told"), [
    ("redis://:geheim@h:6379/1", "redis://h:6379/1"),
    ("rediss://user:ge@heim@h/0?password=geheim#geheim", "rediss://h/0"),
    ("unix://user:geheim@/run/redis.sock?db=1", "unix:///run/redis.sock"),
])
def test_no_password_is_told(url, told):
    assert masked(url) == told
