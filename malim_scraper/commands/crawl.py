"""`malim crawl`: crawl portals into a dataset folder."""

from __future__ import annotations

import logging
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from malim_scraper.commands.logs import log_options, tell
from malim_scraper.commands.options import render_option, settings_option

if TYPE_CHECKING:
    from malim_scraper.dataset import Run


@click.command("crawl", short_help="Crawl portals into a dataset folder, only what is new.")
@click.argument("portals", nargs=-1, metavar="[PORTAL|URL|FILE.toml]...")
@click.option("--portals", "lists", multiple=True, metavar="FILE",
              help="Also the portals in this file, one a line; # begins a comment, - is standard input.")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Dataset folder; made when missing, but not the folder that it stands in.")
@click.option("--full", is_flag=True, help="Ask for every known page again, not only for what may be new.")
@click.option("--since", metavar="DATE", help="Store only articles published on this day or later, such as 2024-04-24.")
@click.option("--limit", metavar="N", help="Stop after N records.")
@click.option("--refresh", metavar="DAYS", default="3", show_default=True,
              help="Look for edits of articles up to this age.")
@click.option("--timezone", metavar="TZ", help="Zone of times without an offset on portals without a profile, "
                                               "such as Asia/Almaty; else UTC.")
@click.option("--archive", is_flag=True, help="Keep the raw pages, too: WARC files in DIR/warc.")
@render_option
@click.option("--metrics", metavar="PORT|HOST:PORT|FILE.prom",
              help="Figures for Prometheus: served while the crawl runs, or written at its end for node_exporter.")
@click.option("--on-unhealthy", "hook", metavar="CMD|URL",
              help="After an unhealthy or failed run: a command for the shell (MALIM_MESSAGE, JSON on its standard "
                   "input), or an address that gets a POST of the JSON.")
@click.option("--redis", "redis_url", metavar="URL", envvar="MALIM_REDIS_URL", show_envvar=True,
              help="Share the crawl with other workers through this Redis, as redis://HOST:PORT/DB; a password may "
                   "stand in MALIM_REDIS_PASSWORD.")
@click.option("--worker", metavar="NAME", help="With --redis: this worker's name, which its files in DIR bear "
                                               "[default: host name and a number].")
@settings_option("Any Scrapy setting; wins over all others; may be repeated.")
@log_options
def command(portals: tuple[str, ...], lists: tuple[str, ...], out: Path, full: bool, since: str | None,
            limit: str | None, refresh: str, timezone: str | None, archive: bool, render: str | None,
            metrics: str | None, hook: str | None, redis_url: str | None, worker: str | None,
            settings: dict[str, str]) -> int:
    """Crawl portals into the dataset folder DIR: the first time everything, later what is new or changed.

    A portal is an address, the name of a packaged profile (default: malim) or a profile of yours.
    Exit code 1 when one of the portals failed; what the others gave is stored. 3 when a portal changed, compared with
    its last 30 runs: fields fell, errors rose, no news came.

    \b
    Examples:
      malim crawl malim --out data
      malim crawl https://example.org/ --out data --limit 10
      malim crawl --portals portals.txt --out data
      malim crawl malim --out data --redis redis://queue.example:6379/0
      malim crawl my.toml --out data --since 2024-01-01 -s DOWNLOAD_DELAY=2
      malim crawl https://app.example/ --out data --render auto
      malim crawl malim --out data --on-unhealthy 'mail -s "$MALIM_MESSAGE" me@example.org'
    """
    from malim_scraper.commands.targets import read_targets
    from malim_scraper.dataset.warc import require_warcio
    from malim_scraper.extensions.display import Display
    from malim_scraper.extensions.exporter import read_place, require_prometheus
    from malim_scraper.extensions.summary import summary
    from malim_scraper.middlewares.chromium import check_browser
    from malim_scraper.runner import make_settings, run_crawl
    from malim_scraper.shared.worker import Order
    from malim_scraper.spiders.arguments import Options

    options = Options.read({"limit": limit, "since": since, "refresh": refresh, "full": full, "timezone": timezone})
    targets, notes = read_targets(portals or (() if lists else ("malim",)), lists)
    for note in notes:
        tell(note)
    if render:
        settings["RENDER"] = render
    # what cannot be read is told before the folder is made
    check_browser(make_settings(settings), [portal for portal, _ in targets])
    order = Order.read(redis_url, worker)
    if archive:
        require_warcio()
        settings["WARC_ARCHIVE"] = "1"
    if metrics:
        read_place(metrics)
        require_prometheus()
        settings["METRICS"] = metrics
    started = time.monotonic()
    with Display(is_on=sys.stderr.isatty()) as display:
        result = run_crawl(targets, out=out, options=options, settings=settings, on_progress=display.update,
                           order=order)
    width = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    for line in summary(result.run.portals, out, time.monotonic() - started, waiting=result.waiting, width=width,
                        worker=result.run.options.get("worker")):
        tell(line)
    if result.stopped_by:
        tell("Stopped. What was stored is kept; the next crawl goes on from here.")
    for alarm in result.run.alarms:
        tell(f"Unhealthy: {alarm}", logging.WARNING)
    for failure in dict.fromkeys(result.failures):
        tell(f"Error: {failure}", logging.ERROR)
    if hook and result.exit_code in (1, 3):
        _raise_alarm(hook, result.run, out)
    return result.exit_code


def _raise_alarm(hook: str, run: Run, out: Path) -> None:
    from malim_scraper.extensions.alarm import AlarmError, raise_alarm

    try:
        raise_alarm(hook, run, out)
    except AlarmError as error:
        tell(f"Warning: --on-unhealthy: {error}", logging.WARNING)
