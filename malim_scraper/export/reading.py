"""Read a dataset folder back: its articles, one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from malim_scraper.dataset.records import iter_records
from malim_scraper.dataset.shards import shards
from malim_scraper.errors import DatasetError
from malim_scraper.export.selection import Selection, at_places, choose
from malim_scraper.items import Article


def read(folder: str | os.PathLike[str], *, all_revisions: bool = False) -> Iterator[Article]:
    """Yield the articles of a dataset folder in stored order, each in its latest revision.

    folder: what `malim crawl --out` wrote. all_revisions: every stored revision instead.
    Raises DatasetError when the folder holds no records.
    """
    records = stored_records(Path(folder))
    if not all_revisions:
        records = at_places(records, choose(stored_records(Path(folder)), Selection()).values())
    return map(Article.from_dict, records)


def stored_records(folder: Path) -> Iterator[dict[str, Any]]:
    """Give each whole record of a dataset folder in stored order; a torn line is passed over.

    Shards `articles-*.jsonl` count as one dataset. Raises DatasetError when there are no records, or no line is one.
    """
    files = shards(folder, "articles", ".jsonl")
    if not files:
        raise DatasetError(f"{folder}: no articles.jsonl here. Crawl into it first: malim crawl --out {folder}")
    return _readable(folder, files)


def _readable(folder: Path, files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    is_empty = True
    try:
        for record in chain.from_iterable(map(iter_records, files)):
            is_empty = False
            yield record
        is_damaged = is_empty and any(file.stat().st_size for file in files)
    except OSError as error:
        raise DatasetError(f"{folder}: cannot be read ({error.strerror}).") from error
    if is_damaged:
        raise DatasetError(f"{folder}: no line of its files is a record. They are damaged, or of another program.")
