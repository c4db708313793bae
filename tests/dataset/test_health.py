"""Health: what a portal's change looks like in the counts of its runs."""

from datetime import datetime, timedelta
from random import Random

import pytest

from malim_scraper.dataset.health import judge
from malim_scraper.dataset.silence import new_per_day

FIELDS = {"authors": 20, "date_published": 20, "tags": 4}
GOOD = {"stored": 20, "responses": 25, "articles": 20, "unread": 0, "errors": 1, "field": FIELDS,
        "visible": {"authors": 18, "date_published": 20}, "warning": {"selector-missed:lead": 2}}
QUIET = {**GOOD, "stored": 0, "responses": 2, "articles": 0, "field": {}, "visible": {}, "warning": {}}
BEGIN = datetime.fromisoformat("2026-01-01T06:00:00+00:00")


def moment(day):
    return (BEGIN + timedelta(days=day - 1)).isoformat()


def a_run(day, *, portal="p", alarms=(), options=None, **counts):
    return {"started_at": moment(day - 0.05), "ended_at": moment(day), "outcome": "finished", "alarms": list(alarms),
            "options": options or {}, "portals": {portal: {**GOOD, **counts}}}


HISTORY = [a_run(day) for day in range(1, 9)]


@pytest.mark.parametrize(("counts", "words"), [
    (GOOD, None),
    ({**GOOD, "field": {"date_published": 20, "authors": 3}}, "authors in 15% of 20 articles, 100% before"),
    ({**GOOD, "field": {"date_published": 20, "authors": 14}}, None),       # within what happens
    ({**GOOD, "field": {"date_published": 20, "authors": 20}}, None),       # a fifth of 20 may be missing by chance
    ({**GOOD, "visible": {"authors": 1, "date_published": 20}},
     "authors shown on the page in 5% of 20 articles, 90% before"),
    ({**GOOD, "field": {"date_published": 20}, "visible": {"date_published": 20}}, "authors in 0% of 20 articles"),
    ({**GOOD, "warning": {"selector-missed:lead": 20}},
     "selector for lead finds nothing in 100% of 20 articles, 10% before"),
    ({**GOOD, "warning": {"selector-missed:title": 20}}, "selector for title finds nothing in 100%"),
    ({**GOOD, "warning": {"selector-missed:lead": 6}}, None),
    ({**GOOD, "articles": 3, "stored": 3, "field": {}, "visible": {}}, None),  # too few to say anything alone
    ({**GOOD, "errors": 25}, "errors are 50% of 50 answers, 4% before"),
    ({**GOOD, "errors": 5}, None),
    ({**GOOD, "articles": 2, "unread": 18, "field": {"date_published": 2, "authors": 2}, "visible": {}},
     "no article found on 90% of 20 pages that should be one, 0% before"),
    (QUIET, None),
])
def test_judge(counts, words):
    alarms = judge("p", counts, HISTORY, ended_at=moment(9))
    assert [words in alarm for alarm in alarms] == ([True] if words else [])
    assert all(alarm.endswith("(since 2026-01-09T06:00, last good run 2026-01-08T06:00)") for alarm in alarms)


def test_an_alarm_tells_since_when():
    ill = {"field": {"date_published": 20}, "alarms": ["p: authors"]}
    alarm, = judge("p", {**GOOD, "field": {"date_published": 20}}, [*HISTORY, a_run(9, **ill), a_run(10, **ill)],
                   ended_at=moment(11))
    assert alarm.endswith("(since 2026-01-09T06:00, last good run 2026-01-08T06:00)")


def small(day, with_author):
    return a_run(day, articles=2, stored=2, responses=4, field={"authors": 2 if with_author else 0}, visible={})


def test_small_runs_are_judged_together():
    history = [small(day, with_author=True) for day in range(1, 20)]
    told = []
    for day in range(20, 25):
        counts = small(day, with_author=False)["portals"]["p"]
        told.append(judge("p", counts, history, ended_at=moment(day)))
        history.append(a_run(day, alarms=told[-1], **counts))
    assert [bool(alarms) for alarms in told] == [False, False, True, True, True]
    assert "authors in 40% of 10 articles" in told[2][0]


def test_a_field_that_always_varied_may_vary():
    shares = [2, 20, 4, 18, 3, 20, 17]
    history = [a_run(day, field={"authors": share}) for day, share in enumerate(shares, 1)]
    assert judge("p", {**GOOD, "field": {"authors": 3}}, history, ended_at=moment(9)) == []


def test_a_run_over_the_archive_is_no_measure_of_one_over_the_news():
    old = {"articles": 10_000, "stored": 10_000, "field": {"authors": 3_000}, "visible": {}}
    history = [a_run(1, **old), *(a_run(day, visible={}) for day in range(2, 9))]
    full = {**GOOD, **old, "stored": 0}
    assert judge("p", full, history, ended_at=moment(9), is_full=True) == []
    assert judge("p", {**GOOD, "field": {}, "visible": {}}, history, ended_at=moment(9)) != []


def test_a_thousand_runs_as_usual_raise_no_alarm():
    """Small portals and large ones, fields in 30% to 98% of articles, errors in 5% of answers, all by chance."""
    chance = Random(7)
    usual = {"authors": 0.98, "lead": 0.8, "section": 0.5, "tags": 0.3}

    def by_chance(day, size):
        articles = chance.randint(0, size)
        counts = {name: sum(chance.random() < share for _ in range(articles)) for name, share in usual.items()}
        return a_run(day, articles=articles, stored=articles, responses=articles + 3, visible=counts, field=counts,
                     errors=sum(chance.random() < 0.05 for _ in range(articles + 3)), warning={})

    for size in (2, 8, 60):
        history = [by_chance(1, size)]
        for day in range(2, 335):
            run = by_chance(day, size)
            assert judge("p", run["portals"]["p"], history, ended_at=run["ended_at"]) == []
            history = [*history[-40:], run]


@pytest.mark.parametrize(("history", "day", "words"), [
    (HISTORY, 9.5, None),
    (HISTORY, 10.5, None),                                                              # a week-end
    (HISTORY, 12, "no new article for 4.0 days, 20.0 a day before"),
    ([a_run(day) for day in range(1, 31)], 32.5, "no new article for 2.5 days"),        # two weeks tell more
    ([a_run(day) for day in range(1, 31) if day % 7 not in (5, 6)], 34.9, None),        # always silent at week-ends
    ([a_run(day, stored=1) for day in range(1, 9)], 12, None),                          # one a day: four were due
    ([a_run(1), *(a_run(day, stored=0) for day in range(2, 9))], 20, None),             # the archive tells no pace
])
def test_silence(history, day, words):
    alarms = judge("p", QUIET, history, ended_at=moment(day))
    assert [words in alarm for alarm in alarms] == ([True] if words else [])


def test_news_per_day():
    assert new_per_day([a_run(1, stored=5_000), a_run(2), a_run(3)], "p") == 20
    assert new_per_day([a_run(1, stored=5_000)], "p") is None
    assert new_per_day([], "p") is None


@pytest.mark.parametrize("history", [
    HISTORY[:4],
    [{**run, "outcome": "stopped"} for run in HISTORY],
    [{**run, "portals": {"other": GOOD}} for run in HISTORY],
    [{**run, "alarms": ["p: errors"]} for run in HISTORY],
    [{"outcome": "killed", "started_at": "", "ended_at": None, "portals": {}}] * 9,
])
def test_nothing_is_judged_without_five_complete_runs(history):
    assert judge("p", {**GOOD, "errors": 500}, history, ended_at=moment(9)) == []


def test_an_alarm_of_another_portal_is_none_of_this_one():
    history = [{**run, "alarms": ["other: errors"]} for run in HISTORY]
    assert len(judge("p", {**GOOD, "errors": 500}, history, ended_at=moment(9))) == 1
