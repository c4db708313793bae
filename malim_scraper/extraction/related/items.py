"""Related items: the articles that a page presents as related to its own."""

from __future__ import annotations

from collections.abc import Iterator

from malim_scraper.extraction.addresses import same_site
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.page import Page, TextBlock
from malim_scraper.extraction.related.cards import Card, is_summary, page_base, read_cards, read_titles
from malim_scraper.extraction.related.sections import Section, find_sections
from malim_scraper.extraction.related.titles import is_title
from malim_scraper.items import RelatedItem
from malim_scraper.urls import absolute, url_key

MAX_ITEMS = 40  # in one section; more are the site's archive
MIN_REPEATED = 20  # characters of a summary under a title that is printed again, which is evidence enough


def find_related(page: Page) -> Iterator[Candidate[list[RelatedItem]]]:
    """Yield the related items of a page, each address once: those that it shows, then those that it declares."""
    yield from _shown(page)
    yield from _declared(page)


def _shown(page: Page) -> Iterator[Candidate[list[RelatedItem]]]:
    cards: dict[str, Card] = {}
    sources: list[Section] = []
    for section in find_sections(page):
        found = _read_section(page, section)
        if not found or len(found) > MAX_ITEMS or not any(same_site(card.url, page.url) for card in found):
            continue
        sources.append(section)
        for card in found:
            known = cards.setdefault(url_key(card.url), card)
            known.date = known.date or card.date  # a line in the text often has the title alone
            known.summary = known.summary or card.summary
    if not cards:
        return
    _merge_summaries(page, list(cards.values()))
    items = [RelatedItem(card.title, card.url, None, card.date, card.summary) for card in cards.values()]
    best = next((source for source in sources if source.evidence == "label"), sources[0])
    yield Candidate(items, best.where, best.evidence, "; ".join(source.where for source in sources))


def _declared(page: Page) -> Iterator[Candidate[list[RelatedItem]]]:
    """The articles that JSON-LD names as `relatedLink`, as far as the page prints their titles."""
    declared = list(page.declared.values("relatedLink"))
    if not declared:
        return
    wanted: dict[str, str] = {}
    for _, value in declared:
        for item in value if isinstance(value, list) else [value]:
            link = item.get("url") or item.get("@id") if isinstance(item, dict) else item
            if isinstance(link, str) and (url := absolute(link, page_base(page))):
                wanted.setdefault(url_key(url), url)
    titles: dict[str, str] = {}
    for link in page.links:
        if is_title(link.text) and (url := absolute(link.href, page_base(page))):
            titles.setdefault(url_key(url), link.text)
    items = [RelatedItem(titles[key], url) for key, url in wanted.items() if key in titles]
    if items:
        yield Candidate(items, str(declared[0][1])[:200], "json-ld", declared[0][0])


def _read_section(page: Page, section: Section) -> list[Card]:
    cards = read_cards(page, section.start, section.stop, section.hints)
    if not cards and section.evidence == "label" and not section.label:
        return read_titles(page, section.start, section.stop)
    for card in cards:
        if section.label and card.title.startswith(section.label):
            card.title = card.title[len(section.label):].lstrip(" :：—–-|")
    return cards


def _merge_summaries(page: Page, cards: list[Card]) -> None:
    """Take the summaries of a second block, which prints the same titles again, each with the summary behind it."""
    lacking = {card.title: card for card in cards if card.summary is None}
    found: dict[str, str] = {}
    if not lacking:
        return
    for block in page.blocks[cards[0].stop:]:
        title = block.text if block.text in lacking else ""
        if not title and block.links:
            title = next((link.text for link in block.links if link.text in lacking), "")
        if not title or title in found or lacking[title].start <= block.index < lacking[title].stop:
            continue
        summary = _summary_behind(page, block, lacking[title])
        if summary and summary not in lacking:
            found[title] = summary
    if len(found) * 2 >= len(lacking):
        for title, summary in found.items():
            lacking[title].summary = summary


def _summary_behind(page: Page, title: TextBlock, card: Card) -> str:
    """The summary that follows a repeated title, on its line or as the next text block; empty when none does."""
    if rest := title.text.partition(card.title)[2].lstrip(" .:–—-|"):
        return rest if is_summary(rest, card.title, least=MIN_REPEATED) else ""
    for behind in page.blocks[title.index + 1:title.index + 2]:
        if is_summary(behind.text, card.title, least=MIN_REPEATED) and _leads_to(page, behind, card):
            return behind.text
    return ""


def _leads_to(page: Page, block: TextBlock, card: Card) -> bool:
    """Whether a text block holds no link but to the card's article."""
    addresses = (absolute(link.href, page_base(page)) for link in block.links if link.text)
    return all(address and url_key(address) == url_key(card.url) for address in addresses)
