"""The one walk over a page's tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

from malim_scraper.extraction.hints import TAG_HINTS, Hint, name_hints
from malim_scraper.extraction.page import Link, Mark, Node, Page, Picture, TextBlock
from malim_scraper.text import clean

_INLINE_TAGS = """
    a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp
    small source span strike strong sub sup time tt u var wbr amp-img picture html
"""
_SILENT_TAGS = """
    script style noscript template iframe object embed svg math canvas select option button textarea input audio video
    map datalist progress meter title meta link base
"""
_READ_TAGS = ("meta", "script", "title", "link", "base", "noscript")
_BLOCK, _INLINE, _BREAK, _SILENT, _READ, _COMMENT = range(6)  # what is done with an element
_KIND: dict[object, int] = {
    **dict.fromkeys(_INLINE_TAGS.split(), _INLINE), "br": _BREAK, **dict.fromkeys(_SILENT_TAGS.split(), _SILENT),
    **dict.fromkeys(_READ_TAGS, _READ),
    **dict.fromkeys((etree.Comment, etree.ProcessingInstruction, etree.Entity), _COMMENT)}
_PICTURES = frozenset(("img", "amp-img", "source"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_MARKING = frozenset(("itemprop", "property", "rel", "datetime", "data-testid", "data-qa"))
_SPEAKING = _MARKING | {"id", "role", "style", "hidden"}
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
    """The state between two elements: the open block, the line that is being collected, what is open in it.

    link, link_element: the open link and its element. link_from: where it begins in the line. link_chars: length of the
    links closed in the line. line_linked: how much of the line a link from its beginning took, with the link's text.
    opened: inline elements with hints, these, where they begin in the line; hinted is the innermost. line_hints:
    hints of those closed; line_hinted: how much of the line stood in them. closed_at, closed_hints: where in the line
    an inline element ended last, and its hints. broken: a single `<br>` ended the line before.
    """

    __slots__ = ("blocks", "broken", "closed_at", "closed_hints", "hinted", "line", "line_hinted",
                 "line_hints", "line_linked", "line_links", "link", "link_chars", "link_element", "link_from", "node",
                 "nodes", "opened", "page")

    def __init__(self, page: Page) -> None:
        self.page, self.blocks, self.nodes = page, page.blocks, page.nodes
        self.node = Node(page.root, "html", None, 0, "", 0, 0, 0, 0)
        self.nodes.append(self.node)
        self.line: list[str] = []
        self.line_links: list[Link] = []
        self.line_linked: tuple[int, str] | None = None
        self.link: Link | None = None
        self.link_element: etree._Element | None = None
        self.link_from = self.link_chars = 0
        self.opened: list[tuple[etree._Element, int, int]] = []
        self.hinted: etree._Element | None = None
        self.line_hints = self.line_hinted = 0
        self.closed_at, self.closed_hints = -1, 0
        self.broken = False

    def run(self) -> None:
        """Visit every element: its opening, its text, its children, its closing, the text behind it."""
        kind_of, line, open_inline, close_inline = _KIND.get, self.line, self._open_inline, self._close_inline
        above: list[tuple[Iterator[etree._Element], etree._Element, Node | None]] = []
        children = iter((self.page.root,))
        while True:
            for element in children:
                tag = element.tag
                kind = kind_of(tag, _BLOCK)
                if kind <= _INLINE:
                    node = open_inline(element, tag) if kind else self._open_block(element, tag)
                    text = element.text
                    if text and (line or not text.isspace()):
                        line.append(text)
                    if len(element):
                        above.append((children, element, node))
                        children = iter(element)
                        break
                    if node is None:
                        close_inline(element)
                    else:
                        self._close_block(node)
                elif kind != _COMMENT:
                    self._read_empty(element, tag, kind)
                text = element.tail
                if text and (line or not text.isspace()):
                    line.append(text)
            else:
                if not above:
                    break
                children, element, node = above.pop()
                if node is None:
                    close_inline(element)
                else:
                    self._close_block(node)
                text = element.tail
                if text and (line or not text.isspace()):
                    line.append(text)
        self._end_line()
        self.nodes[0].stop = len(self.blocks)

    def _open_block(self, element: etree._Element, tag: str) -> Node | None:
        """Return the node that ends with the element, or None when it stands so deep that it has none."""
        if self.line:
            self._end_line()
        self.broken = False
        own = TAG_HINTS.get(tag, 0)
        names, marking = "", False
        parent, nodes, start = self.node, self.nodes, len(self.blocks)
        if (items := element.items()) and tag not in _NAMELESS:
            names, hints, marking = _read_attributes(items)
            own |= hints
        node = None
        if parent.depth < MAX_DEPTH:
            node = Node(element, tag, parent, parent.depth + 1, names, own, own | parent.hints, start, len(nodes))
            nodes.append(node)
            self.node = node
        if marking or own & _MARKING_HINTS:
            self.page.marks.append(Mark(element, tag, _as_dict(items), own, self.node, start))
        return node

    def _close_block(self, node: Node) -> None:
        if self.line:
            self._end_line()
        self.broken = False
        node.stop = len(self.blocks)
        self.node = node.parent or node

    def _open_inline(self, element: etree._Element, tag: str) -> None:
        own = TAG_HINTS.get(tag, 0)
        if items := element.items():
            _, hints, marking = _read_attributes(items)
            own |= hints
            if self.closed_at == len(self.line) and (
                    (own | self.closed_hints) & _PARTS or _parts_number(self.line[-1], element.text)):
                self.line.append(" ")
            if tag == "a":
                self._open_link(element)
            elif tag in _PICTURES:
                self.page.pictures.append(Picture(_as_dict(items), self.node, len(self.blocks)))
            if marking or own & _MARKING_HINTS:
                self.page.marks.append(Mark(element, tag, _as_dict(items), own, self.node, len(self.blocks)))
        if own and len(self.opened) < _MOST_OPEN:
            self.opened.append((element, own, len(self.line)))
            self.hinted = element

    def _close_inline(self, element: etree._Element) -> None:
        if element is self.link_element:
            self._close_link()
        self.closed_at, self.closed_hints = len(self.line) or -1, 0
        if element is self.hinted:
            _, self.closed_hints, start = self.opened.pop()
            self.hinted = self.opened[-1][0] if self.opened else None
            self._count_hinted(self.closed_hints, start)

    def _count_hinted(self, hints: int, start: int) -> None:
        self.line_hints |= hints
        if not self.opened:
            self.line_hinted += sum(map(len, self.line[start:]))

    def _open_link(self, element: etree._Element) -> None:
        if href := (element.get("href") or "").strip():
            self.link = Link(element, href, self.node, len(self.blocks))
            self.link_element = element
            self.link_from = len(self.line)
            self.line_links.append(self.link)
            self.page.links.append(self.link)

    def _close_link(self) -> None:
        if self.link is not None:
            self._count_linked(self.link)
            self.link.stop = len(self.blocks) + bool(self.line)
            self.link = self.link_element = None

    def _count_linked(self, link: Link) -> None:
        start, line = self.link_from, self.line
        text = clean("".join(line[start:] if start else line))
        if not start:
            self.line_linked = len(line), text
        self.link_chars += len(text)
        link.text = f"{link.text} {text}" if link.text and text else link.text or text

    def _break(self) -> None:
        """End the line; in a heading or link, where lines are one text, only part the words."""
        if self.link is not None or self.node.tag in _HEADINGS:
            self.line.append("\n")
            return
        broken = bool(self.line) and not self.broken
        self._end_line()
        self.broken = broken

    def _end_line(self) -> None:
        line, link, node = self.line, self.link, self.node
        if link is not None:
            self._count_linked(link)
            self.link_from = 0
        if text := self._line_text():
            hints = node.hints
            if self.opened or self.line_hints:
                hints |= self._inline_hints(len(text))
            linked = min(self.link_chars, len(text))
            block = TextBlock(text, node, len(self.blocks), linked, self.line_links, hints, self.broken)
            self.blocks.append(block)
            self.broken = False
        line.clear()
        self.closed_at = -1
        if text or self.line_links:
            self.line_links = [self.link] if self.link is not None else []
        self.line_linked = None
        self.link_chars = self.line_hints = self.line_hinted = 0

    def _line_text(self) -> str:
        line, linked = self.line, self.line_linked
        if linked is not None and (linked[0] == len(line) or (linked[0] == len(line) - 1 and line[-1].isspace())):
            return linked[1]
        return clean("".join(line))

    def _inline_hints(self, length: int) -> int:
        """Return the hints of inline elements when they hold most of the line; those still open go on in the next."""
        for _, hints, _ in self.opened:
            self.line_hints |= hints
        if self.opened:
            self.line_hinted += sum(map(len, self.line[self.opened[0][2]:]))
            self.opened = [(element, hints, 0) for element, hints, _ in self.opened]
        return self.line_hints if self.line_hinted * 2 > length else 0

    def _read_empty(self, element: etree._Element, tag: str, kind: int) -> None:
        """Read an element whose content is no text of the page."""
        if kind == _BREAK:
            self._break()
        elif kind == _READ:
            self._read_silent(element, tag)
        self.closed_at, self.closed_hints = len(self.line) or -1, 0

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
            attrs = {**_as_dict(image.items()), "noscript": ""}
            self.page.pictures.append(Picture(attrs, self.node, len(self.blocks)))

    def _read_meta(self, element: etree._Element) -> None:
        content = element.get("content")
        if content is None:
            return
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                self.page.meta.append((name.strip().lower(), content.strip()))


def _parts_number(before: str, text: str | None) -> bool:
    """Whether a word ends where a number of two digits begins, each in an element of its own: styles part them."""
    return text is not None and before[-1:].isalpha() and len(text) > 1 and text[:2].isdecimal()


def _read_attributes(items: Sequence[tuple[Any, Any]]) -> tuple[str, int, bool]:
    """Return an element's names, what it says of itself, and whether an attribute says what it holds."""
    if len(items) == 1:
        name, value = items[0]
        if name == "class":
            return value, name_hints(value), False
        if name not in _SPEAKING:
            return "", 0, False
    attrs = dict(items)
    names = attrs.get("class", "")
    if "id" in attrs:
        names += " " + attrs["id"]
    if "role" in attrs:
        names += " " + attrs["role"]
    hints = name_hints(names) if names else 0
    if "hidden" in attrs or ("style" in attrs and "display:none" in attrs["style"].replace(" ", "")):
        hints |= Hint.HIDDEN
    return names, hints, not _MARKING.isdisjoint(attrs)


def _as_dict(items: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    return dict(items)
