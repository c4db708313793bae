"""The datasheet beside an export: what it holds, where it comes from, what is missing, how to make it again.

Source of its questions: Gebru et al., "Datasheets for Datasets", https://doi.org/10.1145/3458723
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from malim_scraper.dataset.crew_runs import read_runs
from malim_scraper.export.facts import Facts
from malim_scraper.export.meanings import meaning, type_name
from malim_scraper.export.request import Request


def write_datasheet(path: Path, facts: Facts, request: Request, *, front: str = "") -> None:
    """Write the datasheet as Markdown. front: what stands before it, such as the YAML of a dataset card."""
    runs = read_runs(request.source)
    sections = [_head(facts, request), _portals(facts, runs), _contents(facts), _fields(facts), _gaps(facts)]
    text = "\n\n".join((*sections, _citation(facts, request), _again(request)))
    path.write_text(f"{front}{text}\n", "utf-8", "replace")


def _head(facts: Facts, request: Request) -> str:
    crawled = f" The pages were fetched from {facts.first_crawl} to {facts.last_crawl}." if facts.first_crawl else ""
    which = "every stored revision" if request.selection.all_revisions else "the latest revision of each article"
    return (f"# {facts.title}\n\n{facts.summary}{crawled} It holds {which}, as extracted by malim_scraper "
            f"{version('malim_scraper')}, exported on {datetime.now(UTC):%Y-%m-%d}.")


_RIGHTS = """
Runs, requests and refused pages are those of all crawls into the dataset folder. **robots.txt:** the crawler obeys it
and its Crawl-delay unless its operator says otherwise; refused are pages that it, or the rules of the crawl, kept from
being fetched. **Rights:** texts and pictures belong to the portals and their authors. This export grants no licence;
read the terms of each portal above before you share more than addresses, counts and short quotations. **Personal
data:** articles name people; `malim forget` takes an article out of the dataset folder.
"""


def _portals(facts: Facts, runs: Sequence[Mapping[str, Any]]) -> str:
    rows = []
    for name, count in facts.portals.most_common():
        done = [run["portals"][name] for run in runs if isinstance((run.get("portals") or {}).get(name), dict)]
        requests = sum(int(counts.get("requests") or 0) for counts in done)
        refused = sum(sum((counts.get("left_out") or {}).values()) for counts in done)
        rows.append((name, facts.homes[name], f"{count:,}", f"{len(done):,}", f"{requests:,}", f"{refused:,}"))
    head = ("Portal", "Address, where its terms are", "Records", "Runs", "Requests", "Refused")
    return f"## Where it comes from\n\n{_table(head, rows)}\n{_RIGHTS.rstrip()}"


def _contents(facts: Facts) -> str:
    parts = "" if "" in facts.parts else _table(("Part", "Records"), _counts(facts.parts)) + "\n\n"
    return "## What it holds\n\n" + parts + _table(("Language", "Records"), _counts(facts.languages))


def _fields(facts: Facts) -> str:
    rows = [(f"`{one.name}`", type_name(one), "" if one.derived else f"{facts.share(one.name):.1%}", meaning(one))
            for one in facts.columns]
    return ("## Fields\n\nFilled: the share of records in which the field is not null and not empty.\n\n"
            + _table(("Field", "Type", "Filled", "Meaning"), rows))


def _gaps(facts: Facts) -> str:
    undated = facts.count - facts.filled["date_published"]
    lines = [f"{undated:,} records have no date of publication; no date was guessed.",
             f"{facts.count - facts.filled['authors']:,} records name no author.",
             f"{facts.languages['und']:,} records are in no language that could be told.",
             "A date without an offset was read in the portal's time zone.",
             "What a portal took down before the first crawl, or hides from crawlers, is missing."]
    found = _table(("Warning", "Records"), _counts(facts.warnings)) if facts.warnings else "No record has a warning."
    return "## Known gaps\n\n" + "\n".join(f"- {line}" for line in lines) + "\n\n" + found


def _citation(facts: Facts, request: Request) -> str:
    year = (facts.last_crawl or f"{datetime.now(UTC):%Y}")[:4]
    return (f"## How to cite\n\n> {facts.title}. {facts.count:,} records, {year}. Collected with malim_scraper "
            f"{version('malim_scraper')}, settings {request.settings_hash()}.")


def _again(request: Request) -> str:
    install = f"pip install malim_scraper=={version('malim_scraper')}"
    return (f"## How to make it again\n\n```sh\n{install}\n{request.command()}\n```\n\n"
            f"Settings hash: `{request.settings_hash()}`. "
            "The same dataset folder, version and settings give the same records.")


def _counts(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(name, f"{count:,}") for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *(tuple(cell.replace("|", "\\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
