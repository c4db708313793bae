"""Whether a portal has been silent for longer than it ever is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

LOOK_BACK = timedelta(days=30)  # and at least as many runs
LEAST_RUNS = 30
_EXPECTED = 12  # articles that were due; none of 12 by chance is one case of 160,000 (Poisson)
_DAY = timedelta(days=1)
_AT_FIRST = 3 * _DAY  # weekends are silent; until two weeks tell how much, so long a silence is no alarm

Run = Mapping[str, Any]


def find_silence(portal: str, counts: Mapping[str, Any], complete: Sequence[Run], *, ended_at: str) -> Iterator[str]:
    """Yield an alarm when no new article came for so long that many were due, and twice as long as ever before.

    counts: of the run that ended at ended_at, ISO 8601. complete: the complete runs before it, oldest first.
    """
    now = _moment(ended_at)
    known = [run for place, run in enumerate(complete)
             if place >= len(complete) - LEAST_RUNS or now - _moment(run["ended_at"]) <= LOOK_BACK]
    fertile = [run for run in known if run["portals"][portal].get("stored")]
    if counts.get("stored") or not fertile:
        return
    moments = [_moment(run["ended_at"]) for run in fertile]
    silent, span = now - moments[-1], now - _moment(known[0]["ended_at"])
    longest = max((later - earlier for earlier, later in pairwise(moments)), default=timedelta())
    a_day = new_per_day(known, portal) or 0.0
    if a_day * (silent / _DAY) >= _EXPECTED and silent >= max(_DAY if span >= 14 * _DAY else _AT_FIRST, 2 * longest):
        yield f"no new article for {silent / _DAY:.1f} days, {a_day:.1f} a day before"


def new_per_day(runs: Sequence[Run], portal: str) -> float | None:
    """Return the new articles per day from the first of these runs to the last that found one.

    None when less than an hour tells of it. runs: over the portal, oldest first; what the first one found, which may
    be the archive, does not count.
    """
    ended = [run for run in runs if run.get("ended_at")]
    fertile = [place for place, run in enumerate(ended) if run["portals"][portal].get("stored")]
    if not fertile:
        return None
    days = (_moment(ended[fertile[-1]]["ended_at"]) - _moment(ended[0]["ended_at"])) / _DAY
    stored = sum(int(run["portals"][portal].get("stored", 0)) for run in ended[1:])
    return round(stored / days, 2) if days > 1 / 24 else None


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)
