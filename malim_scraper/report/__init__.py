"""A dataset on one page: what it holds, how complete it is, how the crawls went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

from malim_scraper.dataset.crew_runs import read_runs
from malim_scraper.errors import DatasetError
from malim_scraper.export.duplicates import Duplicate, find_duplicates
from malim_scraper.export.records import Advance, Choice, Split, no_progress
from malim_scraper.export.selection import Selection
from malim_scraper.export.staging import staged_files
from malim_scraper.report import contents, findings
from malim_scraper.report.page import render
from malim_scraper.report.related import relate
from malim_scraper.report.survey import Survey, survey

MOST_COMPARED = 200_000  # articles; their comparison takes 4.4 KB of memory each


def write_report(source: Path, target: Path, *, advance: Advance = no_progress) -> None:
    """Write the report of a dataset folder as one HTML file.

    advance: is told of each record that is read. Raises DatasetError when the folder has no records or the file cannot
    be written, MalimError when the extra 'report' is not installed.
    """
    choice = Choice.make(source, Selection(), Split(), advance)
    found = survey(choice.records(doing="counting"))
    if not found.count:
        raise DatasetError(f"{source}: there are no records to report on.")
    is_small = found.count <= MOST_COMPARED and find_spec("rensa")
    duplicates = find_duplicates(choice.records(doing="comparing")) if is_small else None
    page = render(_title(found), _intro(found), _numbers(found, duplicates), [
        contents.time_section(found), contents.coverage_section(found), contents.length_section(found),
        contents.names_section(found), findings.related_section(relate(found)),
        findings.runs_section(read_runs(source)), findings.warnings_section(found),
        findings.duplicates_section(duplicates, found.count, _shown(duplicates or (), choice))])
    with staged_files(target.parent) as stage:
        (stage / target.name).write_text(page, "utf-8", "replace")


def _shown(duplicates: Sequence[Duplicate], choice: Choice) -> dict[str, tuple[str, str]]:
    wanted = {name for one in duplicates for name in (one.id, one.kept)}
    if not wanted:
        return {}
    return {record["id"]: (str(record.get("title") or ""), str(record.get("canonical_url") or ""))
            for record in choice.records(doing="naming") if record["id"] in wanted}


def _title(found: Survey) -> str:
    names = [name for name, _ in found.portals.most_common(3)]
    return f"News of {', '.join(names)}" + (" and others" if len(found.portals) > 3 else "")


def _intro(found: Survey) -> str:
    return (f"A dataset of {found.count:,} articles in their latest revision, {found.words:,} words. "
            f"Report of {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by malim_scraper.")


def _numbers(found: Survey, duplicates: Sequence[Duplicate] | None) -> list[tuple[str, str]]:
    days = sorted(day for day, _ in found.days if day)
    return [
        ("Articles", f"{found.count:,}"), ("Portals", f"{len(found.portals):,}"),
        ("Languages", f"{len(found.languages):,}"), ("First day", str(days[0]) if days else "unknown"),
        ("Last day", str(days[-1]) if days else "unknown"), ("Words each", f"{found.words // found.count:,}"),
        ("With author", f"{found.totals['authors'] / found.count:.0%}"),
        ("Repeated", "not looked for" if duplicates is None else f"{len(duplicates):,}")]
