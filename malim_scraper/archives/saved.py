"""Saved pages: a file, or a response in a WARC file, with what is known of it."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from io import BytesIO
from typing import Any

from malim_scraper.archives.places import opened
from malim_scraper.archives.warc import PAGES, Raw
from malim_scraper.dataset.warc import PART_OF, RENDERED
from malim_scraper.encoding import decode
from malim_scraper.extraction.robots import WARNED, read_robots_header
from malim_scraper.items import Article

MAX_BYTES = 20_000_000  # as in a crawl
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
WARC_ENDINGS = (".warc", ".warc.gz")
ENDINGS = PAGE_ENDINGS + WARC_ENDINGS
_HEAD = 400_000  # bytes in which a page says where it was saved from
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{1,3000}>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:href|content)\s{0,5}=\s{0,5}["']?(https?://[^\s"'<>]{3,2000})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=\(\d{1,6}\)(https?://\S{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A page to read. name: for messages. address: of its file, else body holds it. The rest as far as a WARC knows it.

    part_of: the address of the article of which it is a further page. warnings: what its capture adds to the article's.
    """

    name: str
    address: str = ""
    body: bytes = b""
    url: str = ""
    content_type: str | None = None
    fetched_at: datetime | None = None
    part_of: str | None = None
    warnings: tuple[str, ...] = ()
    problem: str = ""

    def read(self) -> bytes:
        """Return the page's bytes. Raises Unreadable, OSError, EOFError or zlib.error when it cannot be read."""
        if not self.address:
            return self.body
        with opened(self.address) as file:
            if self.address.endswith(".gz"):
                with gzip.open(file) as page:
                    return page.read(MAX_BYTES)
            return file.read(MAX_BYTES)


def add_warnings(article: Article, page: Saved) -> None:
    """Give an article the warnings of its capture."""
    article.warnings += [warning for warning in page.warnings if warning not in article.warnings]


def is_warc(name: str) -> bool:
    """Tell by its name whether a file is a WARC."""
    return name.lower().endswith(WARC_ENDINGS)


def page_of(raw: Raw, name: str) -> Saved | None:
    """Return the page in a WARC record, or None where there is none.

    That is HTML of a response with status 200, or a conversion to HTML: of a response that was rendered by a browser,
    the conversion alone. name: of the file, for messages. A damaged record is a page with its problem.
    """
    if raw.problem:
        return Saved(f"{name}: record {raw.number + 1}", problem=raw.problem)
    return _record_page(raw, name) if raw.type in PAGES else None


def _record_page(raw: Raw, name: str) -> Saved | None:
    from warcio.recordloader import ArcWarcRecordLoader

    try:
        record: Any = ArcWarcRecordLoader().parse_record_stream(BytesIO(raw.data), known_format="warc")
        kind = _kind_of_page(record)
        if kind is None:
            return None
        body = record.content_stream().read(MAX_BYTES)
    except Exception as error:  # whatever the libraries of its codings raise: one record must not stop a file
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        return Saved(f"{name}: record {raw.number + 1}", problem=f"damaged response ({reason})")
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    return Saved(f"{name}: {url}", body=body, url=url, content_type=kind,
                 fetched_at=_moment(record.rec_headers.get_header("WARC-Date")),
                 part_of=record.rec_headers.get_header(PART_OF),
                 warnings=_warnings(record))


def _warnings(record: Any) -> tuple[str, ...]:
    """`truncated` when the crawler kept only a beginning, and what the server says to robots."""
    headers = record.http_headers.headers if record.http_headers else ()
    robots = read_robots_header(value for name, value in headers if name.lower() == "x-robots-tag")
    cut = ("truncated",) if record.rec_headers.get_header("WARC-Truncated") else ()
    return (*cut, *(word for word in WARNED if word in robots))


def _kind_of_page(record: Any) -> str | None:
    """The Content-Type of the page in a record, empty when it says none; None when there is no page."""
    headers = record.http_headers
    if record.rec_type == "conversion":
        kind = record.rec_headers.get_header("Content-Type") or ""
        return kind if "html" in kind else None
    if not headers or headers.get_statuscode() != "200" or record.rec_headers.get_header(RENDERED):
        return None
    kind = headers.get_header("Content-Type") or ""
    return kind if not kind or "html" in kind else None


def find_address(html: bytes) -> str:
    """Return where a saved page says that it comes from, else an empty text.

    That is its canonical link, `og:url` or the comment that browsers write when they save a page.
    """
    text = decode(html[:_HEAD])
    found = {"canonical": "", "og:url": ""}
    for tag in _TAG.findall(text):
        for key in found:
            if key in tag.lower() and not found[key] and (address := _ADDRESS.search(tag)):
                found[key] = unescape(address[1])
    saved_from = _SAVED_FROM.search(text)
    return found["canonical"] or found["og:url"] or (saved_from[1] if saved_from else "")


def _moment(text: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else None
