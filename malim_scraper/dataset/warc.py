"""WARC 1.1 records of fetched pages (ISO 28500:2017).

A response, or a revisit where nothing changed, its request, and a conversion: the page as a browser showed it.
"""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha1
from http.client import responses
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from malim_scraper.extras import need

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord
    from warcio.warcwriter import WARCWriter

Headers = Sequence[tuple[str, str]]
PART_OF = "X-Part-Of"  # a field of this program's own
RENDERED = "X-Rendered"  # one, too: of a response that a conversion follows, which is the page to read
_SECRET = frozenset(("authorization", "cookie", "set-cookie", "proxy-authorization"))
# The body is kept as the client has it: without the coding of the transfer that it came in.
_OF_TRANSFER = frozenset(("transfer-encoding", "content-length"))
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}")  # RFC 9110, 5.6.2
_PRINTED = "".join(map(chr, range(33, 127)))
_NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"


@dataclass(frozen=True, slots=True)
class Capture:
    """A request and its response.

    url: as asked for. asked, answered: headers in order. status: of HTTP. body: as sent, compression included.
    fetched_at: aware. protocol: such as `HTTP/1.1`. address: IP address of the server. part_of: address of the article
    of which this is a further page. rendered: HTML as a browser showed it, UTF-8.
    """

    url: str
    asked: Headers
    status: int
    answered: Headers
    body: bytes
    fetched_at: datetime
    method: str = "GET"
    protocol: str = "HTTP/1.1"
    address: str | None = None
    part_of: str | None = None
    rendered: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes of content."""
        return len(self.body) + len(self.rendered or b"")


@dataclass(frozen=True, slots=True)
class Known:
    """The last whole response of an address. digest: of its body, as WARC-Payload-Digest. date: its WARC-Date."""

    digest: str
    date: str


def require_warcio(purpose: str = "--archive") -> None:
    """Raise MissingExtra when warcio is not installed. purpose: what needs it."""
    need("warcio", extra="warc", purpose=purpose)


def make_info(name: str, user_agent: str) -> bytes:
    """Return the record that a file begins with, one gzip member. name: of the file."""
    out = BytesIO()
    writer = _writer(out)
    writer.write_record(writer.create_warcinfo_record(name, {
        "software": "malim_scraper", "format": "WARC File Format 1.1", "http-header-user-agent": user_agent,
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"}))
    return out.getvalue()


def make_records(capture: Capture, known: Known | None) -> bytes:
    """Return the records of a response and its request, one gzip member each.

    known: what the address gave before. With it a 304, or the same body again, becomes a revisit record.
    """
    out = BytesIO()
    writer = _writer(out)
    is_same = known is not None and capture.status == 200 and known.digest == digest_of(capture.body)
    is_revisit = is_same or capture.status == 304
    response = _make_revisit(writer, capture, known) if is_revisit else _make_response(writer, capture)
    writer.write_request_response_pair(_make_request(writer, capture), response)
    if capture.rendered is not None:
        writer.write_record(_make_conversion(writer, capture, response))
    return out.getvalue()


def digest_of(body: bytes) -> str:
    """Return the digest of a body as WARC-Payload-Digest has it."""
    return "sha1:" + b32encode(sha1(body, usedforsecurity=False).digest()).decode()


def date_of(moment: datetime) -> str:
    """Return an aware time as WARC-Date, in microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _make_response(writer: WARCWriter, capture: Capture) -> ArcWarcRecord:
    return writer.create_warc_record(
        capture.url, "response", payload=BytesIO(capture.body), length=len(capture.body),
        warc_headers_dict=_warc_headers(capture), http_headers=_answered(capture, len(capture.body)))


def _make_revisit(writer: WARCWriter, capture: Capture, known: Known | None) -> ArcWarcRecord:
    headers = _warc_headers(capture)
    answered = _answered(capture, None)
    if capture.status != 304 and known is not None:
        return writer.create_revisit_record(capture.url, known.digest, capture.url, known.date, http_headers=answered,
                                            warc_headers_dict=headers)
    headers["WARC-Profile"] = _NOT_MODIFIED
    if known is not None:
        headers |= {"WARC-Refers-To-Target-URI": capture.url, "WARC-Refers-To-Date": known.date}
    return writer.create_warc_record(capture.url, "revisit", warc_headers_dict=headers, http_headers=answered)


def _make_conversion(writer: WARCWriter, capture: Capture, response: ArcWarcRecord) -> ArcWarcRecord:
    rendered = capture.rendered or b""
    headers = {"WARC-Date": date_of(capture.fetched_at),
               "WARC-Refers-To": response.rec_headers.get_header("WARC-Record-ID")}
    if capture.part_of:
        headers[PART_OF] = capture.part_of
    return writer.create_warc_record(capture.url, "conversion", payload=BytesIO(rendered), length=len(rendered),
                                     warc_content_type="text/html; charset=utf-8", warc_headers_dict=headers)


def _make_request(writer: WARCWriter, capture: Capture) -> ArcWarcRecord:
    from warcio.statusandheaders import StatusAndHeaders

    parts = urlsplit(capture.url)
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_PRINTED)
    names = {name.lower() for name, _ in capture.asked}
    headers = ([] if "host" in names else [("Host", parts.netloc.rpartition("@")[2])]) + _public(capture.asked)
    return writer.create_warc_record(
        capture.url, "request", warc_headers_dict={"WARC-Date": date_of(capture.fetched_at)},
        http_headers=StatusAndHeaders(f"{capture.method} {target} HTTP/1.1", headers, is_http_request=True))


def _warc_headers(capture: Capture) -> dict[str, str]:
    headers = {"WARC-Date": date_of(capture.fetched_at)}
    optional = {"WARC-IP-Address": capture.address, PART_OF: capture.part_of,
                RENDERED: "yes" if capture.rendered is not None else None}
    return headers | {name: value for name, value in optional.items() if value}


def _answered(capture: Capture, length: int | None) -> object:
    from warcio.statusandheaders import StatusAndHeaders

    headers = [(name, value) for name, value in _public(capture.answered) if name.lower() not in _OF_TRANSFER]
    if length is not None:
        headers.append(("Content-Length", str(length)))
    status = f"{capture.status} {responses.get(capture.status, '')}".rstrip()
    return StatusAndHeaders(status, headers, protocol=capture.protocol)


def _public(headers: Headers) -> list[tuple[str, str]]:
    """Return what may be kept, with names and values that a header can have."""
    return [(name, " ".join(value.split())) for name, value in headers
            if name.lower() not in _SECRET and _NAME.fullmatch(name)]


def _writer(out: BytesIO) -> WARCWriter:
    from warcio.warcwriter import WARCWriter

    return WARCWriter(out, gzip=True, warc_version="1.1")
