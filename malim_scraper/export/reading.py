"""Read a dataset folder back: its articles, one by one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from malim_scraper.dataset.records import iter_records
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

    Shards `articles-*.jsonl` count as one dataset. Raises DatasetError when there are no records.
    """
    files = [path for path in (folder / "articles.jsonl",) if path.is_file()] + sorted(folder.glob("articles-*.jsonl"))
    if not files:
        raise DatasetError(f"{folder}: no articles.jsonl here. Crawl into it first: malim crawl --out {folder}")
    return chain.from_iterable(map(iter_records, files))
