"""Saved pages: files, folders, WARC files and standard input as one stream of pages to read."""

from __future__ import annotations

import gzip
import os
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path

from malim_scraper.dataset.warc import PART_OF
from malim_scraper.dataset.warc_files import iter_members
from malim_scraper.encoding import decode
from malim_scraper.errors import MalimError

MAX_BYTES = 20_000_000  # as in a crawl
ENDINGS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
WARC_ENDINGS = (".warc", ".warc.gz")
_HEAD = 400_000  # bytes in which a page says where it was saved from
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{1,3000}>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?:href|content)\s{0,5}=\s{0,5}["']?(https?://[^\s"'<>]{3,2000})""", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=\(\d{1,6}\)(https?://\S{1,2000})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Saved:
    """A page to read. name: for messages. path: its file, else body holds it. The rest as far as a WARC knows it.

    part_of: the address of the article of which it is a further page.
    """

    name: str
    path: Path | None = None
    body: bytes = b""
    url: str = ""
    content_type: str | None = None
    fetched_at: datetime | None = None
    part_of: str | None = None
    problem: str = ""

    def read(self) -> bytes:
        """Return the page's bytes. Raises OSError, EOFError or zlib.error for a file that cannot be read."""
        if self.path is None:
            return self.body
        opened = gzip.open if self.path.suffix == ".gz" else open
        with opened(self.path, "rb") as file:
            return file.read(MAX_BYTES)


def count_pages(paths: Iterable[str]) -> int | None:
    """Return how many pages there are, or None when that is known only after reading, as in a WARC."""
    files = [file for path in paths for file in _files(path)]
    return None if any(_is_warc(file) for file in files) else len(files)


def iter_saved(paths: Iterable[str]) -> Iterator[Saved]:
    """Yield the pages of files, folders (searched deeply, in order of names), WARC files, and `-` for standard input.

    What cannot be opened is yielded with its problem.
    """
    for path in paths:
        if path == "-":
            yield Saved("standard input", body=sys.stdin.buffer.read(MAX_BYTES))
            continue
        found = _files(path)
        if not found:
            yield Saved(path, problem=_problem(Path(path)))
        for file in found:
            if _is_warc(file):
                yield from _of_warc(file)
            else:
                yield Saved(str(file), path=file)


def find_parted(paths: Iterable[str]) -> set[str]:
    """Return the addresses of articles of which a WARC has further pages, as `malim crawl --archive` notes them."""
    field = re.compile(rb"\r\n" + PART_OF.encode() + rb": ([^\r\n]{1,8000})")
    heads = (head for path in paths for file in _files(path) if _is_warc(file) and file.suffix == ".gz"
             for *_, head in iter_members(file))
    return {found[1].decode("utf-8", "replace") for head in heads if (found := field.search(head))}


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


def _files(path: str) -> list[Path]:
    place = Path(path)
    if place.is_dir():
        return sorted(
            file for file in place.rglob("*") if file.name.lower().endswith(ENDINGS + WARC_ENDINGS) and file.is_file()
        )
    return [place] if path == "-" or place.exists() else []


def _problem(place: Path) -> str:
    if not place.is_dir():
        return "no such file or folder"
    is_open = os.access(place, os.R_OK | os.X_OK)
    return "a folder without saved pages" if is_open else "cannot be read (Permission denied)"


def _is_warc(file: Path) -> bool:
    return file.name.lower().endswith(WARC_ENDINGS)


def _of_warc(file: Path) -> Iterator[Saved]:
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise MalimError(f"{file}: WARC files need warcio. Install it: pip install 'malim_scraper[warc]'") from error
    try:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream):
                if (
                    record.rec_type == "response"
                    and record.http_headers
                    and record.http_headers.get_statuscode() == "200"
                ):
                    headers = record.http_headers
                    kind = headers.get_header("Content-Type") or ""
                    if "html" in kind or not kind:
                        url = record.rec_headers.get_header("WARC-Target-URI") or ""
                        yield Saved(
                            f"{file}: {url}",
                            body=record.content_stream().read(MAX_BYTES),
                            url=url,
                            content_type=kind,
                            fetched_at=_moment(record.rec_headers.get_header("WARC-Date")),
                            part_of=record.rec_headers.get_header(PART_OF),
                        )
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed, ValueError) as error:
        yield Saved(str(file), problem=f"cannot be read further ({error})")


def _moment(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
