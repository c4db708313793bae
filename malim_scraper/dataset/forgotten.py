"""`forgotten.jsonl`: which articles were taken out for good, also when the state is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from malim_scraper.dataset.runs import utc_now
from malim_scraper.urls import article_id

NOTE = "forgotten.jsonl"


def note_forgotten(folder: Path, ids: Iterable[str], keys: Iterable[str], records: int) -> None:
    """Append what was taken out of a dataset folder; an OSError passes through.

    ids: of the articles. keys: folded addresses of their pages, of which hashes are kept. records: how many went.
    """
    pages = sorted(map(article_id, keys))
    row = {"forgotten_at": utc_now(), "articles": sorted(ids), "pages": pages, "records": records}
    with (folder / NOTE).open("a", encoding="utf-8") as note:
        note.write(json.dumps(row) + "\n")


def read_forgotten(folder: Path) -> frozenset[str]:
    """Return the ids of all forgotten articles and of the addresses of their pages; a broken line is passed over."""
    found: set[str] = set()
    try:
        lines = (folder / NOTE).read_bytes().splitlines()
    except FileNotFoundError:
        return frozenset()
    for line in lines:
        try:
            row = json.loads(line)
        except ValueError:
            continue
        for name in ("articles", "pages"):
            values = row.get(name) if isinstance(row, dict) else None
            found.update(map(str, values if isinstance(values, list) else ()))
    return frozenset(found)
