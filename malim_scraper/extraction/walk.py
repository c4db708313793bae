"""The one walk over a page's tree."""

from __future__ import annotations

from typing import cast

from lxml import etree

from malim_scraper.extraction.hints import TAG_HINTS, Hint, name_hints
from malim_scraper.extraction.page import Link, Mark, Node, Page, Picture, TextBlock
from malim_scraper.text import clean

_INLINE_TAGS = """
    a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp
    small source span strike strong sub sup time tt u var wbr amp-img picture html
"""
_SILENT_TAGS = """
    script style noscript template iframe object embed svg math canvas select option button textarea input audio video
    map datalist progress meter title meta link base
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_SILENT = frozenset(_SILENT_TAGS.split())
_MARKING = frozenset(("itemprop", "property", "rel", "datetime", "data-testid", "data-qa"))
_MARKING_HINTS = Hint.BYLINE | Hint.DATE | Hint.TAGS | Hint.TITLE | Hint.LEAD
_PARTS = Hint.BYLINE | Hint.DATE | Hint.TAGS | Hint.TITLE  # printed apart, whether or not white space parts them
_NAMELESS = frozenset(("html", "head", "body"))  # their names speak of the whole page
_DATA_SCRIPTS = ("ld+json", "application/json", "__next_data__", "__nuxt")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_MOST_OPEN = 30  # inline elements, one in the other, whose hints are followed
MAX_DEPTH = 250  # deeper block-level elements count as their ancestor, so that no chain of parents is endless


def read_page(root: etree._Element, url: str = "") -> Page:
    """Walk the tree once and return what a page holds.

    root: the root element of a parsed page; it is not changed. url: where it was fetched.
    """
    page = Page(root=root, url=url, lang=root.get("lang") or root.get(_XML_LANG) or "")
    _Walk(page).run()
    return page


class _Walk:
    """The state between two events: the open block, the line that is being collected, what is open in it."""

    __slots__ = ("blocks", "broken", "closed_at", "closed_hints", "hints_of", "line", "line_hinted", "line_hints",
                 "line_links", "link", "link_chars", "link_from", "node", "opened", "page")

    def __init__(self, page: Page) -> None:
        self.page = page
        self.blocks = page.blocks
        self.node = Node(page.root, "html", None, 0, "", 0, 0, 0, 0)
        page.nodes.append(self.node)
        self.line: list[str] = []
        self.line_links: list[Link] = []
        self.link: Link | None = None
        self.link_from = self.link_chars = 0  # where the open link begins in the line; length of the links closed in it
        self.opened: list[tuple[etree._Element, int, int]] = []  # inline elements: hints, where they begin in the line
        self.line_hints = self.line_hinted = 0  # hints of those closed, and how much of the line stood in them
        self.closed_at, self.closed_hints = -1, 0  # where in the line an inline element ended last, and its hints
        self.broken = False
        self.hints_of: dict[str, int] = {}

    def run(self) -> None:
        """Visit every element: its opening, its text, its children, its closing, the text behind it."""
        walk = etree.iterwalk(self.page.root, events=("start", "end", "comment", "pi"))
        silent, inline, line = _SILENT, _INLINE, self.line
        open_inline, open_block, close_inline, close_block = (
            self._open_inline, self._open_block, self._close_inline, self._close_block)
        block = None
        for event, element in walk:
            if event == "start":
                tag = element.tag
                if tag in silent:
                    self._read_silent(element, tag)
                    walk.skip_subtree()  # its end is still an event, which brings the text behind it
                    continue
                if tag in inline:
                    open_inline(element, tag)
                else:
                    block = open_block(element, tag)
                text = element.text
            else:
                if element is block:
                    block = close_block()
                elif event == "end":
                    close_inline(element)
                text = element.tail
            if text and (line or not text.isspace()):
                line.append(text)
        self._end_line()
        self.page.nodes[0].stop = len(self.blocks)

    def _open_block(self, element: etree._Element, tag: str) -> etree._Element:
        """Return the element whose end closes the block that is open now."""
        if self.line:
            self._end_line()
        self.broken = False
        own = TAG_HINTS.get(tag, 0)
        names = ""
        parent, start, nodes = self.node, len(self.blocks), self.page.nodes
        attrs: dict[str, str] = {}
        if items := element.items():
            attrs = dict(cast("list[tuple[str, str]]", items))
            if tag not in _NAMELESS:
                names, hints = self._read_names(attrs)
                own |= hints
        if parent.depth < MAX_DEPTH:
            self.node = Node(element, tag, parent, parent.depth + 1, names, own, own | parent.hints, start, len(nodes))
            nodes.append(self.node)
        if own & _MARKING_HINTS or (items and not _MARKING.isdisjoint(attrs)):
            self.page.marks.append(Mark(element, tag, attrs, own, self.node, start))
        return self.node.element

    def _close_block(self) -> etree._Element:
        """Return the element whose end closes the block that is open then."""
        if self.line:
            self._end_line()
        self.broken = False
        node = self.node
        node.stop = len(self.blocks)
        self.node = node.parent or node
        return self.node.element

    def _open_inline(self, element: etree._Element, tag: str) -> None:
        if tag == "br":
            self._break()
            return
        own = TAG_HINTS.get(tag, 0)
        if items := element.items():
            attrs = dict(cast("list[tuple[str, str]]", items))
            own |= self._read_names(attrs)[1]
            if self.closed_at == len(self.line) and (own | self.closed_hints) & _PARTS:
                self.line.append(" ")
            if tag == "a":
                self._open_link(element, attrs)
            elif tag in ("img", "amp-img", "source"):
                self.page.pictures.append(Picture(attrs, self.node, len(self.blocks)))
            if own & _MARKING_HINTS or not _MARKING.isdisjoint(attrs):
                self.page.marks.append(Mark(element, tag, attrs, own, self.node, len(self.blocks)))
        if own and len(self.opened) < _MOST_OPEN:
            self.opened.append((element, own, len(self.line)))

    def _read_names(self, attrs: dict[str, str]) -> tuple[str, int]:
        names = attrs.get("class", "")
        if "id" in attrs:
            names += " " + attrs["id"]
        if "role" in attrs:
            names += " " + attrs["role"]
        hints = 0
        if names:
            if names in self.hints_of:
                hints = self.hints_of[names]
            else:
                hints = self.hints_of[names] = name_hints(names)
        if "style" in attrs and "none" in attrs["style"]:
            hints |= Hint.HIDDEN * ("display:none" in attrs["style"].replace(" ", ""))
        return names, hints | Hint.HIDDEN if "hidden" in attrs else hints

    def _close_inline(self, element: etree._Element) -> None:
        if self.link is not None and element is self.link.element:
            self._close_link()
        self.closed_at, self.closed_hints = len(self.line) or -1, 0
        if self.opened and element is self.opened[-1][0]:
            _, self.closed_hints, start = self.opened.pop()
            self._count_hinted(self.closed_hints, start)

    def _count_hinted(self, hints: int, start: int) -> None:
        self.line_hints |= hints
        if not self.opened:
            self.line_hinted += sum(map(len, self.line[start:]))

    def _open_link(self, element: etree._Element, attrs: dict[str, str]) -> None:
        if href := attrs.get("href", "").strip():
            self.link = Link(element, href, self.node, len(self.blocks))
            self.link_from = len(self.line)
            self.line_links.append(self.link)
            self.page.links.append(self.link)

    def _close_link(self) -> None:
        if self.link is not None:
            self._count_linked(self.link)
            self.link.stop = len(self.blocks) + bool(self.line)
            self.link = None

    def _count_linked(self, link: Link) -> None:
        text = clean("".join(self.line[self.link_from:]))
        self.link_chars += len(text)
        link.text = f"{link.text} {text}" if link.text and text else link.text or text

    def _break(self) -> None:
        """End the line; in a heading or link, where lines are one text, only part the words."""
        if self.link is not None or self.node.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self.line.append("\n")
            return
        broken = bool(self.line) and not self.broken
        self._end_line()
        self.broken = broken

    def _end_line(self) -> None:
        line = self.line
        if self.link is not None:
            self._count_linked(self.link)
            self.link_from = 0
        if text := clean("".join(line)):
            hints = self.node.hints
            if self.opened or self.line_hints:
                hints |= self._inline_hints(len(text))
            linked = min(self.link_chars, len(text))
            block = TextBlock(text, self.node, len(self.blocks), linked, self.line_links, hints, self.broken)
            self.blocks.append(block)
            self.broken = False
        line.clear()
        self.closed_at = -1
        if text or self.line_links:
            self.line_links = [self.link] if self.link is not None else []
        self.link_chars = self.line_hints = self.line_hinted = 0

    def _inline_hints(self, length: int) -> int:
        """Return the hints of inline elements when they hold most of the line; those still open go on in the next."""
        for _, hints, _ in self.opened:
            self.line_hints |= hints
        if self.opened:
            self.line_hinted += sum(map(len, self.line[self.opened[0][2]:]))
            self.opened = [(element, hints, 0) for element, hints, _ in self.opened]
        return self.line_hints if self.line_hinted * 2 > length else 0

    def _read_silent(self, element: etree._Element, tag: str) -> None:
        if tag == "meta":
            self._read_meta(element)
        elif tag == "script":
            kind = (element.get("type") or "").lower() + " " + (element.get("id") or "").lower()
            if len(kind) > 1 and any(word in kind for word in _DATA_SCRIPTS):
                self.page.scripts.append((kind.strip(), element.text or ""))
        elif tag == "title" and not self.page.title:
            self.page.title = clean(element.text)
        elif tag == "link":
            if (rel := element.get("rel")) and (href := element.get("href")):
                self.page.link_rels.append((rel.lower(), href.strip()))
        elif tag == "base" and not self.page.base:
            self.page.base = element.get("href") or ""
        elif tag == "noscript":
            self._read_noscript(element)

    def _read_noscript(self, element: etree._Element) -> None:
        """Keep the picture that stands for one which a script loads."""
        image = next(element.iter("img"), None)
        if image is not None:
            attrs = {**dict(cast("list[tuple[str, str]]", image.items())), "noscript": ""}
            self.page.pictures.append(Picture(attrs, self.node, len(self.blocks)))

    def _read_meta(self, element: etree._Element) -> None:
        content = element.get("content")
        if content is None:
            return
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                self.page.meta.append((name.strip().lower(), content.strip()))
