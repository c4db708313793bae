"""What a run over a known portal may spend while it finds nothing new, and what earlier runs found barren."""

from __future__ import annotations

import json

from malim_scraper.dataset.state import State

SHARE = 0.14  # of the pages known; the contract is 15% of the first run's requests
AT_LEAST = 8  # requests
PER_FIND = 30  # more for each new article or revision
_MAX_SPACES = 500


def allowance(state: State, portal: str) -> int | None:
    """Return how many requests a run may send that finds nothing new; None until a portal was crawled to its end."""
    if not state.noted(f"complete:{portal}"):
        return None
    known = state.db.execute("SELECT count(*) FROM pages WHERE portal = ? AND fetched_at > 0", (portal,)).fetchone()[0]
    return max(AT_LEAST, int(known * SHARE))


def note_complete(state: State, portal: str) -> None:
    """Note that a portal was crawled to its end once."""
    state.note(f"complete:{portal}", 1)


def barren_spaces(state: State, portal: str) -> list[str]:
    """Return the spaces of a portal that earlier runs left and in which they found no article."""
    try:
        found = json.loads(str(state.noted(f"barren:{portal}") or "[]"))
    except ValueError:
        return []
    return [str(key) for key in found] if isinstance(found, list) else []


def note_barren(state: State, portal: str, spaces: list[str]) -> None:
    """Keep the spaces that were left for the next run."""
    state.note(f"barren:{portal}", json.dumps(spaces[-_MAX_SPACES:], ensure_ascii=False))
