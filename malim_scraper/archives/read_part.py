"""Read one part, a stretch of a WARC file or some saved pages, and keep its articles for the last step."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from io import BytesIO

from malim_scraper.archives.order import Options, Order, Row
from malim_scraper.archives.places import Unreadable, is_remote, opened
from malim_scraper.archives.saved import Saved, add_warnings, find_address, page_of
from malim_scraper.archives.storage import open_folder
from malim_scraper.archives.warc import PAGES, Walk
from malim_scraper.dataset.warc import require_warcio
from malim_scraper.extraction import extract
from malim_scraper.items import Article

PARTS = "_parts"  # data frames pass over names with this beginning
BUCKETS = 16  # by portal, so that the last step can be divided
_EXAMPLES = 5
_PAUSES = (0.5, 2.0)  # seconds before a page is asked for again

Tell = Callable[[int | None], None]  # number of the page that is begun; None: it is done


@dataclass
class _Tally:
    pages: int = 0
    articles: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    parted: dict[str, str] = field(default_factory=dict)

    def fail(self, name: str, reason: str) -> None:
        self.errors[reason.partition(" (")[0]] += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(f"{name}: {reason}")


def read_part(order: Order, tell: Tell) -> Row:
    """Read the pages of a part and write its articles; returns what is to be known of it.

    The file holds gzip members, one for each bucket of portals: a line for each article, with the time of its capture.
    Raises Unreadable when the source cannot be read, DatasetError when the part cannot be written.
    """
    began = time.monotonic()
    options = Options.from_dict(order["options"])
    portal = options.load_profile()
    tally, buckets = _Tally(), _Buckets()
    walk: dict[str, int | None] = {}
    for number, page in _pages(order, walk, tell):
        if page.problem:
            tally.fail(page.name, page.problem)
        elif number in order["skip"]:
            tally.fail(page.name, "killed the process that read it")
        elif options.wants(page.url) or not page.fetched_at:
            tally.pages += 1
            try:
                body = _bytes_of(page)
                article = extract(body, url=page.url or find_address(body), portal=portal,
                                  crawled_at=options.crawled_at or page.fetched_at, timezone=options.timezone,
                                  content_type=page.content_type)
            except (Unreadable, OSError, EOFError, zlib.error) as error:
                tally.fail(page.name, f"cannot be read ({getattr(error, 'strerror', None) or error})")
            except MemoryError:
                tally.fail(page.name, "needs too much memory")
            except Exception as error:  # a fault of ours costs the page, not the part
                tally.fail(page.name, f"extraction failed ({type(error).__name__})")
            else:
                if article and options.wants(article.url):
                    _keep(article, page, buckets, tally)
        tell(None)
    data, offsets = buckets.close()
    open_folder(order["out"]).write(f"{PARTS}/{order['name']}.jsonl.gz", data)
    return {"part": order["name"], "source": order["source"], "articles": tally.articles, "pages": tally.pages,
            "errors": dict(tally.errors), "examples": tally.examples, "parted": tally.parted, **walk,
            "bytes": len(data), "offsets": offsets, "seconds": round(time.monotonic() - began, 2)}


def _bytes_of(page: Saved) -> bytes:
    for pause in _PAUSES if is_remote(page.address) else ():
        try:
            return page.read()
        except Unreadable:
            time.sleep(pause)
    return page.read()


def _pages(order: Order, walked: dict[str, int | None], tell: Tell) -> Iterator[tuple[int, Saved]]:
    if "files" in order:
        for number, address in enumerate(order["files"]):
            tell(number)
            yield number, Saved(address, address=address)
        return
    require_warcio(f"{order['source']}: a WARC file")
    with opened(order["source"]) as file:
        walk = Walk(file, order["start"], order["stop"], exact=order.get("exact", False))
        for raw in walk.records():
            if raw.problem or raw.type in PAGES:
                tell(raw.number)
                if raw.number in order["skip"]:
                    yield raw.number, Saved(f"{order['source']}: record {raw.number + 1}")
                elif page := page_of(raw, order["source"]):
                    yield raw.number, page
        walked["first"], walked["after"] = walk.first, walk.after


def _keep(article: Article, page: Saved, buckets: _Buckets, tally: _Tally) -> None:
    tally.articles += 1
    add_warnings(article, page)
    if page.part_of:
        tally.parted[page.url] = page.part_of
    buckets.add(article.portal, {"fetched_at": page.fetched_at.isoformat() if page.fetched_at else None,
                                 "part_of": page.part_of, "article": article.to_dict()})


class _Buckets:
    """Lines in gzip members, in memory until they are whole: some megabytes."""

    def __init__(self) -> None:
        self._out = [BytesIO() for _ in range(BUCKETS)]
        self._zip = [gzip.GzipFile(fileobj=out, mode="wb", compresslevel=5, mtime=0) for out in self._out]

    def add(self, portal: str, line: Row) -> None:
        bucket = blake2b(portal.encode("utf-8", "replace"), digest_size=1).digest()[0] % BUCKETS
        self._zip[bucket].write(json.dumps(line, ensure_ascii=False).encode("utf-8", "replace") + b"\n")

    def close(self) -> tuple[bytes, list[int]]:
        """Return all members, and the offsets between them, with the end."""
        offsets = [0]
        for member, out in zip(self._zip, self._out, strict=True):
            member.close()
            offsets.append(offsets[-1] + out.tell())
        return b"".join(out.getvalue() for out in self._out), offsets


def captures_in(data: bytes) -> Iterator[tuple[Article, datetime | None, str | None]]:
    """Yield the articles of a part's bucket, each with the time of its capture and the article that it is a page of."""
    with gzip.open(BytesIO(data)) as file:
        for text in file:
            line = json.loads(text)
            moment = datetime.fromisoformat(line["fetched_at"]) if line["fetched_at"] else None
            yield Article.from_dict(line["article"]), moment, line["part_of"]
