"""Take the captures of some addresses out of a `warc` folder."""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from pathlib import Path

from malim_scraper.dataset.warc_files import iter_members
from malim_scraper.urls import url_key

_TARGET = re.compile(rb"\r\nWARC-Target-URI: <?([^\r\n>]{1,8000})", re.IGNORECASE)


def forget_captures(folder: Path, keys: Collection[str]) -> int:
    """Write the files anew that hold captures of these addresses, without them; an OSError passes through.

    folder: may be missing; no run may have it open. keys: folded addresses. Returns the number of WARC records removed.
    Other pages, such as lists, may still print a title. A kill leaves each file as it was or as it is to be.
    """
    removed = sum(_rewrite(path, keys) for path in sorted(folder.glob("*.warc.gz")))
    if removed:
        for index in folder.glob("captures.sqlite*"):
            index.unlink()  # names addresses; without it pages are kept whole once more
    return removed


def _rewrite(path: Path, keys: Collection[str]) -> int:
    members = [(start, end, _key(head) in keys) for start, end, head in iter_members(path)]
    removed = sum(is_forgotten for *_, is_forgotten in members)
    if removed:
        new = path.with_name(f".{path.name}.new")
        with path.open("rb") as old, new.open("wb") as kept:
            for start, end, is_forgotten in members:
                if not is_forgotten:
                    old.seek(start)
                    kept.write(old.read(end - start))
            kept.flush()
            os.fsync(kept.fileno())
        new.replace(path)
    return removed


def _key(head: bytes) -> str:
    found = _TARGET.search(head.partition(b"\r\n\r\n")[0])
    return url_key(found[1].decode("utf-8", "replace")) if found else ""
