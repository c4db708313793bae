"""The one walk over a page's tree."""

from __future__ import annotations

from lxml import etree

from malim_scraper.extraction.hints import TAG_HINTS, Hint, name_hints
from malim_scraper.extraction.page import Link, Mark, Node, Page, Picture, TextBlock
from malim_scraper.text import clean

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby s samp"
    " small source span strike strong sub sup time tt u var wbr amp-img picture html".split())
_SILENT = frozenset(
    "script style noscript template iframe object embed svg math canvas select option button textarea input audio video"
    " map datalist progress meter title meta link base head".split())
_MARKING = ("itemprop", "property", "rel", "datetime", "data-testid", "data-qa")
_MARKING_HINTS = Hint.BYLINE | Hint.DATE | Hint.TAGS | Hint.TITLE | Hint.LEAD
_DATA_SCRIPTS = ("ld+json", "application/json", "__next_data__", "__nuxt")
MAX_DEPTH = 250  # deeper block-level elements count as their ancestor, so that no chain of parents is endless


def read_page(root: etree._Element, url: str = "") -> Page:
    """Walk the tree once and return what a page holds.

    root: the root element of a parsed page; it is not changed. url: where it was fetched.
    """
    page = Page(root=root, url=url, lang=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
    _Walk(page).run()
    return page


class _Walk:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.node = Node(page.root, "html", None, 0, "", 0, 0, 0)
        page.nodes.append(self.node)
        self.skipped_depth = 0
        self.run_text: list[str] = []
        self.run_links: list[Link] = []
        self.link_chars = 0
        self.link: Link | None = None
        self.link_text: list[str] = []
        self.breaks = 0

    def run(self) -> None:
        """Visit every element: its opening, its text, its children, its closing, the text behind it."""
        walk = etree.iterwalk(self.page.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                tag = element.tag
                if tag in _SILENT and tag != "head":
                    self._silent(element, tag)
                    walk.skip_subtree()
                    continue
                self._open(element, tag)
                if element.text and tag != "head":
                    self._say(element.text)
            else:
                if event == "end":
                    self._close(element)
                if element.tail:
                    self._say(element.tail)
        self._flush()
        for node in self.page.nodes[:1]:
            node.stop = len(self.page.blocks)

    def _open(self, element: etree._Element, tag: str) -> None:
        attrs = dict(element.items())
        own = TAG_HINTS.get(tag, 0)
        names = ""
        if attrs:
            names = " ".join(attrs[key] for key in ("class", "id", "role") if key in attrs)
            own |= name_hints(names) if names else 0
            if "hidden" in attrs or ("style" in attrs and "display:none" in attrs["style"].replace(" ", "").lower()):
                own |= Hint.HIDDEN
        if tag not in _INLINE:
            self._flush()
            parent = self.node
            if parent.depth < MAX_DEPTH:
                self.node = Node(element, tag, parent, parent.depth + 1, names, own, own | parent.hints, len(self.page.blocks))
                self.page.nodes.append(self.node)
        elif tag == "br":
            self._break()
        elif tag == "a":
            self._open_link(element, attrs)
        elif tag in ("img", "amp-img", "source"):
            self.page.pictures.append(Picture(attrs, self.node, len(self.page.blocks)))
        if own & _MARKING_HINTS or (attrs and any(key in attrs for key in _MARKING)):
            self.page.marks.append(Mark(element, tag, attrs, own, self.node, len(self.page.blocks)))

    def _close(self, element: etree._Element) -> None:
        if element is self.node.element:
            self._flush()
            self.node.stop = len(self.page.blocks)
            self.node = self.node.parent or self.node
        elif self.link is not None and element is self.link.element:
            self._close_link()

    def _open_link(self, element: etree._Element, attrs: dict[str, str]) -> None:
        href = attrs.get("href", "").strip()
        if not href:
            return
        self.link = Link(element, href, self.node, len(self.page.blocks))
        self.link_text = []
        self.run_links.append(self.link)
        self.page.links.append(self.link)

    def _close_link(self) -> None:
        if self.link is not None:
            self.link.text = clean("".join(self.link_text))
            self.link.stop = len(self.page.blocks) + bool(self.run_text)
            self.link = None

    def _say(self, text: str) -> None:
        if text.isspace():
            if self.run_text:
                self.run_text.append(" ")
        else:
            self.breaks = 0
            self.run_text.append(text)
            if self.link is not None:
                self.link_chars += len(text.strip())
        if self.link is not None:
            self.link_text.append(text)

    def _break(self) -> None:
        self.breaks += 1
        if self.breaks > 1:
            self._flush()
        else:
            self._say("\n")
            self.breaks = 1

    def _flush(self) -> None:
        if self.run_text:
            text = clean("".join(self.run_text))
            if text:
                blocks = self.page.blocks
                blocks.append(TextBlock(text, self.node, len(blocks), min(self.link_chars, len(text)), self.run_links))
            self.run_text = []
        if self.link is not None:
            self.link_text.append(" ")
        self.run_links = [self.link] if self.link is not None else []
        self.link_chars = 0
        self.breaks = 0

    def _silent(self, element: etree._Element, tag: str) -> None:
        if tag == "meta":
            self._meta(element)
        elif tag == "script":
            kind = (element.get("type") or "").lower() + " " + (element.get("id") or "").lower()
            if any(word in kind for word in _DATA_SCRIPTS):
                self.page.scripts.append((kind.strip(), element.text or ""))
        elif tag == "title" and not self.page.title:
            self.page.title = clean(element.text)
        elif tag == "link":
            if (rel := element.get("rel")) and (href := element.get("href")):
                self.page.link_rels.append((rel.lower(), href.strip()))
        elif tag == "base" and not self.page.base:
            self.page.base = element.get("href") or ""
        if element.tail:
            self._say(element.tail)

    def _meta(self, element: etree._Element) -> None:
        content = element.get("content")
        if content is None:
            return
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            if name := element.get(attribute):
                self.page.meta.append((name.strip().lower(), content.strip()))
