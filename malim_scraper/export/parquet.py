"""Apache Parquet: typed, compressed with zstd, written batch by batch.

Source of the format: https://parquet.apache.org/docs/file-format/
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from malim_scraper.errors import DatasetError
from malim_scraper.export.batches import in_batches, in_groups
from malim_scraper.export.columns import Column, Record, part_types
from malim_scraper.extras import need

BATCH = 2_000  # records that are Python objects at once
ROW_GROUP = 10_000  # records that a reader can skip at once, some 50 MB
SHARD = 100_000  # a few hundred megabytes, as the hub advises


def write_parquet(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write the records as one Parquet file with the columns' own types.

    Raises MalimError when the extra 'export' is not installed, DatasetError for a value of another type.
    """
    arrow = need("pyarrow", extra="export", purpose="Parquet")
    parquet = need("pyarrow.parquet", extra="export", purpose="Parquet")
    schema = arrow.schema([(column.name, _arrow_type(arrow, column.type)) for column in columns])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in in_groups(records, ROW_GROUP):
            batches = [_batch(arrow, batch, columns, schema) for batch in in_batches(group, BATCH)]
            writer.write_table(arrow.Table.from_batches(batches, schema))


def _batch(arrow: Any, batch: Sequence[Record], columns: Sequence[Column], schema: Any) -> Any:
    arrays = [_array(arrow, column, batch, schema.field(column.name).type) for column in columns]
    return arrow.RecordBatch.from_arrays(arrays, schema=schema)


def _array(arrow: Any, column: Column, group: Sequence[Record], kind: Any) -> Any:
    try:
        return arrow.array([column.value(record) for record in group], kind)
    except (arrow.ArrowException, UnicodeError, TypeError) as error:
        raise DatasetError(f"a record's '{column.name}' is no {kind}: {error}") from error


def write_shards(records: Iterable[Record], path: Path, columns: Sequence[Column]) -> None:
    """Write Parquet files of at most SHARD records, `path` with `-00000-of-00003.parquet` behind its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    shards: list[Path] = []
    for group in in_groups(records, SHARD):
        shards.append(path.with_name(f"{path.name}-{len(shards):05}.part"))
        write_parquet(group, shards[-1], columns)
    if not shards:
        shards.append(path.with_name(f"{path.name}-empty.part"))
        write_parquet((), shards[0], columns)
    for number, shard in enumerate(shards):
        shard.replace(path.with_name(f"{path.name}-{number:05}-of-{len(shards):05}.parquet"))


def _arrow_type(arrow: Any, hint: Any) -> Any:
    plain = {str: arrow.string(), int: arrow.int64(), bool: arrow.bool_(), date: arrow.date32(),
             datetime: arrow.timestamp("us", tz="UTC")}
    if hint in plain:
        return plain[hint]
    if typing.get_origin(hint) is list:
        return arrow.list_(_arrow_type(arrow, typing.get_args(hint)[0]))
    # A dict is a struct too: more readers know it than a map.
    return arrow.struct([(name, _arrow_type(arrow, part)) for name, part in part_types(hint).items()])
