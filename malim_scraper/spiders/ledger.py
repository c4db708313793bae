"""What a run did, for its line in `runs.jsonl`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from malim_scraper.dataset import Run
from malim_scraper.dataset.runs import utc_now
from malim_scraper.spiders.desk import Desk

_COUNTS = ("responses", "articles", "stored", "revisions", "unchanged", "duplicates", "not_articles", "unread",
           "not_modified", "moved", "gone", "errors")
_GROUPS = ("left_out", "field", "visible", "warning")


@dataclass(frozen=True, slots=True)
class Ending:
    """How the crawl of one portal ended.

    name: of the portal. counts: `outcome` (`finished`, `limit`, `stopped` or `failed`, then with a `message`),
    `seconds`, `requests`, …
    failure: what made it fail, one line. is_fatal: whether nothing can be stored any more, such as on a full disk.
    """

    name: str
    counts: dict[str, Any]
    failure: str | None
    is_fatal: bool


def end(desk: Desk, *, is_stopped: bool) -> Ending:
    """Sum up the crawl of one portal that has ended. is_stopped: by a signal."""
    failure = _failure(desk, is_stopped=is_stopped)
    outcome = "failed" if failure else "stopped" if is_stopped else "limit" if desk.is_limit_reached else "finished"
    if outcome == "finished":
        desk.end()
    told = {"message": failure} if failure else {}
    counts = {"outcome": outcome, **told, "seconds": round(desk.seconds, 1), **_counts(desk)}
    return Ending(desk.portal.name, counts, failure, desk.failure is not None)


def conclude(run: Run, desks: Sequence[Desk], *, is_stopped: bool) -> list[str]:
    """Fill the line of a run whose crawls have all ended, and return what made it fail, one line each."""
    return sum_up(run, [end(desk, is_stopped=is_stopped) for desk in desks], is_stopped=is_stopped)


def sum_up(run: Run, endings: Sequence[Ending], *, is_stopped: bool,
           broken: Sequence[str] = ()) -> list[str]:
    """Fill the line of a run, and return what made it or its portals fail, one line each.

    It failed when no portal did without failing, or when nothing could be stored any more. broken: what kept crawls
    from starting.
    """
    run.portals.update({ending.name: ending.counts for ending in endings})
    failures = [*broken, *(ending.failure for ending in endings if ending.failure)]
    outcomes = {ending.counts["outcome"] for ending in endings}
    if any(ending.is_fatal for ending in endings) or (failures and not outcomes - {"failed"}):
        run.outcome = "failed"
    else:
        run.outcome = "stopped" if is_stopped else "limit" if "limit" in outcomes else "finished"
    run.message = "; ".join(dict.fromkeys(failures)) or None
    run.ended_at = utc_now()
    return failures


def _failure(desk: Desk, *, is_stopped: bool) -> str | None:
    if desk.failure is not None:
        return str(desk.failure)
    if desk.is_left_alone:
        return f"{desk.portal.name}: left alone, it answers with errors. {desk.last_error}"
    if not is_stopped and not desk.is_limit_reached and desk.is_unanswered:
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
