"""Croissant: a description of the exported Parquet files that machines read (JSON-LD).

Source of the format: https://docs.mlcommons.org/croissant/docs/croissant-spec.html (1.0)
"""

from __future__ import annotations

import hashlib
import json
import typing
from collections.abc import Sequence
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from malim_scraper.export.columns import Column, part_types
from malim_scraper.export.facts import Facts
from malim_scraper.export.meanings import meaning
from malim_scraper.export.request import Request

CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"}, "conformsTo": "dct:conformsTo",
    **{name: f"cr:{name}" for name in (
        "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format",
        "includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references",
        "regex", "repeated", "replace", "samplingRate", "separator", "source", "subField", "transform")},
}
_TYPES = {str: "sc:Text", int: "sc:Integer", bool: "sc:Boolean", date: "sc:Date", datetime: "sc:DateTime"}


def write_croissant(folder: Path, facts: Facts, request: Request) -> None:
    """Write `croissant.json` for the Parquet files in the folder's `data`."""
    files = sorted((folder / "data").glob("*.parquet"))
    described = {
        "@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": request.name, "description": f"{facts.title}. {facts.summary}", "version": "1.0.0",
        "citeAs": f"{facts.title}. Collected with malim_scraper {version('malim_scraper')}.",
        "inLanguage": sorted(facts.languages), "datePublished": f"{datetime.now(UTC):%Y-%m-%d}",
        "license": "Texts belong to their portals; no licence is granted.",
        "distribution": [_file(folder, path) for path in files],
        "recordSet": [_record_set(path, facts.columns) for path in files],
    }
    (folder / "croissant.json").write_text(json.dumps(described, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _file(folder: Path, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"@type": "cr:FileObject", "@id": path.name, "name": path.name, "sha256": digest,
            "contentUrl": path.relative_to(folder).as_posix(), "contentSize": f"{path.stat().st_size} B",
            "encodingFormat": "application/x-parquet"}


def _record_set(path: Path, columns: Sequence[Column]) -> dict[str, Any]:
    name = path.stem.removesuffix("-00000-of-00001")
    return {"@type": "cr:RecordSet", "@id": name, "name": name, "field": [_field(path, name, one) for one in columns]}


def _field(path: Path, record_set: str, column: Column) -> dict[str, Any]:
    source = {"fileObject": {"@id": path.name}, "extract": {"column": column.name}}
    name = f"{record_set}/{column.name}"
    field: dict[str, Any] = {"@type": "cr:Field", "@id": name, "name": name, "description": meaning(column)}
    if column.type in _TYPES:
        return {**field, "dataType": _TYPES[column.type], "source": source}
    repeated = typing.get_origin(column.type) is list
    parts = typing.get_args(column.type)[0] if repeated else column.type
    if parts in _TYPES:
        return {**field, "dataType": _TYPES[parts], "repeated": True, "source": source}
    return {**field, **({"repeated": True} if repeated else {}), "subField": [
        {"@type": "cr:Field", "@id": f"{name}/{key}", "name": f"{name}/{key}", "dataType": _TYPES[kind],
         "source": {**source, "transform": {"jsonPath": key}}} for key, kind in part_types(parts).items()]}
