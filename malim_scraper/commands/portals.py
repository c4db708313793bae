"""`malim portals`: the packaged profiles."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

import click

from malim_scraper.profiles import load_portal, portal_names


@click.command("portals", short_help="List the packaged profiles of portals.")
@click.option("--json", "machine", is_flag=True, help="One JSON object per portal, with all keys.")
def command(machine: bool) -> None:
    """List the portals that have a packaged profile; any other portal is crawled by its address or a profile of yours.

    \b
    Examples:
      malim portals
      malim crawl malim --out data
    """
    portals = [load_portal(name) for name in portal_names()]
    if machine:
        for portal in portals:
            click.echo(json.dumps(asdict(portal), ensure_ascii=False))
        return
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, padding=(0, 3, 0, 0), header_style="dim")
    for column in ("name", "hosts", "languages", "time zone", "start"):
        table.add_column(column, overflow="fold")
    for portal in portals:
        table.add_row(portal.name, ", ".join(portal.hosts), ", ".join(portal.languages), portal.timezone or "",
                      ", ".join(portal.start_urls))
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False).print(table)
