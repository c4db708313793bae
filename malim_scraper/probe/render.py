"""A report as a person reads it in a terminal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from malim_scraper.probe.fields import EXPECTED
from malim_scraper.probe.report import Guess, Pattern, Report, Robots, Sample

_WIDTH = 120  # columns where the output is no terminal


def print_report(report: Report, file: IO[str], following: Iterable[str]) -> None:
    """Print a report. following: commands to try next."""
    console = Console(file=file, width=None if file.isatty() else _WIDTH, highlight=False, soft_wrap=False)
    _print_head(console, report)
    _print_sources(console, report)
    _print_patterns(console, "Addresses of articles", report.article_patterns)
    _print_patterns(console, "Addresses of lists", report.listing_patterns)
    for sample in report.samples:
        _print_sample(console, sample)
    _print_lines(console, "Not fetched", report.problems)
    _print_lines(console, "What to do", report.advice or ["Nothing is missing."])
    _print_lines(console, "Next", following)


def _print_head(console: Console, report: Report) -> None:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row("portal", Text(report.url or report.target))
    if report.robots:
        grid.add_row("requests", str(report.requests))
        grid.add_row("robots.txt", _robots(report.robots))
    else:
        grid.add_row("saved pages", f"{report.pages}, {report.articles} of them articles")
    signs = [f"{name} ({sign})" for name, sign in report.technology.items()]
    grid.add_row("made with", Text(", ".join(signs) or "unknown"))
    grid.add_row("language", _guess(report.language))
    grid.add_row("time zone", _guess(report.timezone))
    console.print(grid)


def _robots(robots: Robots) -> str:
    if robots.status != 200:
        return f"none (HTTP {robots.status})" if robots.status else "no answer"
    delay = f"Crawl-delay {robots.crawl_delay:g} s" if robots.crawl_delay else "no Crawl-delay"
    count = len(robots.sitemaps)
    allowed = "allowed" if robots.allowed else "start page not allowed"
    return f"{allowed}, {delay}, names {count} sitemap{'s' * (count != 1)}"


def _guess(guess: Guess) -> Text:
    return Text(f"{guess.value or 'unknown'}: {guess.why}")


def _print_sources(console: Console, report: Report) -> None:
    if report.robots is None:
        return
    table = _table("Sitemaps and feeds", "kind", "addresses", "newest", "note", "address")
    for source in report.sources:
        table.add_row(source.kind, str(source.entries), source.newest or "", source.note, Text(source.url))
    if report.sources:
        console.print(table)


def _print_patterns(console: Console, title: str, patterns: Iterable[Pattern]) -> None:
    table = _table(title, "regular expression", "matches", "such as")
    for pattern in patterns:
        table.add_row(Text(pattern.regex, style="bold"), str(pattern.matches), Text(pattern.example))
    if table.row_count:
        console.print(table)


def _print_sample(console: Console, sample: Sample) -> None:
    if sample.record is None:
        console.print(Text(f"\n{sample.name}: not read as an article. {sample.note}".rstrip(), style="yellow"))
        return
    table = _table(sample.name, "field", "value", "evidence", "doubt")
    for row in sample.rows:
        absent = Text("missing", style="red") if row.field in EXPECTED else Text("–", style="dim")
        value = Text(row.value) if row.value else absent
        table.add_row(Text(row.field, style="bold"), value, Text(row.evidence), Text(row.doubt, style="yellow"))
    console.print(table)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=Text(f"\n{title}", style="bold"), title_justify="left", box=None, pad_edge=False,
                  padding=(0, 2, 0, 0), header_style="dim")
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in ("addresses", "matches") else "left")
    return table


def _print_lines(console: Console, title: str, lines: Iterable[str]) -> None:
    kept = list(lines)
    if kept:
        console.print(Text(f"\n{title}", style="bold"))
    for line in kept:
        grid = Table.grid()
        grid.add_row("  ", Text(line, overflow="fold"))
        console.print(grid)
