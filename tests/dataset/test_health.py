"""Health: what a portal's change looks like in the counts of its runs."""

import pytest

from malim_scraper.dataset.health import judge

FIELDS = {"authors": 20, "date_published": 20, "tags": 4}
GOOD = {"stored": 20, "articles": 20, "not_articles": 5, "errors": 1, "field": FIELDS}


def a_run(day, **counts):
    return {"started_at": f"2026-01-{day:02}T05:00:00+00:00", "ended_at": f"2026-01-{day:02}T06:00:00+00:00",
            "outcome": "finished", "portals": {"p": {**GOOD, **counts}}}


HISTORY = [a_run(day) for day in range(1, 9)]


@pytest.mark.parametrize(("counts", "words"), [
    (GOOD, None),
    ({**GOOD, "field": {"date_published": 20, "authors": 3}}, "authors in 15% of 20 articles, 100% before"),
    ({**GOOD, "field": {"date_published": 20, "authors": 14}}, None),       # within what happens
    ({**GOOD, "field": {"date_published": 20, "authors": 20}}, None),       # tags were never usual
    ({**GOOD, "articles": 5, "stored": 5, "field": {}}, None),              # too few to say anything
    ({**GOOD, "errors": 25}, "errors are 50% of 50 pages, 4% before"),
    ({**GOOD, "articles": 0, "stored": 0, "not_articles": 25, "field": {}}, "pages that are no articles are 96%"),
    ({**GOOD, "articles": 0, "stored": 0, "not_articles": 2, "field": {}}, None),
])
def test_judge(counts, words):
    alarms = judge("p", counts, HISTORY, ended_at="2026-01-09T06:00:00+00:00")
    assert [words in alarm for alarm in alarms] == ([True] if words else [])
    assert all(alarm.endswith("(last good run 2026-01-08T06:00)") for alarm in alarms)


def test_silence_is_judged_by_the_usual_pace():
    quiet = {**GOOD, "articles": 0, "stored": 0, "not_articles": 2, "field": {}}
    assert judge("p", quiet, HISTORY, ended_at="2026-01-09T02:00:00+00:00") == []
    alarm, = judge("p", quiet, HISTORY, ended_at="2026-01-12T06:00:00+00:00")
    assert "no new article for 4.0 days" in alarm


@pytest.mark.parametrize("history", [
    HISTORY[:4],
    [{**run, "outcome": "stopped"} for run in HISTORY],
    [{**run, "portals": {"other": GOOD}} for run in HISTORY],
    [{**run, "alarms": ["p: errors"]} for run in HISTORY],
    [{"outcome": "killed", "started_at": "", "ended_at": None, "portals": {}}] * 9,
])
def test_nothing_is_judged_without_five_complete_runs(history):
    assert judge("p", {**GOOD, "errors": 500}, history, ended_at="2026-01-09T06:00:00+00:00") == []
