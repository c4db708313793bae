"""Whether a portal changed: a run is compared with the last complete runs over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

RUNS = 30  # that are looked back on
AT_LEAST = 5  # complete runs before anything is judged
MIN_ARTICLES = 10  # in a run, before the share of a field means something
MIN_PAGES = 20
_FALL = 0.6  # a field fell when its share is below this part of the usual one
_USUAL = 0.5  # a field that fewer articles have is not watched
_RISE = 0.3  # errors, or pages that are no articles, rose when their share is so much above the usual one
_EXPECTED = 20  # articles that should have appeared by now, before silence is an alarm

Counts = Mapping[str, Any]


def judge(portal: str, counts: Counts, history: Sequence[Mapping[str, Any]], *, ended_at: str) -> list[str]:
    """Return what is wrong with a run, one line each with the usual value and since when; empty when it is healthy.

    portal: its name. counts: of this run. history: earlier lines of `runs.jsonl`, oldest first. ended_at: of this run.
    """
    complete = [run for run in history if _is_complete(run, portal)][-RUNS:]
    if len(complete) < AT_LEAST:
        return []
    before = [run["portals"][portal] for run in complete]
    last = str(complete[-1]["ended_at"])[:16]
    alarms = [*_fallen_fields(counts, before), *_risen(counts, before), *_silence(counts, complete, portal, ended_at)]
    return [f"{portal}: {alarm} (last good run {last})" for alarm in alarms]


def _is_complete(run: Mapping[str, Any], portal: str) -> bool:
    return run.get("outcome") == "finished" and portal in run.get("portals", ()) and not run.get("alarms") \
        and bool(run.get("ended_at"))


def _fallen_fields(counts: Counts, before: Sequence[Counts]) -> Iterable[str]:
    articles, known = counts.get("articles", 0), sum(run.get("articles", 0) for run in before)
    if articles < MIN_ARTICLES or known < MIN_ARTICLES:
        return
    for name in sorted({name for run in before for name in run.get("field", ())}):
        usual = sum(run.get("field", {}).get(name, 0) for run in before) / known
        share = counts.get("field", {}).get(name, 0) / articles
        if usual >= _USUAL and share < usual * _FALL:
            yield f"{name} in {share:.0%} of {articles} articles, {usual:.0%} before"


def _risen(counts: Counts, before: Sequence[Counts]) -> Iterable[str]:
    for name, words in (("errors", "errors"), ("not_articles", "pages that are no articles")):
        pages, usual = _pages(counts), _share(name, before)
        if pages >= MIN_PAGES and counts.get(name, 0) / pages > usual + _RISE:
            yield f"{words} are {counts[name] / pages:.0%} of {pages} pages, {usual:.0%} before"


def _silence(counts: Counts, complete: Sequence[Mapping[str, Any]], portal: str, ended_at: str) -> Iterable[str]:
    """No new article for so long that many were due. The first run, which finds the archive, tells no pace."""
    fertile = [run for run in complete[1:] if run["portals"][portal].get("stored")]
    if counts.get("stored") or not fertile:
        return
    begun, now = _moment(complete[0]["ended_at"]), _moment(ended_at)
    pace = sum(run["portals"][portal]["stored"] for run in fertile) / max((now - begun) / timedelta(days=1), 0.01)
    silent = (now - _moment(fertile[-1]["ended_at"])) / timedelta(days=1)
    if pace * silent > _EXPECTED:
        yield f"no new article for {silent:.1f} days, {pace:.1f} a day before"


def pace(runs: Sequence[Mapping[str, Any]], portal: str) -> float | None:
    """Return the new articles per day over the last runs of a portal; None when less than an hour tells of it.

    runs: over the portal, oldest first; the first, which finds the archive, does not count.
    """
    ended = [run for run in runs[-RUNS:] if run.get("ended_at")]
    days = (_moment(ended[-1]["ended_at"]) - _moment(ended[0]["ended_at"])) / timedelta(days=1) if ended else 0.0
    stored = sum(int(run["portals"][portal].get("stored", 0)) for run in ended[1:])
    return round(stored / days, 2) if days > 1 / 24 else None


def _pages(counts: Counts) -> int:
    return sum(int(counts.get(name, 0)) for name in ("articles", "not_articles", "errors"))


def _share(name: str, runs: Sequence[Counts]) -> float:
    pages = sum(map(_pages, runs))
    return sum(int(run.get(name, 0)) for run in runs) / pages if pages else 0.0


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
