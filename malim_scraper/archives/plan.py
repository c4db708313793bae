"""The parts: stretches of WARC files and batches of saved pages, each named after all that it depends on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b

from malim_scraper.archives.order import VERSION, Options, Order
from malim_scraper.archives.places import Entry, Unreadable, gives_ranges, list_entries
from malim_scraper.archives.saved import ENDINGS, is_warc
from malim_scraper.export.batches import in_batches

PART_BYTES = 32_000_000  # of a WARC file: half a minute of work, some 800 pages
BATCH = 500  # saved pages


@dataclass(frozen=True, slots=True)
class Source:
    """A WARC file, or the saved pages of a folder. address: its own. orders: of its parts, in order."""

    address: str
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read. missing: addresses that cannot be read, each with the reason."""

    sources: tuple[Source, ...]
    missing: dict[str, str]


def make_plan(addresses: Iterable[str], options: Options, out: str, *, part_bytes: int = PART_BYTES) -> Plan:
    """Look at the sources and divide them into parts. The same sources and options give the same parts.

    addresses: pages, WARC files, folders, addresses for fsspec. out: of the output. part_bytes: of a WARC file.
    """
    sources: dict[str, Source] = {}
    missing: dict[str, str] = {}
    for address in dict.fromkeys(addresses):
        try:
            found = list_entries(address, ENDINGS)
        except Unreadable as error:
            missing[address] = str(error)
            continue
        if not found:
            missing[address] = f"{address}: no saved pages or WARC files here."
        pages = [entry for entry in found if not is_warc(entry.address)]
        for entry in filter(lambda entry: is_warc(entry.address), found):
            try:
                sources[entry.address] = Source(entry.address, tuple(_of_warc(entry, options, out, part_bytes)))
            except Unreadable as error:
                missing[entry.address] = str(error)
        if pages:
            sources[address] = Source(address, tuple(_of_pages(address, pages, options, out)))
    return Plan(tuple(sources.values()), missing)


def _of_warc(entry: Entry, options: Options, out: str, part_bytes: int) -> Iterator[Order]:
    size = entry.size or 0
    count = max(1, -(-size // part_bytes)) if entry.address.lower().endswith(".gz") else 1
    if count > 1 and not gives_ranges(entry.address):
        count = 1
    bounds = [size * number // count for number in range(count)]
    for number, start in enumerate(bounds):
        stop = bounds[number + 1] if number + 1 < count else None
        yield _order(entry.address, {"start": start, "stop": stop}, entry.stamp, options, out,
                     (stop or size) - start)


def _of_pages(address: str, entries: list[Entry], options: Options, out: str) -> Iterator[Order]:
    for batch in in_batches(entries, BATCH):
        stamps = "".join(f"{entry.address} {entry.stamp}\n" for entry in batch)
        yield _order(address, {"files": [entry.address for entry in batch]}, stamps, options, out,
                     sum(entry.size or 0 for entry in batch))


def _order(source: str, what: Order, stamp: str, options: Options, out: str, size: int) -> Order:
    depends = json.dumps([VERSION, asdict(options), source, what, stamp])
    digest = blake2b(depends.encode("utf-8", "replace"), digest_size=8).hexdigest()
    return {"do": "read", "source": source, **what, "name": f"{_stem(source)}-{digest}", "size": size, "out": out,
            "options": asdict(options), "version": VERSION}


def _stem(address: str) -> str:
    name = address.rstrip("/").rpartition("/")[2].removesuffix(".gz").removesuffix(".warc")
    return "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in name)[:60] or "pages"
