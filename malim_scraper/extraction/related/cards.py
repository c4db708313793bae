"""Teasers of other articles: links gathered by address, each with its title, date and summary."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from malim_scraper.dates import find_dates
from malim_scraper.extraction.addresses import address_shape, may_be_article, names_article
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.page import Link, Node, Page, TextBlock
from malim_scraper.extraction.related.headings import RANK
from malim_scraper.extraction.related.titles import MAX_DATE_LINE, is_title, part_date, title_of, words
from malim_scraper.urls import absolute, url_key

MAX_COVERED = 20  # text blocks of one link that are looked at
MAX_GAP = 3  # text blocks between two cards that belong to one of them
MAX_TOPICS = 4  # words; shorter links, three or more on one line, are topics
MIN_SUMMARY = 40  # characters
_NAMED, _LONG, _SHORT, _NONE = 7, 8, 9, 10
_OTHER = Hint.COMMENT | Hint.FORM | Hint.SHARE | Hint.AD | Hint.PAYWALL
_NO_ITEM = Hint.SHARE | Hint.TAGS | Hint.BYLINE | Hint.COMMENT | Hint.NAV | Hint.FOOTER


@dataclass(slots=True, eq=False)
class Card:
    """A teaser.

    url: absolute. links: those to it, in page order. title: as printed, in text block `title_at`.
    rank: of the title, from 1 for an h1 to 9 for a short text. start, stop: its text blocks. date, summary: as printed.
    """

    url: str
    links: list[Link] = field(default_factory=list)
    title: str = ""
    title_at: int = -1
    rank: int = _NONE
    start: int = 0
    stop: int = 0
    date: str | None = None
    summary: str | None = None


def read_cards(page: Page, start: int, stop: int, hints: int = 0) -> list[Card]:
    """Return the teasers whose links stand in text blocks `start` to `stop` (not included), in page order.

    Links to one address are one teaser; links to topics, authors, share services and the page itself are none.
    hints: of the element that opens the section; what forms, comments and advertisements inside it link is none.
    """
    cards = _gather(page, start, stop, _OTHER & ~hints)
    for card in cards:
        _read_title(page, card)
    shapes = {address_shape(card.url) for card in cards if card.title and _is_article(page, card)}
    shapes.add(address_shape(page.url))
    cards = [card for card in cards if not card.title or _is_article(page, card, shapes)]
    starts = sorted((link.start, n) for n, card in enumerate(cards) for link in card.links)
    for number, card in enumerate(cards):
        _find_range(card, number, starts, start, stop)
        if not card.title:
            _title_beside(page, card)
    cards = [card for card in cards if card.title]
    _share_gaps(page, cards, start, stop)
    for card in cards:
        _read_rest(page, card)
    return cards


def read_titles(page: Page, start: int, stop: int) -> list[Card]:
    """Return the teasers in text blocks `start` to `stop` (not included) that print no link; one elsewhere has it."""
    linked = {link.text: link for link in page.links if link.text and not start <= link.start < stop}
    cards = []
    for block in page.blocks[start:stop]:
        if block.text in linked and words(block.text) >= 3 and is_title(block.text):
            link = linked[block.text]
            url = absolute(link.href, page_base(page))
            if url and may_be_article(url):
                cards.append(Card(url, [link], block.text, block.index, _LONG, block.index, block.index + 1))
    _share_gaps(page, cards, start, stop)
    for card in cards:
        _read_rest(page, card)
    return cards


def page_base(page: Page) -> str:
    """Return the address that the links of a page are relative to."""
    return (absolute(page.base, page.url) if page.base else None) or page.url


def links_between(page: Page, start: int, stop: int) -> Iterator[Link]:
    """Yield the links that begin in text blocks `start` to `stop` (not included)."""
    at = bisect_left(page.links, start, key=lambda link: link.start)
    while at < len(page.links) and page.links[at].start < stop:
        yield page.links[at]
        at += 1


def _gather(page: Page, start: int, stop: int, other: int) -> list[Card]:
    cards: dict[str, Card] = {}
    own = url_key(page.url)
    base = page_base(page)
    for link in links_between(page, start, stop):
        url = None if link.href.startswith("#") or link.node.hints & other else absolute(link.href, base)
        if url and may_be_article(url) and (key := url_key(url)) != own:
            cards.setdefault(key, Card(url)).links.append(link)
    return list(cards.values())


def _read_title(page: Page, card: Card) -> None:
    for link in card.links:
        if link.text:
            covered = page.blocks[link.start:max(min(link.stop, link.start + MAX_COVERED), link.start + 1)]
            for block in covered:
                _offer_title(card, block, title_of(block, link, whole=len(covered) == 1))


def _offer_title(card: Card, block: TextBlock, text: str) -> None:
    """Take a text for the title when it is a better one than the present."""
    text, date = part_date(text)
    if is_title(text) and (rank := _rank(block, text)) < card.rank:
        card.title, card.rank, card.title_at = text, rank, block.index
        card.date = date


def _rank(block: TextBlock, text: str) -> int:
    if rank := RANK.get(block.node.tag):
        return rank
    own = block.node.own if block.node.stop - block.node.start <= 1 else 0
    if (own | (block.hints & ~block.node.hints)) & Hint.TITLE:
        return _NAMED
    return _LONG if words(text) > 2 else _SHORT


def _is_article(page: Page, card: Card, shapes: Collection[tuple[str, ...]] = ()) -> bool:
    """Whether a card leads to an article; a short title does when its address is shaped like those of articles."""
    count = words(card.title)
    line = page.blocks[card.title_at].links
    if count <= MAX_TOPICS and len({link.href for link in line if link.text}) > 2:
        return False
    if count >= 4:
        return True
    if all(link.node.own & _NO_ITEM for link in card.links):
        return False
    return names_article(card.url) or (count >= 2 and (card.rank <= _NAMED or address_shape(card.url) in shapes))


def _find_range(card: Card, number: int, starts: list[tuple[int, int]], first: int, stop: int) -> None:
    """The blocks of the largest element around the card's first link that holds no other card."""
    link = next((link for link in card.links if link.text), card.links[0])
    card.start, card.stop = link.start, min(max(link.stop, link.start + 1), stop)
    node: Node | None = link.node
    while node is not None and node.start >= first and node.stop <= stop:
        at = bisect_left(starts, (node.start, -1))
        while at < len(starts) and starts[at][0] < node.stop:
            if starts[at][1] != number:
                return
            at += 1
        card.start, card.stop = min(card.start, node.start), max(card.stop, node.stop)
        node = node.parent


def _share_gaps(page: Page, cards: list[Card], start: int, stop: int) -> None:
    """Give the lines between cards that no element holds together to the card before, or all to the one behind.

    The last card gets no more lines than the longest of these gaps, a single one only its date.
    """
    if not cards:
        return
    gaps = [behind.start - card.stop for card, behind in pairwise(cards)]
    if start < cards[0].start and all(0 < gap <= MAX_GAP for gap in (cards[0].start - start, *gaps)):
        for card, before in zip(reversed(cards), (*(card.stop for card in cards[-2::-1]), start), strict=True):
            card.start = before
        return
    for card, gap in zip(cards, gaps, strict=False):
        card.stop += gap if 0 < gap <= MAX_GAP else 0
    usual = max((gap for gap in gaps if gap <= MAX_GAP), default=0)
    last = cards[-1]
    if not gaps and last.stop < stop and len(text := page.blocks[last.stop].text) <= MAX_DATE_LINE and find_dates(text):
        usual = 1
    last.stop = min(stop, last.stop + usual)


def _title_beside(page: Page, card: Card) -> None:
    """The title of a card whose link prints none: a heading or the first line in it."""
    for block in page.blocks[card.start:card.stop]:
        sentence = block.text[-1] in ".。" and _rank(block, block.text) > _NAMED
        if not block.link_chars and not sentence and words(block.text) >= 3:
            _offer_title(card, block, block.text)


def _read_rest(page: Page, card: Card) -> None:
    for block in page.blocks[card.start:card.stop]:
        text = block.text
        if block.index == card.title_at:
            before, found, behind = text.partition(card.title)
            text = f"{before} | {behind}" if found else ""
        if not card.date and len(text) <= MAX_DATE_LINE and (dates := find_dates(text)):
            card.date = dates[0]
        elif card.summary is None and block.index != card.title_at and is_summary(text, card.title):
            card.summary = text


def is_summary(text: str, title: str, *, least: int = MIN_SUMMARY) -> bool:
    """Return whether a text beside a title can be its summary. least: characters that it has."""
    return len(text) >= least and words(text) * 8 >= least and title not in text
