"""What a run did, for its line in `runs.jsonl`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from malim_scraper.dataset import Run
from malim_scraper.dataset.runs import utc_now
from malim_scraper.spiders.desk import Desk

_COUNTS = ("responses", "articles", "stored", "revisions", "unchanged", "duplicates", "not_articles", "unread",
           "not_modified", "moved", "gone", "errors")
_GROUPS = ("left_out", "field", "visible", "warning")


def conclude(run: Run, desks: Sequence[Desk], *, is_stopped: bool, broken: Sequence[str] = ()) -> list[str]:
    """Fill the line of a run that has ended, and return what made it fail, one line each.

    is_stopped: by a signal. broken: what kept crawls from starting.
    """
    failures = list(broken)
    for desk in desks:
        run.portals[desk.portal.name] = _counts(desk)
        if failure := _failure(desk, is_stopped=is_stopped):
            failures.append(failure)
    is_limited = any(desk.is_limit_reached for desk in desks)
    run.outcome = "failed" if failures else "stopped" if is_stopped else "limit" if is_limited else "finished"
    if run.outcome == "finished":
        for desk in desks:
            desk.end()
    run.message = "; ".join(dict.fromkeys(failures)) or None
    run.ended_at = utc_now()
    return failures


def _failure(desk: Desk, *, is_stopped: bool) -> str | None:
    if desk.failure is not None:
        return str(desk.failure)
    if desk.is_left_alone:
        return f"{desk.portal.name}: left alone, it answers with errors. {desk.last_error}"
    if not is_stopped and not desk.counted("responses"):
        return f"{desk.portal.name}: nothing could be fetched. {desk.last_error or ''}".strip()
    return None


def _counts(desk: Desk) -> dict[str, Any]:
    values: dict[str, Any] = {"requests": int(desk.stats.get_value("downloader/request_count", 0))}
    values |= {name: desk.counted(name) for name in _COUNTS}
    for group in _GROUPS:
        prefix = f"malim/{group}/"
        values[group] = {key.removeprefix(prefix): value for key, value in sorted(desk.stats.get_stats().items())
                         if key.startswith(prefix)}
    return values
