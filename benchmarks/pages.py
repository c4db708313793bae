"""The pages whose article is known, and their halves: `tune` to look for causes, `confirm` to confirm gains."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "news-pages"


@dataclass(frozen=True, slots=True)
class Row:
    """A saved page with its true title (empty when unknown) and body."""

    file: str
    source: str
    url: str
    html: str
    title: str
    body: str
    language: str


def read_rows(data: Path = DATA) -> Iterator[Row]:
    """Yield the pages of a folder with a `truth.jsonl`."""
    for line in (data / "truth.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        html = gzip.decompress((data / row["file"]).read_bytes()).decode("utf-8")
        yield Row(row["file"], row["source"], row["url"], html, row.get("title") or "", row["body"],
                  row.get("language") or "")


def half_of(file: str) -> str:
    """Return the half that a page belongs to, by a hash of its file name."""
    return "confirm" if hashlib.sha1(file.encode()).digest()[0] % 2 else "tune"
