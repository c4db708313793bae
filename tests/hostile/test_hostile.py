"""Three crawls of the hostile portal: the first, one without news, one after changes."""

from types import SimpleNamespace

import pytest

from hostile.comparing import compare, crawl, last_run, newest, records
from hostile.history import change
from hostile.portal import Portal
from hostile.serving import serving


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """The three crawls, one after the other."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    told = SimpleNamespace(folder=folder)
    with serving(Portal(60, dead_links=60, spaces=("/s/", "/toly/", "/teren/"))) as portal:
        told.first, told.wrong, told.stored = crawl(portal, folder), None, None
        told.wrong, told.stored, told.run = compare(portal, records(folder)), len(records(folder)), last_run(folder)
        told.second, told.after_second = crawl(portal, folder), len(records(folder))
        told.changes = change(portal)
        told.third, told.strangers = crawl(portal, folder), portal.strangers_asked
        told.name = portal.name
        told.wrong_after = compare(portal, newest(records(folder)))
        told.added = records(folder)[told.after_second :]
    return told


def test_each_article_is_stored_once_with_its_fields_right(story):
    assert story.wrong == []


def test_what_was_left_out_is_told(story):
    assert story.run["outcome"] == "finished"
    left_out = story.run["portals"][story.name]["left_out"]
    assert {"endless-space", "no-page", "private-address", "too-large", "too-slow", "unreadable"} <= set(left_out)
    assert "left out: " in story.first.stderr


def test_no_stranger_was_asked(story):
    assert story.strangers == []


def test_a_run_without_news_is_cheap(story):
    assert story.after_second == story.stored
    assert sum(story.second.asked.values()) <= 0.15 * sum(story.first.asked.values())


def test_changes_are_found(story):
    assert story.wrong_after == []
    assert {record["title"] for record in story.added if record["revision"] == 1} == story.changes["new"]
    assert {record["title"] for record in story.added if record["revision"] == 2} == story.changes["edited"]
