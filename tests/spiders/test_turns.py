"""Whose turn it is: a bounded number at once, never two on one host; open files bound the number, too."""

import resource

import pytest

from malim_scraper.profiles import Portal
from malim_scraper.spiders import open_files
from malim_scraper.spiders.turns import Turns


def target(name, url, *hosts):
    return Portal(name, start_urls=(url,), hosts=hosts), False


def taken(turns):
    found = []
    while (one := turns.take()) is not None:
        found.append(one)
    return found


def test_no_more_at_once_than_allowed_and_none_is_forgotten():
    everyone = [target(f"p{number}", f"https://p{number}.kz/") for number in range(7)]
    turns = Turns(everyone, 3)
    seen = under_way = taken(turns)
    assert under_way == everyone[:3]
    while under_way:
        turns.give_back(under_way[0])
        began = taken(turns)
        under_way = under_way[1:] + began
        seen = seen + began
        assert len(under_way) <= 3
    assert seen == everyone


def test_two_on_one_host_wait_for_each_other():
    one, two = target("a", "https://www.x.kz/a"), target("b", "http://x.kz/b")
    other, port = target("c", "https://y.kz/", "x.kz"), target("d", "http://x.kz:81/")
    turns = Turns([one, two, other, port], 10)
    assert taken(turns) == [one, port]
    turns.give_back(one)
    assert taken(turns) == [two]
    turns.give_back(two)
    assert taken(turns) == [other]


@pytest.mark.parametrize(("soft", "hard", "wanted", "allowed", "left"), [
    (1_024, 4_096, 50, 50, 1_024),  # enough as it is
    (1_024, 4_096, 200, 200, 3_400),  # raised as far as needed
    (1_024, 2_000, 200, 112, 2_000),  # raised as far as possible
    (256, 256, 50, 3, 256),
    (100, 100, 50, 1, 100),
    (resource.RLIM_INFINITY, resource.RLIM_INFINITY, 500, 500, resource.RLIM_INFINITY),
])
def test_open_files_bound_the_number(monkeypatch, soft, hard, wanted, allowed, left):
    limits = [soft, hard]
    monkeypatch.setattr(resource, "getrlimit", lambda kind: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", lambda kind, both: limits.__setitem__(slice(2), both))
    assert open_files.portals_allowed(wanted, 8) == allowed
    assert limits[0] == left
