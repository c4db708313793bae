"""XML as servers send it: compressed, wrongly encoded, broken, hostile. Read in pieces: memory stays bounded."""

import codecs
import re
import zlib
from collections.abc import Collection, Iterator
from html import unescape
from html.entities import html5

from lxml import etree

from malim_scraper.encoding import find_encoding

MAX_BYTES = 50 * 1024 * 1024  # decompressed; the bound of sitemaps.org
_PIECE = 64 * 1024
_MAX_SILENT = 2 * 1024 * 1024  # after so many characters without the end of an element it is no sitemap and no feed
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_AMPERSAND = re.compile("&([A-Za-z][A-Za-z0-9]{1,30};|#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};)?")
_MAX_REFERENCE = 34  # characters of the longest reference
_XML_ENTITIES = {"amp;": "&#38;", "lt;": "&#60;", "gt;": "&#62;", "quot;": "&#34;", "apos;": "&#39;"}


def decompress(body: bytes) -> bytes:
    """Return the bytes of a gzip or zlib file, or the same bytes when it is none; at most `MAX_BYTES`.

    What can be read of a truncated file is returned. Never raises.
    """
    return b"".join(_pieces(body))


def iter_elements(body: bytes, names: Collection[str],
                  kept: Collection[str] = ()) -> Iterator[tuple[str, etree._Element]]:
    """Yield each element with one of these local names when it is complete, and forget it afterwards.

    body: XML, perhaps gzipped; beyond `MAX_BYTES` it is not read on. names: without name space.
    kept: names of elements that are yielded but not forgotten, since they also stand inside the others.
    Broken markup is repaired, entities of a DTD are not expanded, nothing is loaded. Never raises.
    """
    parser = etree.XMLPullParser(("end",), encoding="utf-8", recover=True, resolve_entities=False, no_network=True,
                                 load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True)
    silent = 0
    try:
        for text in _texts(body):
            parser.feed(text.encode("utf-8"))
            complete = _complete(parser)
            silent = 0 if complete else silent + len(text)
            if silent > _MAX_SILENT:
                return
            yield from _chosen(complete, names, kept)
        parser.close()
    except etree.LxmlError:
        pass
    yield from _chosen(_closed(_complete(parser), names), names, kept)


def local_name(element: etree._Element) -> str:
    """Return an element's name in lower case without name space or prefix, empty for entities."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """Return what an element says, white space folded, character references inside it resolved too."""
    return " ".join(unescape("".join(str(part) for part in element.itertext(etree.Element))).split())


def _complete(parser: etree.XMLPullParser) -> list[etree._Element]:
    return [element for _, element in parser.read_events() if isinstance(element, etree._Element)]


def _closed(elements: list[etree._Element], names: Collection[str]) -> list[etree._Element]:
    """Drop the element in whose middle the file ended: the others that were open hold it, but are else complete."""
    if elements and local_name(elements[0]) not in names:
        last = elements.pop(0)
        parent = last.getparent()
        if parent is not None:
            parent.remove(last)
    return elements


def _chosen(elements: list[etree._Element], names: Collection[str],
            kept: Collection[str]) -> Iterator[tuple[str, etree._Element]]:
    for element in elements:
        name = local_name(element)
        if name in kept:
            yield name, element
        elif name in names:
            yield name, element
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element and local_name(parent) not in names:
                del parent[0]


def _pieces(body: bytes) -> Iterator[bytes]:
    if body.startswith((b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")):
        yield from _inflated(body)
    else:
        yield from (body[start:start + _PIECE] for start in range(0, min(len(body), MAX_BYTES), _PIECE))


def _inflated(body: bytes) -> Iterator[bytes]:
    left = MAX_BYTES
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)
    for start in range(0, len(body), _PIECE):
        rest = body[start:start + _PIECE]
        while rest:
            try:
                piece = inflate.decompress(rest, min(_PIECE, left))
            except zlib.error:
                return
            yield piece
            left -= len(piece)
            if left <= 0:
                return
            rest = inflate.unconsumed_tail
            if inflate.eof:  # a gzip file may have several members
                rest = inflate.unused_data
                inflate = zlib.decompressobj(zlib.MAX_WBITS | 32)


def _texts(body: bytes) -> Iterator[str]:
    pieces = _pieces(body)
    first = next(pieces, b"")
    decoder = codecs.getincrementaldecoder(_encoding(first))(errors="replace")
    rest = decoder.decode(first).lstrip("\ufeff\x00 \t\r\n")
    for piece in pieces:
        cut = _reference_cut(rest)
        yield _legal(rest[:cut])
        rest = rest[cut:] + decoder.decode(piece)
    yield _legal(rest + decoder.decode(b"", final=True))


def _reference_cut(text: str) -> int:
    """Return where a text may be parted without parting a character reference."""
    place = text.rfind("&", -_MAX_REFERENCE)
    return place if place >= 0 and ";" not in text[place:] else len(text)


def _encoding(head: bytes) -> str:
    declared = _DECLARED.match(head.lstrip(b"\xef\xbb\xbf\x00 \t\r\n"))
    return find_encoding(head, f"text/xml; charset={declared[1].decode('ascii')}" if declared else None)


def _legal(text: str) -> str:
    text = _ILLEGAL.sub("", text)
    return _AMPERSAND.sub(_character, text) if "&" in text else text


def _character(found: re.Match[str]) -> str:
    """Resolve what HTML knows, escape what is an ampersand, write what XML knows as a number.

    Behind the first fault of a file libxml2 2.14 drops what XML itself names, such as the `&amp;` of an address.
    """
    name = found[1]
    if name is None:
        return "&#38;"
    return found[0] if name.startswith("#") else _XML_ENTITIES.get(name) or html5.get(name, "&#38;" + name)
