"""Which known pages a further run asks for again, so that it finds what is new and stays cheap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from malim_scraper.dataset.frontier import Frontier

SHARE = 0.12  # of the pages known; a run with nothing new may cost 15%, robots.txt and redirects included
AT_LEAST = 3
FIRST = 4e9  # a rank above all that are points in time
_STARTS = "SELECT id FROM pages WHERE portal = :portal AND kind = 'start' AND status IN ('done', 'failed') LIMIT :most"
_FEEDS = """SELECT id FROM pages WHERE portal = :portal AND kind = 'feed' AND outcome = 'feed'
  AND status IN ('done', 'failed') ORDER BY finds DESC, id LIMIT :most"""
_SITEMAPS = """SELECT id FROM pages WHERE portal = :portal AND kind = 'sitemap' AND status IN ('done', 'failed')
  AND (outcome = 'sitemap' OR parent IS NULL) ORDER BY parent IS NOT NULL, rank DESC, id LIMIT :most"""
# An outage may last for days, so no page is given up; one that failed in five runs is asked for every day, then more
# seldom, at last every four weeks.
_FAILED = """SELECT id FROM pages WHERE portal = :portal AND status = 'failed'
  AND (tries < 5 OR :now - fetched_at >= 86400 * min(tries - 4, 28)) ORDER BY tries, rank DESC LIMIT :most"""
# The longer ago an article was asked for, compared with its age, the sooner again: so the tries thin out.
_YOUNG = """SELECT id FROM pages WHERE portal = :portal AND outcome = 'article' AND status = 'done'
  AND published >= :young ORDER BY (:now - fetched_at) / max(:now - unixepoch(published), 3600) DESC, id LIMIT :most"""
_LISTINGS = """SELECT id FROM pages WHERE portal = :portal AND outcome = 'listing' AND kind = 'page' AND status = 'done'
  AND key NOT IN (SELECT target FROM pages WHERE portal = :portal AND kind = 'start' AND target IS NOT NULL)
  ORDER BY finds DESC, rank DESC, id LIMIT :most"""


def begin(frontier: Frontier, *, refresh_days: float, is_full: bool, since: str | None) -> None:
    """Put in line what this run asks for again. Pages that a killed run had begun wait again.

    refresh_days: age up to which articles are asked for again. is_full: ask for everything again, unconditionally;
    an article's further pages are asked for with its first.
    since: a day as ISO 8601; articles left out as older by an earlier run come back when they no longer are.
    """
    db, portal = frontier.db, frontier.portal
    db.execute("DELETE FROM pages WHERE portal = ? AND status = 'taken' AND outcome = 'part'", (portal,))
    db.execute("UPDATE pages SET status = 'waiting' WHERE portal = ? AND status = 'taken'", (portal,))
    db.execute("UPDATE pages SET status = 'waiting', etag = NULL, modified = NULL WHERE portal = ? AND status = 'done'"
               " AND outcome = 'older' AND (? IS NULL OR published >= ?)", (portal, since, since))
    if is_full:
        db.execute("UPDATE pages SET status = 'waiting', etag = NULL, modified = NULL, tries = 0 WHERE portal = ?"
                   " AND (status != 'never' OR outcome = 'refused') AND outcome IS NOT 'part'", (portal,))
        return
    known = db.execute("SELECT count(*) FROM pages WHERE portal = ? AND fetched_at > 0", (portal,)).fetchone()[0]
    if known:
        _spend(frontier, max(AT_LEAST, int(known * SHARE) - 1), refresh_days)


def _spend(frontier: Frontier, allowance: int, refresh_days: float) -> None:
    """Divide the allowance: what leads to news first, then failures, young articles, listings."""
    now = datetime.now(UTC)
    young = (now - timedelta(days=refresh_days)).date().isoformat()
    for query, share, rank in ((_STARTS, 1.0, FIRST + 3), (_SITEMAPS, 0.34, FIRST + 1), (_FEEDS, 0.34, FIRST + 2),
                               (_FAILED, 0.34, None), (_YOUNG, 0.67, None), (_LISTINGS, 1.0, None)):
        most = min(allowance, max(1, int(allowance * share)))
        values = {"portal": frontier.portal, "most": most, "young": young, "now": now.timestamp()}
        found = frontier.db.execute(query, values).fetchall()
        frontier.again((page for page, in found), rank=rank)
        allowance -= len(found)
