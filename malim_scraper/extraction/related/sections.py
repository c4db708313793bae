"""Parts of a page whose links are presented as related to its article, by a label or by the names in the markup."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.page import Mark, Node, Page, TextBlock
from malim_scraper.extraction.related.headings import MAX_HEADING, RANK, Heading, find_headings
from malim_scraper.extraction.selected import selected_ranges
from malim_scraper.extraction.selectors import selector_of
from malim_scraper.labels import label_matcher

MAX_SECTIONS = 60
MAX_BLOCKS = 150  # text blocks of one section
MIN_LINK = 12  # characters of a link that may be a title
MAX_GAP = 6  # text blocks between a heading and its first link
RUNNING_TEXT = 80  # characters from which text without links, beside a heading, is the article going on
_NO_RANK = 7
_NAMING = ("data-testid", "data-qa", "itemprop", "property")
_NAMING_SET = frozenset(_NAMING)
_LABELLED = frozenset(("aside", "section", "nav", "div", "ul"))
MAX_LEAD = 3  # text blocks at the head of a marked part among which a heading is its own
_SOLD = re.compile(r"outbrain|taboola|sponsor|mgid|adfox|smi2", re.IGNORECASE)
MAX_CLIMB = 8  # elements between a heading and the one that holds its links
MAX_STEPS = 4  # elements between a heading's and the list that it heads
MAX_SHARE = 3  # a part with more than a third of the article's text holds the article
_MARKERS = re.compile(r"related|similar|read-?_?(?:more|also|next)|more-?_?on|see-?_?also|recirc", re.IGNORECASE)
_FOREIGN = re.compile(r"outbrain|taboola|comment|trend|popular|latest|recommend"
                      r"|(?:related|similar)[-_]?(?:author|topic|tag|term|categor|keyword|entit|compan|people|product)",
                      re.IGNORECASE)
_FRAME = Hint.NAV | Hint.HEADER | Hint.FOOTER | Hint.AD | Hint.COMMENT


@dataclass(frozen=True, slots=True)
class Section:
    """Text blocks `start` to `stop` (not included) with links to related items.

    evidence: `label`, `marker` or `profile`. where: the label as printed, or the names.
    hints: of the element that opens it. label: on the items' own line, else empty.
    """

    start: int
    stop: int
    evidence: str
    where: str
    hints: int
    label: str = ""


def find_sections(page: Page) -> list[Section]:
    """Return the first `MAX_SECTIONS` related sections of a page, in page order; none overlaps another."""
    if selected := selected_ranges(page, "related"):
        selector = selector_of(page, "related")
        return [Section(start, stop, "profile", selector, 0) for start, stop in selected[:MAX_SECTIONS]]
    finder = _Finder(page)
    sections = [section for heading in finder.headings.values() if heading.related
                for section in finder.behind(heading)]
    sections += finder.named()
    sections = [section for section in sections if not finder.is_frame(section)]
    sections.sort(key=lambda section: (section.start, -section.stop))
    kept: list[Section] = []
    for section in sections:
        if not kept or section.start >= kept[-1].stop:
            kept.append(section)
    return kept[:MAX_SECTIONS]


class _Finder:
    def __init__(self, page: Page) -> None:
        self.page = page
        layout = page.layout
        self.body = [block.index for block in layout.body]
        self.body_set = frozenset(self.body)
        self.body_chars = [0, *accumulate(len(block.text) for block in layout.body)]
        self.head = min((block.index for block in (layout.headline, *layout.body[:1]) if block), default=0)
        self.headings = find_headings(page, self.head)

    @cached_property
    def link_starts(self) -> list[int]:
        """The text blocks of links that may be a title's or a picture's."""
        return [link.start for link in self.page.links if len(link.text) >= MIN_LINK or not link.text]

    def is_frame(self, section: Section) -> bool:
        """Whether a section belongs to the site and not to the article: it stands above the headline or in a menu."""
        if section.start < self.head:
            return True
        node: Node | None = self.page.blocks[section.start].node
        while node is not None and node.hints & (Hint.NAV | Hint.FOOTER):
            inside = node.parent is not None and node.parent.hints & Hint.ARTICLE
            if node.own & (Hint.NAV | Hint.FOOTER) and not inside and not _is_marker(node.names):
                return True
            node = node.parent
        return False

    def has_links(self, start: int, stop: int) -> bool:
        at = bisect_left(self.link_starts, start)
        return at < len(self.link_starts) and self.link_starts[at] < stop

    def behind(self, heading: Heading) -> list[Section]:
        """The section that a related heading opens; none when its first link stands far behind it."""
        block = self.page.blocks[heading.index]
        if heading.inline:
            return [Section(heading.index, heading.index + 1, "label", heading.label, block.hints, heading.label)]
        covering = any(link.stop > heading.index + 1 for link in block.links if link.start <= heading.index)
        start = heading.index + (not covering)
        container = self._container(block.node, start)
        if container is None:
            return []
        stop = self._stop(block, container)
        if self.has_links(start, stop) and not self._is_close(start, stop):
            return []
        return [Section(start, stop, "label", heading.label, block.hints)]

    def _is_close(self, start: int, stop: int) -> bool:
        """Whether the first link stands close behind a heading, with no running text between them."""
        first = self.link_starts[bisect_left(self.link_starts, start)]
        between = self.page.blocks[start:first]
        return first < min(stop, start + MAX_GAP) and all(len(block.text) < RUNNING_TEXT for block in between)

    def _container(self, heading: Node, start: int) -> Node | None:
        """The smallest element around a heading that holds links behind it; none when scripts or sellers fill it."""
        node: Node | None = heading
        marked = False
        for _ in range(MAX_CLIMB):
            if node is None or self.has_links(start, node.stop):
                return node
            if (marked and not _is_marker(node.names)) or _SOLD.search(node.names):
                return None
            marked = _is_marker(node.names)
            node = node.parent
        return None

    def _stop(self, heading: TextBlock, container: Node) -> int:
        rank = RANK.get(heading.node.tag, _NO_RANK)
        end = min(container.stop, heading.index + 1 + MAX_BLOCKS)
        for block in self.page.blocks[heading.index + 1:end]:
            if block.index in self.headings or self._is_peer(block, heading, rank) or self._goes_on(block, heading):
                return block.index
        return end

    @staticmethod
    def _is_peer(block: TextBlock, heading: TextBlock, rank: int) -> bool:
        """Whether a block is a heading of equal or higher rank, which closes the section of `heading`."""
        own = RANK.get(block.node.tag)
        if own is None or block.link_chars:
            return False
        return own <= rank and (rank < _NO_RANK or block.node.depth <= heading.node.depth)

    def _goes_on(self, block: TextBlock, heading: TextBlock) -> bool:
        """Whether a block is the article's text behind a heading that stands among its paragraphs."""
        if block.link_chars * 2 > len(block.text) or len(block.text) < RUNNING_TEXT:
            return False
        if self.body and block.index not in self.body_set:
            return False
        return block.node.depth <= heading.node.depth or block.node.parent is heading.node.parent

    def named(self) -> list[Section]:
        """Sections that an `aria-label` or the names of an element mark."""
        found, reached = [], self.head
        for node, names, spoken in self._marked():
            if node.start < reached or node.stop <= node.start:
                continue
            if spoken:
                found.append(Section(node.start, node.stop, "label", spoken, node.hints))
            elif self._is_part(node):
                stop = next((index for index in range(node.start, node.stop) if index in self.headings), node.stop)
                if not self._has_heading(node):
                    found.append(Section(node.start, stop, "marker", names[:80].strip(), node.hints))
            else:
                continue
            reached = node.stop
        return found

    def _marked(self) -> Iterator[tuple[Node, str, str]]:
        """Yield the elements that their names or their `aria-label` mark, with names and label, in page order."""
        given = {mark.node.index: name for mark in self.page.marks if (name := _given_name(mark))}
        is_label = label_matcher("related").matches
        head = self.head
        for node in self.page.nodes:
            if node.start < head or node.stop <= node.start:
                continue
            names = f"{node.names} {given[node.index]}" if node.index in given else node.names
            spoken = node.element.get("aria-label") if node.tag in _LABELLED else None
            if spoken and len(spoken) < MAX_HEADING and is_label(spoken):
                yield node, names, spoken
            elif names and _is_marker(names):
                yield node, names, ""

    def _is_part(self, node: Node) -> bool:
        """Whether an element can be a block of links: no frame of the page, not too large, not the article itself."""
        if node.hints & _FRAME or node.stop - node.start > MAX_BLOCKS:
            return False
        first, behind = bisect_left(self.body, node.start), bisect_left(self.body, node.stop)
        return (self.body_chars[behind] - self.body_chars[first]) * MAX_SHARE <= self.body_chars[-1]

    def _has_heading(self, node: Node) -> bool:
        """Whether a labelled heading stands at the head of an element or before it; then the names do not count."""
        if any(index in self.headings for index in range(node.start, min(node.stop, node.start + MAX_LEAD))):
            return True
        before = self.headings.get(node.start - 1)
        return before is not None and self._is_near(self.page.blocks[before.index].node.parent, node)

    @staticmethod
    def _is_near(ancestor: Node | None, node: Node | None) -> bool:
        """Whether an element is among the closest that `node` stands in."""
        for _ in range(MAX_STEPS):
            node = node.parent if node else None
            if node is ancestor:
                return node is not None
        return False


def _given_name(mark: Mark) -> str:
    """What the attributes of a block-level element, other than its class, call it."""
    if _NAMING_SET.isdisjoint(mark.attrs) or mark.node.element is not mark.element:
        return ""
    return " ".join(mark.attrs[key] for key in _NAMING if key in mark.attrs)


@lru_cache(maxsize=20_000)
def _is_marker(names: str) -> bool:
    return _MARKERS.search(names) is not None and _FOREIGN.search(names) is None
