"""Nobody asks a host again before its Retry-After is over."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from scrapy.http import Response

from malim_scraper.middlewares.retry_after import retry_after

PAGE = (200, {}, b"<html><p>page")


def once(first, then=PAGE):
    """Answer the first request so, the later ones otherwise."""
    answers = iter([first])
    return lambda handler: next(answers, then)


def in_seconds(seconds):
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(("status", "delay"), [(429, 0), (503, 0.2)])
def test_the_whole_host_is_left_in_peace(server, crawl, status, delay):
    pages = [f"/{number}" for number in range(6)]
    server.answers = dict.fromkeys(pages, PAGE)
    server.answers["/1"] = once((status, {"Retry-After": "1"}, b"later"))
    found = crawl(*[server.url + path for path in pages], settings={"DOWNLOAD_DELAY": delay})
    assert sorted(url for url, *_ in found["got"]) == [server.url + path for path in pages]
    refused = server.times("/1")[0]
    later = [at for at, *_ in server.asked if at > refused]
    assert min(later) - refused >= 0.95
    assert len(server.asked) == 7
    assert not found["failed"]


def test_a_date_is_honoured(server, crawl):
    refusals = iter([3])

    def refuse_once(handler):
        seconds = next(refusals, None)
        return (503, {"Retry-After": in_seconds(seconds)}, b"later") if seconds else PAGE

    server.answers = {"/1": refuse_once, "/2": PAGE}
    found = crawl(server.url + "/1", server.url + "/2")
    assert len(found["got"]) == 2
    assert min(server.times("/2")[0], server.times("/1")[1]) - server.times("/1")[0] >= 1.9


def test_a_host_that_wants_too_much_is_left_alone(server, crawl):
    server.answers = {"/1": (429, {"Retry-After": "86400"}, b"later"), "/2": PAGE, "/3": PAGE}
    found = crawl(server.url + "/1", server.url + "/2", server.url + "/3")
    assert server.paths() == ["/1"]
    assert found["left_out"] == {"retry-after": 3}
    assert "127.0.0.1 asks to wait 86400 s" in found["log"]


def test_a_page_is_not_tried_for_ever(server, crawl):
    server.answers = {"/1": (429, {"Retry-After": "0"}, b"later"), "/2": PAGE}
    found = crawl(server.url + "/1", server.url + "/2")
    assert [url for url, *_ in found["got"]] == [server.url + "/2"]
    assert len(server.times("/1")) == 6


@pytest.mark.parametrize(("status", "header", "expected"), [
    (429, "120", 120), (503, " 5 ", 5), (200, "120", None), (429, None, None), (429, "soon", None), (429, "-5", None),
    (429, "1.5", None), (429, "9" * 400, 999_999_999), (503, "Sun, 06 Nov 1994 08:49:37 GMT", 0),
    (503, "Sun, 99 Nov 1994", None), (503, "٣", None),
])
def test_retry_after(status, header, expected):
    headers = {} if header is None else {"Retry-After": header}
    assert retry_after(Response("http://malim.kz/", status=status, headers=headers)) == expected


@pytest.mark.parametrize("ahead", [-7_200, 0, 7_200])
def test_retry_after_a_date_of_a_clock_that_is_wrong(ahead):
    headers = {"Retry-After": in_seconds(ahead + 100), "Date": in_seconds(ahead)}
    assert retry_after(Response("http://malim.kz/", status=503, headers=headers)) == pytest.approx(100, abs=1)
