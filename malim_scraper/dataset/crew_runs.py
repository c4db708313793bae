"""The runs of a dataset folder: what the workers of one crawl did counts as one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from malim_scraper.dataset.runs import iter_runs
from malim_scraper.dataset.shards import shards

RECENT = 32_000_000  # bytes of a file that hold more than 30 runs over hundreds of portals, or years of one
_OUTCOMES = ("finished", "limit", "stopped", "failed", "killed")  # one that got further speaks for all


def read_runs(folder: Path, *, last: int | None = None) -> list[dict[str, Any]]:
    """Return the runs of a folder, oldest first; an OSError passes through. last: see `iter_runs`, for each file.

    The lines of workers that name the same `crawl` among their options are one run: from the first start to the last
    end, counts added up. It is `finished` when one of its workers found nothing left, though others were killed.
    """
    files = shards(folder, "runs", ".jsonl")
    runs = [run for file in files for run in iter_runs(file, last=last)]
    groups: dict[str, list[dict[str, Any]]] = {}
    for place, run in enumerate(runs):
        groups.setdefault(str((run.get("options") or {}).get("crawl") or place), []).append(run)
    found = [_join(group) if len(group) > 1 else group[0] for group in groups.values()]
    return found if len(files) < 2 else sorted(found, key=lambda run: str(run["started_at"]))


def join_counts(counts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the counts of a portal, added up over workers; their `seconds` are those of the longest."""
    joined: dict[str, Any] = {}
    for name in _names(counts):
        values = [one[name] for one in counts if name in one]
        if name == "outcome":
            joined[name] = _furthest(values)
        elif isinstance(values[0], Mapping):
            joined[name] = {key: sum(value.get(key, 0) for value in values) for key in _names(values)}
        elif isinstance(values[0], int | float):
            joined[name] = max(values) if name == "seconds" else sum(values)
    return joined


def _join(group: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    options = {name: value for run in group for name, value in run["options"].items() if name != "worker"}
    messages = [run["message"] for run in group if run.get("message")]
    ends = [str(run["ended_at"]) for run in group if run.get("ended_at")]
    return {"started_at": min(str(run["started_at"]) for run in group),
            "portals": {name: join_counts([run["portals"][name] for run in group if name in run["portals"]])
                        for name in _names([run["portals"] for run in group])},
            "options": {**options, "workers": len({run["options"].get("worker") for run in group})},
            "outcome": _furthest([run.get("outcome") for run in group]),
            "message": "; ".join(dict.fromkeys(messages)) or None, "ended_at": max(ends, default=None),
            "alarms": list(dict.fromkeys(alarm for run in group for alarm in run.get("alarms", ())))}


def _furthest(outcomes: Iterable[Any]) -> Any:
    return min(outcomes, key=lambda outcome: _OUTCOMES.index(outcome) if outcome in _OUTCOMES else len(_OUTCOMES))


def _names(mappings: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    return iter(dict.fromkeys(name for mapping in mappings for name in mapping))
