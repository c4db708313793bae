"""Write the records of a dataset folder in the forms that researchers load."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from pathlib import Path

from malim_scraper.errors import UsageError
from malim_scraper.export.columns import COLUMNS, Column, choose_columns
from malim_scraper.export.croissant import write_croissant
from malim_scraper.export.datasheet import write_datasheet
from malim_scraper.export.duplicates import list_duplicates
from malim_scraper.export.facts import Facts
from malim_scraper.export.formats import FORMATS, Format, find_format
from malim_scraper.export.hub import card_front
from malim_scraper.export.language_columns import ADDED
from malim_scraper.export.reading import stored_records
from malim_scraper.export.records import Advance, Choice, Split, no_progress
from malim_scraper.export.request import Request
from malim_scraper.export.selection import Selection, split_names
from malim_scraper.export.staging import MARK, staged_files, staged_folder, staged_remote
from malim_scraper.extras import need

__all__ = ["ADDED", "COLUMNS", "FORMATS", "Facts", "Request", "Selection", "Split", "export"]


def export(request: Request, *, advance: Advance = no_progress) -> Facts:
    """Write what was asked for, with a datasheet beside it; the output appears only when it is whole.

    advance: is told of each record that is read. Returns the facts that the datasheet tells.
    Raises UsageError for an unknown form or field, DatasetError when a folder cannot be read or written.
    """
    form = find_format(request.target, request.format)
    columns = _columns(request, form)
    facts = Facts(columns)
    _check(request, form)
    with _stage(request.target, form) as stage:
        choice = Choice.make(request.source, request.selection, request.split, advance)
        for part in split_names(request.split.shares):
            form.write(facts.watch(choice.records(part), part), form.path(stage, request.name, part), columns)
        beside = f"{form.stem(request.name)}." if form.suffix else ""
        front = card_front(facts) if form.hub else ""
        write_datasheet(stage / f"{beside}README.md", facts, request, front=front)
        if form.hub:
            write_croissant(stage, facts, request)
        if request.selection.dedup:
            list_duplicates(choice.duplicates, stored_records(request.source), stage / f"{beside}duplicates.csv")
        if not form.suffix:
            (stage / MARK).write_text(json.dumps(request.settings(), indent=1) + "\n", "utf-8")
    return facts


def _check(request: Request, form: Format) -> None:
    """Tell what cannot be before the records are read, which may take minutes."""
    if form.needs:
        need(form.needs, extra="export", purpose=form.suffix or "this form")
    if request.selection.dedup:
        need("rensa", extra="duplicates", purpose="finding duplicates")
    is_inside = "://" not in request.target and Path(request.target).parent.resolve() == request.source.resolve()
    if is_inside and request.name.startswith("articles") and form.suffix == ".jsonl":
        raise UsageError(f"{request.target} would stand among the records themselves; choose another name")


def _columns(request: Request, form: Format) -> tuple[Column, ...]:
    added = [column for name in dict.fromkeys(request.added) for column in ADDED[name]]
    if request.fields:
        chosen = choose_columns(request.fields, (*COLUMNS, *added))
    else:
        chosen = tuple(column for column in COLUMNS if not (form.record_only and column.derived))
    return (*chosen, *(column for column in added if column not in chosen))


def _stage(target: str, form: Format) -> AbstractContextManager[Path]:
    if "://" in target:
        return staged_remote(target.rpartition("/")[0] if form.suffix else target.rstrip("/"))
    return staged_files(Path(target).parent) if form.suffix else staged_folder(Path(target))
