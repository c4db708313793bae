"""What a crawl did, told at its end: a line for one portal, a table for several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from malim_scraper.dataset.shards import name_of
from malim_scraper.text import counted

_WIDE = 120  # columns where no terminal says how many there are
_NOTES = (("duplicates", "duplicates"), ("not_articles", "other pages"), ("gone", "not found"), ("errors", "errors"))
_COLUMNS = ("stored", "revised", "failed", "requests", "time", "state")

Counts = Mapping[str, Mapping[str, Any]]


def summary(portals: Counts, out: Path, seconds: float, *, waiting: int = 0,
            width: int | None = None, worker: str | None = None) -> Iterator[str]:
    """Yield the lines that tell what a crawl did.

    portals: the counts of each. seconds: how long it took. waiting: portals that had no turn. width: of the terminal,
    in columns, or None where there is none. worker: name of one of several.
    """
    if len(portals) + waiting > 1:
        yield from _table(portals, seconds, width)
    else:
        yield from _lines(portals, seconds)
    if waiting:
        yield f"{counted(waiting, 'portal')} had no turn."
    if any(counts["stored"] or counts["revisions"] for counts in portals.values()):
        yield f"Records: {out / name_of('articles', '.jsonl', worker)}"


def _lines(portals: Counts, seconds: float) -> Iterator[str]:
    for name, counts in portals.items():
        if not counts["responses"]:
            continue
        parts = [f"{counts['stored']} stored", f"{counts['revisions']} revised", f"{counts['unchanged']} unchanged"]
        parts += [f"{counts[key]} {words}" for key, words in _NOTES if counts.get(key)]
        yield f"{name}: {', '.join(parts)}; {counts['requests']} requests in {seconds:.1f} s"
        if counts["left_out"]:
            yield "  left out: " + ", ".join(f"{number} {why}" for why, number in counts["left_out"].items())


def _table(portals: Counts, seconds: float, width: int | None) -> Iterator[str]:
    """A portal a row, in the order of their names, then their sums."""
    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim", show_footer=True)
    rows = [_row(counts) for _, counts in sorted(portals.items())]
    sums = [str(sum(int(row[place]) for row in rows)) for place in range(4)]
    table.add_column("portal", footer=counted(len(rows), "portal"), overflow="fold")
    for column, total in zip(_COLUMNS, [*sums, f"{seconds:.1f} s", ""], strict=True):
        table.add_column(column, footer=total, justify="left" if column == "state" else "right", no_wrap=True)
    for name, row in zip(sorted(portals), rows, strict=True):
        table.add_row(name, *row)
    page = StringIO()
    Console(file=page, width=width or _WIDE, highlight=False, markup=False, force_terminal=width is not None,
            legacy_windows=False).print(table)
    yield from (line.rstrip() for line in page.getvalue().splitlines())


def _row(counts: Mapping[str, Any]) -> list[str]:
    return [str(counts["stored"]), str(counts["revisions"]), str(counts["errors"]), str(counts["requests"]),
            f"{counts['seconds']:.1f} s", str(counts["outcome"])]
