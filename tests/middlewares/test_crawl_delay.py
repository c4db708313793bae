"""Crawl-delay of robots.txt is obeyed, unless the command line says otherwise."""

import pytest

PAGE = (200, {}, b"<html><p>page")


@pytest.mark.parametrize(("robots", "settings"), [
    ("User-agent: *\nCrawl-delay: 0.3", {"DOWNLOAD_DELAY": 30}),  # the default gives way
    ("User-agent: *\nRequest-rate: 3/1s", {}),
    ("User-agent: malim_scraper\nCrawl-delay: 0.3\n\nUser-agent: *\nCrawl-delay: 30", {}),
    ("User-agent: *\nCrawl-delay: 0.3", {"AUTOTHROTTLE_ENABLED": True, "AUTOTHROTTLE_START_DELAY": 0}),
])
def test_crawl_delay(server, crawl, robots, settings):
    """Three waits of 0.3 s, each noticed late on a busy machine; two of 30 s would hit the time limit of `crawl`."""
    server.answers = {"/robots.txt": (200, {"Content-Type": "text/plain"}, robots.encode()), "/1": PAGE, "/2": PAGE,
                      "/3": PAGE}
    crawl(*[server.url + path for path in ("/1", "/2", "/3")],
          settings={"ROBOTSTXT_OBEY": True, "AUTOTHROTTLE_TARGET_CONCURRENCY": 4} | settings)
    times = [at for at, *_ in server.asked]
    assert server.paths()[0] == "/robots.txt"
    assert len(times) == 4
    assert times[-1] - times[0] >= 0.5  # of 0.9; the first may be noticed late


def test_the_command_line_wins(server, crawl):
    server.answers = {"/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 30"),
                      "/1": PAGE, "/2": PAGE}
    found = crawl(server.url + "/1", server.url + "/2", cmdline={"DOWNLOAD_DELAY": "0"},
                  settings={"ROBOTSTXT_OBEY": True})
    assert len(found["got"]) == 2


def test_the_profile_is_the_least(server, crawl):
    server.answers = {"/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 0.1"),
                      "/1": PAGE, "/2": PAGE}
    crawl(server.url + "/1", server.url + "/2", spider={"DOWNLOAD_DELAY": 0.7}, settings={"ROBOTSTXT_OBEY": True})
    times = server.times("/1", "/2")
    assert times[1] - times[0] >= 0.5
