"""Teasers of other articles: links gathered by address, each with its title, date and summary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin, urlsplit

from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.page import Link, Node, Page, TextBlock
from malim_scraper.text import fold

MAX_TITLE = 300  # characters
MIN_SUMMARY = 40
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NOT_ITEMS = Hint.AD | Hint.SHARE | Hint.TAGS | Hint.BYLINE | Hint.COMMENT | Hint.NAV


@dataclass(slots=True, eq=False)
class Card:
    """A teaser. url: absolute, as linked. title: as printed. blocks: the text blocks of the card beside the title."""

    url: str
    links: list[Link]
    title: str = ""
    title_rank: int = 9
    start: int = 0
    stop: int = 0


def read_cards(page: Page, start: int, stop: int) -> list[Card]:
    """Return the teasers whose links stand in text blocks `start` to `stop` (not included), in page order.

    Links to one address are one teaser; links to topics, authors, share services and the page itself are none.
    """
    cards: dict[str, Card] = {}
    own_key = _key(page.url)
    base = urljoin(page.url, page.base) if page.base else page.url
    for link in links_between(page, start, stop):
        url = _address(link.href, base)
        if url and (key := _key(url)) != own_key:
            cards.setdefault(key, Card(url, [])).links.append(link)
    for card in cards.values():
        _read_title(page, card)
    return [card for card in cards.values() if card.title and _is_article(card)]


def links_between(page: Page, start: int, stop: int) -> Iterator[Link]:
    """Yield the links that begin in text blocks `start` to `stop` (not included)."""
    at = bisect_left(page.links, start, key=lambda link: link.start)
    for link in page.links[at:]:
        if link.start >= stop:
            return
        yield link


def _address(href: str, base: str) -> str:
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.hostname and not href.startswith("#") else ""


def _key(url: str) -> str:
    bare = urldefrag(url).url.partition("//")[2].removeprefix("www.")
    return bare.partition("?utm_")[0].rstrip("/")


def _read_title(page: Page, card: Card) -> None:
    """The title is the heading in the card, else the first text of a link to its address that can be one."""
    for link in card.links:
        covered = page.blocks[link.start:max(link.stop, link.start + 1)]
        for block in covered:
            text = link.text if len(covered) == 1 else block.text
            if not text or len(text) > MAX_TITLE or link.text == "":
                continue
            rank = _title_rank(block, text)
            if rank < card.title_rank:
                card.title, card.title_rank = text, rank


def _title_rank(block: TextBlock, text: str) -> int:
    tag = block.node.tag
    if tag in _HEADINGS:
        return int(tag[1])
    if block.node.own & Hint.TITLE:
        return 6
    return 7 if _words(text) > 2 else 8


def _words(text: str) -> int:
    """Words, or for scripts without spaces a third of the letters."""
    return max(len(fold(text).split()), sum(ord(letter) > 0x2E80 for letter in text) // 3)


def _is_article(card: Card) -> bool:
    """Whether a teaser leads to an article: not to a topic, a section or a person."""
    if all(link.node.own & _NOT_ITEMS for link in card.links):
        return False
    path = urlsplit(card.url).path.strip("/")
    if not path and "=" not in card.url:
        return False
    if _words(card.title) >= 4:
        return True
    last = path.rsplit("/", 1)[-1]
    return _words(card.title) >= 2 and (last.count("-") >= 2 or sum(c.isdigit() for c in last) >= 4 or card.title_rank <= 6)


def card_range(card: Card, others: list[Card], section_start: int, section_stop: int) -> tuple[int, int]:
    """Return the text blocks of a card: of its largest element that holds no other card, within the section."""
    foreign = sorted(link.start for other in others if other is not card for link in other.links)
    first = card.links[0]
    node: Node = first.node
    best = (first.start, max(first.stop, first.start + 1))
    while node.start >= section_start and node.stop <= section_stop:
        at = bisect_left(foreign, node.start)
        if at < len(foreign) and foreign[at] < node.stop:
            break
        best = (node.start, max(node.stop, best[1]))
        if node.parent is None:
            break
        node = node.parent
    return best
