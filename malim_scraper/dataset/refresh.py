"""Which known pages a further run asks for again, so that it finds what is new and stays cheap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from malim_scraper.dataset.frontier import DONE, FAILED, NEVER, TAKEN, WAITING, Frontier

SHARE = 0.12  # of the pages known; a run with nothing new may cost 15%, robots.txt and redirects included
AT_LEAST = 3
FIRST = 4e9  # above every rank that is a point in time


def begin(frontier: Frontier, *, refresh_days: float, is_full: bool, since: str | None) -> None:
    """Put in line what this run asks for again. Pages that a killed run had begun wait again.

    refresh_days: age up to which articles are asked for again. is_full: ask for everything again, unconditionally.
    since: a day as ISO 8601; articles left out as older by an earlier run come back when they no longer are.
    """
    db, portal = frontier.db, frontier.portal
    db.execute(f"UPDATE pages SET status = {WAITING} WHERE portal = ? AND status = {TAKEN}", (portal,))
    db.execute(f"UPDATE pages SET status = {WAITING}, etag = NULL, modified = NULL WHERE portal = ? AND status = {DONE}"
               " AND outcome = 'older' AND (? IS NULL OR published >= ?)", (portal, since, since))
    if is_full:
        db.execute(f"UPDATE pages SET status = {WAITING}, etag = NULL, modified = NULL, tries = 0"
                   f" WHERE portal = ? AND status != {NEVER}", (portal,))
        return
    known = _count(frontier, "fetched_at IS NOT NULL")
    if known:
        _spend(frontier, max(AT_LEAST, int(known * SHARE) - 1), refresh_days)


def _spend(frontier: Frontier, allowance: int, refresh_days: float) -> None:
    """Divide the allowance: what leads to news first, then failures, young articles, listings."""
    today = datetime.now(UTC)
    young = (today - timedelta(days=refresh_days)).date().isoformat()
    allowance -= _again(frontier, "kind = 'start'", "id", allowance, FIRST + 3)
    allowance -= _again(frontier, "kind = 'feed' AND outcome = 'feed'", "id", max(1, allowance // 3), FIRST + 2)
    allowance -= _again(frontier, "kind = 'sitemap' AND (outcome = 'sitemap' OR parent IS NULL)", "rank DESC, id",
                        max(1, allowance // 3), FIRST + 1)
    allowance -= _again(frontier, f"status = {FAILED}", "tries, rank DESC", max(1, allowance // 3), None)
    allowance -= _again(frontier, f"outcome = 'article' AND published >= '{young}'", "published DESC, fetched_at",
                        max(1, allowance * 2 // 3), None)
    _again(frontier, "outcome = 'listing' AND kind = 'page'", "finds DESC, rank DESC, id", allowance, None)


def _again(frontier: Frontier, which: str, order: str, most: int, rank: float | None) -> int:
    if most <= 0:
        return 0
    return frontier.db.execute(
        f"UPDATE pages SET status = {WAITING}, rank = coalesce(?, rank) WHERE id IN (SELECT id FROM pages WHERE portal = ?"
        f" AND status IN ({DONE}, {FAILED}) AND {which} ORDER BY {order} LIMIT ?)", (rank, frontier.portal, most)).rowcount


def _count(frontier: Frontier, which: str) -> int:
    return int(frontier.db.execute(f"SELECT count(*) FROM pages WHERE portal = ? AND {which}",
                                   (frontier.portal,)).fetchone()[0])
