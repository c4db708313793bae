"""`malim status`: a dataset folder at a glance."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from malim_scraper.dataset.overview import Overview, PortalState, look_at

if TYPE_CHECKING:
    from rich.table import Table

_COUNTS = ("requests", "stored", "revisions", "errors")


@click.command("status", short_help="Show the state of a dataset: portals, last runs, coverage, alarms.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "machine", is_flag=True, help="One JSON object instead of tables.")
@click.option("--runs", "most", type=click.IntRange(1), default=5, show_default=True, metavar="N",
              help="Show the last N runs.")
def command(folder: Path, machine: bool, most: int) -> int:
    """Show the state of dataset folder DIR: portals, last runs, coverage of fields, alarms, pages to be tried again.

    Changes nothing and may be called while a crawl runs. Exit code 3 when the last run over one of the portals was
    unhealthy, or the last run of all failed or was killed; 1 when DIR is no dataset folder.

    \b
    Examples:
      malim status data
      malim status data --json | jq .portals[].alarms
    """
    overview = look_at(folder)
    if machine:
        click.echo(json.dumps(_as_json(overview, most), ensure_ascii=False))
    else:
        _print(overview, most)
    return 3 if overview.is_unhealthy else 0


def _as_json(overview: Overview, most: int) -> dict[str, Any]:
    return {"folder": str(overview.folder), "records": overview.records, "files": overview.files,
            "is_running": overview.is_running, "is_unhealthy": overview.is_unhealthy,
            "portals": [asdict(portal) for portal in overview.portals], "runs": overview.runs[-most:],
            "asked_to_wait": {host: _moment(until) for host, until in overview.asked_to_wait.items()}}


def _print(overview: Overview, most: int) -> None:
    from rich.console import Console

    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False, markup=False)
    files = f" in {len(overview.files)} files" if len(overview.files) > 1 else ""
    running = "; a crawl is running" if overview.is_running else ""
    console.print(f"{overview.folder}: {overview.records} records{files}{running}")
    if overview.portals:
        console.print("\nPortals", _portals(overview), sep="\n")
    if overview.runs:
        console.print("\nLast runs", _runs(overview, most), sep="\n")
    if any(portal.coverage for portal in overview.portals):
        console.print("\nFields, and what the visible page shows of them", _coverage(overview), sep="\n")
    console.print("", *_notes(overview), sep="\n")


def _portals(overview: Overview) -> Table:
    table = _table("name", "articles", "new a day", "waiting", "to be retried", "last run", "health")
    for portal in overview.portals:
        pace = "" if portal.new_per_day is None else f"{portal.new_per_day:.1f}"
        table.add_row(portal.name, str(portal.articles), pace, str(portal.waiting), str(portal.retries),
                      _short(portal.last_run), "unhealthy" if portal.alarms else "")
    return table


def _runs(overview: Overview, most: int) -> Table:
    table = _table("start", "outcome", "minutes", *_COUNTS, "alarms")
    for run in overview.runs[-most:]:
        sums = (sum(counts.get(name, 0) for counts in run.get("portals", {}).values()) for name in _COUNTS)
        table.add_row(_short(run["started_at"]), str(run.get("outcome")), _minutes(run), *map(str, sums),
                      str(len(run.get("alarms", ())) or ""))
    return table


def _coverage(overview: Overview) -> Table:
    names = dict.fromkeys(name for portal in overview.portals for name in portal.coverage)
    table = _table("portal", *(name.replace("date_published", "date") for name in names))
    for portal in overview.portals:
        table.add_row(portal.name, *(_share(portal, name) for name in names))
    return table


def _share(portal: PortalState, name: str) -> str:
    share, seen = portal.coverage.get(name), portal.visible.get(name)
    if share is None:
        return ""
    return f"{share:.0%}" if seen is None or round(seen, 2) == round(share, 2) else f"{share:.0%} ({seen:.0%})"


def _notes(overview: Overview) -> Iterator[str]:
    for portal in overview.portals:
        for alarm in portal.alarms:
            yield f"Unhealthy: {alarm}"
    last = overview.runs[-1] if overview.runs else {}
    if last.get("outcome") in ("failed", "killed"):
        yield f"The last run {'was killed' if last['outcome'] == 'killed' else 'failed'}. {last.get('message') or ''}"
    for host, until in overview.asked_to_wait.items():
        yield f"{host} asked not to be asked before {_moment(until)}"


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for place, column in enumerate(columns):
        table.add_column(column, overflow="fold", justify="left" if place == 0 else "right")
    return table


def _minutes(run: Mapping[str, Any]) -> str:
    if not run.get("ended_at"):
        return ""
    begun, ended = datetime.fromisoformat(run["started_at"]), datetime.fromisoformat(run["ended_at"])
    return f"{(ended - begun).total_seconds() / 60:.1f}"


def _short(moment: str | None) -> str:
    return moment[:16].replace("T", " ") if moment else ""


def _moment(until: float) -> str:
    return datetime.fromtimestamp(until, UTC).isoformat(timespec="seconds")
