"""Several workers together ask a host no more than one would."""

from itertools import pairwise

from tiny_portal import listing_page
from working import finish, records, worker


def test_delay_and_one_request_at_a_time_count_for_all_workers(portal, queue, tmp_path):
    portal.pages["/"] = listing_page(portal.add_articles(range(1, 7)))
    portal.pages["/robots.txt"] = "User-agent: *\nCrawl-delay: 0.3\n"
    options = ("-s", "DOWNLOAD_DELAY=0.3", "-s", "CONCURRENT_REQUESTS=4")
    finish(*(worker(portal.base, tmp_path / "data", queue, name, *options) for name in "abc"))
    gaps = [later - earlier for (_, _, earlier), (_, _, later) in pairwise(portal.asked)]
    assert len(gaps) >= 8
    assert sum(gaps) >= 0.3 * len(gaps) - 0.1
    assert min(gaps) > 0.2  # a busy machine may note one arrival late, and so the next one early


def test_a_pause_that_one_worker_was_asked_for_is_kept_by_all(portal, queue, tmp_path):
    path = portal.add_articles([99])[0]
    page, refusals = portal.pages[path], []

    def refuse_once():
        if refusals:
            return page
        refusals.append(len(portal.asked))
        return 503, {"Retry-After": "2"}, "<html><body><h1>Күте тұрыңыз</h1></body></html>"

    portal.pages[path] = refuse_once
    portal.pages["/"] = listing_page([path, *portal.add_articles(range(1, 7))])
    finish(*(worker(portal.base, tmp_path / "data", queue, name) for name in "ab"))
    refused = refusals[0] - 1
    assert portal.asked[refused][0] == path
    assert portal.asked[refused + 1][2] - portal.asked[refused][2] >= 1.98


def test_a_redirect_gives_its_turn_back(portal, queue, tmp_path):
    new, *others = portal.add_articles(range(1, 7))
    portal.pages["/old/1-sayabaq-ashyldy-qalada"] = (301, {"Location": new}, "")
    portal.pages["/"] = listing_page(["/old/1-sayabaq-ashyldy-qalada", *others])
    finish(*(worker(portal.base, tmp_path / "data", queue, name, "-s", "REDIS_WORKER_LIFE=60") for name in "ab"))
    assert len(records(tmp_path / "data")) == 6
