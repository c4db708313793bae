"""A page, parsed once and walked once: its metadata, text blocks, links, images and marked elements in page order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from malim_scraper.encoding import decode
from malim_scraper.extraction.bounds import bounded
from malim_scraper.extraction.declared import Declared, read_declared
from malim_scraper.extraction.layout import Layout, find_layout
from malim_scraper.extraction.microdata import index_properties
from malim_scraper.extraction.published import PrintedDate, find_printed
from malim_scraper.extraction.relevance import said_words
from malim_scraper.extraction.site import read_site_names
from malim_scraper.extraction.vicinity import Vicinity, find_vicinity
from malim_scraper.text import clean

if TYPE_CHECKING:
    from malim_scraper.profiles import Portal

MAX_MARK = 5_000  # characters of a marked element that are read; an open tag can hold the rest of the page
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False)


@dataclass(slots=True, eq=False)
class Node:
    """A block-level element with the text blocks that it covers: `page.blocks[start:stop]`.

    own: what its tag and names hint at (`Hint` bits). hints: the same with those of its ancestors.
    names: its class, id and role as written. index: its place in `page.nodes`.
    """

    element: etree._Element
    tag: str
    parent: Node | None
    depth: int
    names: str
    own: int
    hints: int
    start: int
    index: int
    stop: int = 0


@dataclass(slots=True, eq=False)
class Link:
    """An `<a href>`. text: what it prints. start, stop: the text blocks that it stands in or covers."""

    element: etree._Element
    href: str
    node: Node
    start: int
    text: str = ""
    stop: int = 0


@dataclass(slots=True, eq=False)
class TextBlock:
    """A run of text that a reader sees as one line or paragraph, not empty, white space folded.

    node: the block-level element that it stands in, whose tag says what it is. link_chars: length of the text in links.
    hints: those of its node, and of inline elements that hold most of its text. br: a single `<br>` parts it from the
    block before.
    """

    text: str
    node: Node
    index: int
    link_chars: int
    links: list[Link]
    hints: int
    br: bool


@dataclass(slots=True, eq=False)
class Mark:
    """An element that says what it holds: by itemprop, property, rel, datetime or by its names.

    hints: its own `Hint` bits. start: the index of the first text block after its opening tag, or of the one it is in.
    """

    element: etree._Element
    tag: str
    attrs: dict[str, str]
    hints: int
    node: Node
    start: int

    @property
    def text(self) -> str:
        """The first `MAX_MARK` characters of what the element prints."""
        parts, left = [], MAX_MARK
        for part in self.element.itertext():
            parts.append(str(part[:left]))
            left -= len(part)
            if left <= 0:
                break
        return clean("".join(parts))


@dataclass(slots=True, eq=False)
class Picture:
    """An `<img>`, `<amp-img>` or `<source>` with all its attributes, before the text block with index `start`.

    The first `<img>` in a `<noscript>` has the attribute `noscript`, too.
    """

    attrs: dict[str, str]
    node: Node
    start: int


@dataclass(eq=False)
class Page:
    """A parsed page. Everything is in page order; nothing is judged.

    url: where it was fetched, or empty. root: its tree, shared with the caller and never changed.
    meta: (name, property, itemprop or http-equiv in lower case; content). link_rels: (rel, href) of `<link>`.
    scripts: (type or id, text) of data blocks: JSON-LD and hydration data. portal: the profile, if there is one.
    """

    root: etree._Element
    url: str
    lang: str = ""
    title: str = ""
    base: str = ""
    meta: list[tuple[str, str]] = field(default_factory=list)
    link_rels: list[tuple[str, str]] = field(default_factory=list)
    scripts: list[tuple[str, str]] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    blocks: list[TextBlock] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    portal: Portal | None = None

    @cached_property
    def layout(self) -> Layout:
        """Which text blocks are the headline and the body; judged once, read by every finder that needs nearness."""
        return find_layout(self)

    @cached_property
    def declared(self) -> Declared:
        """What JSON-LD says of the article; read once."""
        return read_declared(self)

    @cached_property
    def vicinity(self) -> Vicinity:
        """Where the page prints who wrote the article and when."""
        return find_vicinity(self)

    @cached_property
    def said(self) -> str:
        """Headline and text of the article, case folded, to look for word stems in."""
        return said_words(self)

    @cached_property
    def printed_dates(self) -> tuple[PrintedDate, ...]:
        """The dates printed near the article, with the labels before them."""
        return tuple(find_printed(self))

    @cached_property
    def site_names(self) -> frozenset[str]:
        """What the site calls itself, folded."""
        return read_site_names(self)

    @cached_property
    def properties(self) -> dict[str, list[Mark]]:
        """The marks of microdata and RDFa by property in lower case."""
        return index_properties(self.marks)

    @cached_property
    def rels(self) -> dict[etree._Element, list[str]]:
        """What elements say of where they lead: the words of their `rel`."""
        return {mark.element: mark.attrs["rel"].split() for mark in self.marks if "rel" in mark.attrs}

    def further(self, kind: str) -> tuple[str, ...]:
        """Return the portal's own spellings of a kind of label, by its profile."""
        return self.portal.labels.get(kind, ()) if self.portal else ()

    def metas(self, *names: str) -> Iterable[str]:
        """Yield the contents of the meta elements with these names, in page order."""
        return (content for name, content in self.meta if name in names)


def parse_html(html: str | bytes, content_type: str | None = None) -> etree._Element | None:
    """Parse a page into a tree, or None when it holds none. Finds the encoding of bytes itself; never raises.

    content_type: the HTTP header of that name, if there was one.
    """
    text = decode(html, content_type) if isinstance(html, bytes) else html
    page = bounded(text.encode("utf-8", "replace").replace(b"\x00", b""))
    try:
        return etree.fromstring(page, _PARSER)
    except (etree.LxmlError, ValueError):
        return None

