"""Whether a portal changed: a run is compared with the last complete runs over it.

A share (of articles that have a field, of pages that are errors) raises an alarm only when it moved far, moved beyond
what each of the runs before showed, and when chance explains it in less than one of 100,000 runs: by the Chernoff
bound of the binomial distribution, exp(-n·KL(share‖usual)), which holds for small numbers, too. No run may count for
more than `CAP` pages, so that the first one, which fetches the archive, does not outweigh the others.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from malim_scraper.dataset.silence import find_silence

RUNS = 30  # that are looked back on
AT_LEAST = 5  # complete runs before anything is judged
CAP = 200
CHANCE = 1e-5
_FALL = 0.7  # a field fell when its share is below this part of the usual one
_RISE = 0.2  # errors, or articles that could not be read, rose when their share is so much above the usual one
_ENOUGH = 5  # articles or pages of a run that are judged alone; of a smaller run together with the runs before
_TOGETHER = 10
_MISSED = "selector-missed:"

Counts = Mapping[str, Any]
Run = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Watch:
    """A share that is watched. hits, total: of a run's counts. told: the alarm, from share, total, usual share.

    subject: what is watched; of one subject the first alarm is enough.
    """

    subject: str
    hits: Callable[[Counts], int]
    total: Callable[[Counts], int]
    told: str
    is_fall: bool


def judge(portal: str, counts: Counts, history: Sequence[Run], *, ended_at: str, is_full: bool = False) -> list[str]:
    """Return what is wrong with a run, one line each with the usual value and since when; empty when it is healthy.

    portal: its name. counts: of this run. history: earlier lines of `runs.jsonl`, oldest first. ended_at: of this run.
    is_full: whether it asked for every page again; such runs are compared with their like and the very first run.
    """
    complete = [run for run in history if is_complete(run, portal)]
    like = [run for place, run in enumerate(complete) if place == 0 or _is_full(run) == is_full]
    good = [run for run in like if not alarms_of(run, portal)][-RUNS:]
    if len(good) < AT_LEAST:
        return []
    found = [*_moved(portal, counts, like, good), *find_silence(portal, counts, complete, ended_at=ended_at)]
    last = str(good[-1]["ended_at"])
    ill = [str(run["ended_at"]) for run in complete if str(run["ended_at"]) > last]
    since = f"since {min([*ill, ended_at])[:16]}, last good run {last[:16]}"
    return [f"{portal}: {what} ({since})" for what in found]


def is_complete(run: Run, portal: str) -> bool:
    """Tell whether a run went over the whole portal."""
    counts = (run.get("portals") or {}).get(portal)
    return counts is not None and bool(run.get("ended_at")) and outcome_of(run, portal) == "finished"


def outcome_of(run: Run, portal: str) -> str:
    """Return how a run ended for one of its portals; an older line says it of the whole run only."""
    return str(run["portals"][portal].get("outcome") or run.get("outcome"))


def alarms_of(run: Run, portal: str) -> list[str]:
    """Return the alarms that a run raised for a portal."""
    return [alarm for alarm in run.get("alarms", ()) if str(alarm).startswith(f"{portal}: ")]


def _is_full(run: Run) -> bool:
    return bool((run.get("options") or {}).get("full"))


def _moved(portal: str, counts: Counts, like: Sequence[Run], good: Sequence[Run]) -> Iterator[str]:
    told: set[str] = set()
    for watch in _watches([counts, *(run["portals"][portal] for run in good)]):
        recent, since = _recent(watch, counts, like, portal)
        before = [run["portals"][portal] for run in good if str(run["ended_at"]) < since]
        before = [run for run in before if watch.total(run)]
        if len(before) < AT_LEAST:
            continue
        hits, total = sum(map(watch.hits, recent)), sum(map(watch.total, recent))
        weights = [min(1.0, CAP / watch.total(run)) for run in before]
        seen = sum(weight * watch.total(run) for weight, run in zip(weights, before, strict=True))
        usual = sum(weight * watch.hits(run) for weight, run in zip(weights, before, strict=True)) / seen
        extremes = [watch.hits(run) / watch.total(run) for run in before if watch.total(run) >= _ENOUGH] or [usual]
        if watch.subject not in told and total >= _ENOUGH and _is_far(watch, hits / total, usual, extremes) and \
                _chance(hits / total, (usual * seen + 1) / (seen + 2), total) < CHANCE:
            told.add(watch.subject)
            yield watch.told.format(share=hits / total, total=total, usual=usual)


def _watches(runs: Sequence[Counts]) -> Iterator[_Watch]:
    """Yield what is watched: fields, what the visible page shows of them, selectors of the profile, errors, losses."""
    for group, words in (("field", "{} in"), ("visible", "{} shown on the page in")):
        for name in sorted({name for run in runs for name in run.get(group, ())}):
            told = f"{words.format(name)} {{share:.0%}} of {{total}} articles, {{usual:.0%}} before"
            yield _Watch(name, _member(group, name), _articles_with(group), told, is_fall=True)
    for code in sorted({code for run in runs for code in run.get("warning", ()) if code.startswith(_MISSED)}):
        told = (f"the profile's selector for {code.removeprefix(_MISSED)} finds nothing in {{share:.0%}} of {{total}}"
                " articles, {usual:.0%} before")
        yield _Watch(code, _member("warning", code), _articles_with("warning"), told, is_fall=False)
    yield _Watch("errors", _sum("errors"), _sum("errors", "responses"),
                 "errors are {share:.0%} of {total} answers, {usual:.0%} before", is_fall=False)
    yield _Watch("unread", _sum("unread"), _sum("unread", "articles"),
                 "no article found on {share:.0%} of {total} pages that should be one, {usual:.0%} before",
                 is_fall=False)


def _recent(watch: _Watch, counts: Counts, like: Sequence[Run], portal: str) -> tuple[list[Counts], str]:
    """Return the counts that are judged, and when the first of their runs ended: those of this run, if they are few
    together with those of the runs before it, healthy or not."""
    recent, since = [counts], "9999"
    enough = _ENOUGH if watch.total(counts) >= _ENOUGH else _TOGETHER
    for run in reversed(like):
        if sum(map(watch.total, recent)) >= enough:
            break
        recent.append(run["portals"][portal])
        since = str(run["ended_at"])
    return recent, since


def _is_far(watch: _Watch, share: float, usual: float, extremes: Sequence[float]) -> bool:
    if watch.is_fall:
        return share < usual * _FALL and share < min(extremes)
    return share > usual + _RISE and share > max(extremes)


def _chance(share: float, usual: float, total: int) -> float:
    """Return a bound on how probable a share so far from the usual one, or farther, is by chance.

    >>> _chance(0.0, 0.98, 5) < 1e-8 < _chance(0.5, 0.6, 10)
    True
    """
    apart = sum(one * math.log(one / other) for one, other in ((share, usual), (1 - share, 1 - usual)) if one > 0)
    return math.exp(-total * apart)


def _sum(*names: str) -> Callable[[Counts], int]:
    return lambda run: sum(int(run.get(name, 0)) for name in names)


def _member(group: str, name: str) -> Callable[[Counts], int]:
    return lambda run: int((run.get(group) or {}).get(name, 0))


def _articles_with(group: str) -> Callable[[Counts], int]:
    """Count the articles of a run that counted this group; one of an older version did not."""
    return lambda run: int(run.get("articles", 0)) if group in run else 0
