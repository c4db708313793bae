"""The forms of export: a table, in which a new form is one row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from malim_scraper.errors import UsageError
from malim_scraper.export.columns import Column, Record
from malim_scraper.export.csv_table import write_csv
from malim_scraper.export.jsonl import ZSTD, write_jsonl, write_jsonl_zst
from malim_scraper.export.parquet import write_parquet, write_shards
from malim_scraper.export.sqlite_file import write_sqlite
from malim_scraper.export.text_files import write_markdown, write_text

Writer = Callable[[Iterable[Record], Path, Sequence[Column]], None]


@dataclass(frozen=True)
class Format:
    """A form of export.

    write: writes the records to the path that `path` names. suffix: of its file; a form of many files has none.
    folder: where in the exported folder those stand. whole: the name of an undivided dataset there.
    record_only: takes the record's own keys unless fields are named, since its values are as they are stored.
    hub: is described for the Hugging Face hub. needs: a module of the extra 'export'.
    """

    write: Writer
    suffix: str = ""
    folder: str = ""
    whole: str = ""
    record_only: bool = False
    hub: bool = False
    needs: str = ""

    def path(self, stage: Path, name: str, part: str) -> Path:
        """Return where one part of the export `name` is written; part: empty when undivided."""
        if self.suffix:
            return stage / f"{self.stem(name)}{'-' if part else ''}{part}{self.suffix}"
        return stage / self.folder / (part or self.whole)

    def stem(self, name: str) -> str:
        """Return the name of an export without the form's suffix."""
        return name.removesuffix(self.suffix)


FORMATS = {
    "parquet": Format(write_parquet, ".parquet", needs="pyarrow"),
    "csv": Format(write_csv, ".csv"),
    "jsonl": Format(write_jsonl, ".jsonl", record_only=True),
    "jsonl.zst": Format(write_jsonl_zst, ".jsonl.zst", record_only=True, needs=ZSTD),
    "sqlite": Format(write_sqlite, ".sqlite"),
    "text": Format(write_text),
    "markdown": Format(write_markdown),
    "huggingface": Format(write_shards, folder="data", whole="train", hub=True, needs="pyarrow"),
}


def find_format(target: str, name: str | None) -> Format:
    """Return the named form, else the one whose suffix the target has; a target without a suffix is a hub folder.

    Raises UsageError for a suffix that no form has.
    """
    if name:
        return FORMATS[name]
    for form in FORMATS.values():
        if form.suffix and target.endswith(form.suffix):
            return form
    if not Path(target).suffix:
        return FORMATS["huggingface"]
    known = ", ".join(form.suffix for form in FORMATS.values() if form.suffix)
    raise UsageError(f"'{target}': no form has this suffix. Known: {known}. A folder has none.")
