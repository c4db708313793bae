"""The last step: of the articles of all parts the records, one per article and revision, written as shards."""

from __future__ import annotations

import gzip
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

from malim_scraper.archives.order import Options, Order, Row
from malim_scraper.archives.read_part import PARTS, Tell, captures_in
from malim_scraper.archives.storage import Folder, open_folder
from malim_scraper.dataset.captures import Captures
from malim_scraper.export.batches import in_groups
from malim_scraper.export.columns import COLUMNS, Column, Record
from malim_scraper.export.jsonl import ZSTD, write_jsonl, write_jsonl_zst
from malim_scraper.export.parquet import write_parquet
from malim_scraper.extras import need

SHARD = 100_000  # records
STAGE = "_new"  # shards wait here until all are whole
OWN = re.compile(r"articles-\d\d-\d{4}\.(?:parquet|jsonl(?:\.gz|\.zst)?)")  # names of shards
_EVERY = 500  # records between two signs of life

Writer = Callable[[Iterable[Record], Path, Sequence[Column]], None]


def _write_jsonl_gz(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    plain = path.with_name(f"{path.name}.plain")
    write_jsonl(records, plain, columns)
    with plain.open("rb") as lines, gzip.GzipFile(path, "wb", compresslevel=6, mtime=0) as packed:
        copyfileobj(lines, packed)
    plain.unlink()


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the shards. needs: a module of the extra 'export'."""

    write: Writer
    needs: str = ""
    record_only: bool = True


FORMS = {"parquet": Form(write_parquet, "pyarrow", record_only=False), "jsonl": Form(write_jsonl),
         "jsonl.gz": Form(_write_jsonl_gz), "jsonl.zst": Form(write_jsonl_zst, ZSTD)}


def choose_form(name: str | None, out: str) -> str:
    """Return the name of a form: the one given, else that of the folder's suffix, else Parquet.

    Raises MissingExtra when its library is not installed.
    """
    by_suffix = next((form for form in FORMS if out.rstrip("/").endswith(f".{form}")), "parquet")
    chosen = name or by_suffix
    if FORMS[chosen].needs:
        need(FORMS[chosen].needs, extra="export", purpose=f"--format {chosen}")
    return chosen


def write_shards(order: Order, tell: Tell) -> Row:
    """Write the records of some buckets of all parts as shards, which wait in STAGE; returns what they are.

    Raises DatasetError when a part cannot be read or a shard not written.
    """
    folder = open_folder(order["out"])
    form = FORMS[order["format"]]
    columns = tuple(column for column in COLUMNS if not (form.record_only and column.derived))
    shards: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="malim-shards-") as place:
        for number, group in enumerate(in_groups(_records(order, folder, tell), SHARD)):
            name = f"articles-{order['group']:02}-{number:04}.{order['format']}"
            counted = _Counted(group)
            path = Path(place, name)
            form.write(counted, path, columns)
            folder.put(path, f"{STAGE}/{name}")
            shards.append({"name": name, "records": counted.seen, "bytes": path.stat().st_size})
            path.unlink()
    return {"shards": shards}


class _Counted:
    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.seen = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.seen += 1
            yield record


def _records(order: Order, folder: Folder, tell: Tell) -> Iterator[Record]:
    captures = Captures(Options.from_dict(order["options"]).load_profile(), order["parted"])
    seen = 0
    for part in order["parts"]:
        start, stop = part["offsets"]
        if start == stop:
            continue
        for article, fetched_at, part_of in captures_in(folder.read(f"{PARTS}/{part['name']}.jsonl.gz", start, stop)):
            seen += 1
            if seen % _EVERY == 0:
                tell(None)
            found = [article] if fetched_at is None else captures.judge(article, fetched_at, part_of)
            yield from (record.to_dict() for record in found)
    yield from (record.to_dict() for record in captures.take_rest())
