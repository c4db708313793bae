"""Dates of publication and of the last change: declared, marked, printed, in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from malim_scraper.dates import find_dates, read_date
from malim_scraper.dates.fold import fold
from malim_scraper.dates.vocabulary import DAYS_AGO, WEEKDAYS
from malim_scraper.extraction.bylines import strip_label
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.dated_addresses import days_in
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import first_text
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, value_of
from malim_scraper.extraction.vicinity import SHORT_LINE
from malim_scraper.labels import label_key, labels
from malim_scraper.text import clean

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Mark, Page

MAX_LABEL = 100  # characters before a date among which its label is looked for
MAX_LINE = 200  # characters of a line that may hold a date
BADGE = 30  # characters of a date whose parts stand in elements of their own
BESIDE_DATE = 40  # characters beside a date without a label; more are running text or a caption
FAR = 60  # text blocks behind the article in which a labelled date may still be its own
_HEADS_TEXT = re.compile(r"\(([^()]{8,25})\)|([^()–—]{8,25})\s[–—]\s")
_PARTS = re.compile(r"\s[|•·/–—]\s")
_WORDS = re.compile(r"\w+")
_HOUR = re.compile(r"\d\d?[:.]\d\d")


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date near the article. evidence: `published` or `modified` for a label before it, else `printed`.

    text: as printed. where: the tag. distance: text blocks to the headline, more for the end of the text.
    """

    text: str
    evidence: str
    where: str
    distance: int


def find_published(page: Page) -> Iterator[Candidate[str]]:
    """Yield texts that may tell when the article was published, each as it stands on the page."""
    for pointer, value in page.declared.values("datePublished"):
        yield from _readable(first_text(value), "json-ld", pointer)
    for pointer, value in page.declared.values("dateCreated", "uploadDate"):
        yield from _readable(first_text(value), "json-ld-created", pointer)
    for content, evidence, name in meta_values(page, "date_published"):
        yield from _readable(content, evidence, name)
    for name in ("datePublished", "dateCreated"):
        for mark in properties(page, name):
            yield from _readable(value_of(mark), "microdata", f"{mark.tag}[itemprop={name}]")
    yield from _times(page)
    yield from _marked(page)
    for printed in page.printed_dates:
        if printed.evidence != "modified":
            alone = "hour-alone" if _HOUR.fullmatch(printed.text) else "printed"
            evidence = "label" if printed.evidence == "published" else alone
            yield Candidate(printed.text, printed.text, evidence, printed.where)
    yield from _labelled_far(page)
    yield from _heads_text(page)
    for day, evidence in days_in(page.url):
        yield from _readable(day, evidence, "url")


def find_modified(page: Page) -> Iterator[Candidate[str]]:
    """Yield texts that may tell when the article was last changed."""
    for pointer, value in page.declared.values("dateModified"):
        yield from _readable(first_text(value), "json-ld", pointer)
    for content, evidence, name in meta_values(page, "date_modified"):
        yield from _readable(content, evidence, name)
    for mark in properties(page, "dateModified"):
        yield from _readable(value_of(mark), "microdata", f"{mark.tag}[itemprop=dateModified]")
    for printed in page.printed_dates:
        if printed.evidence == "modified":
            yield Candidate(printed.text, printed.text, "label", printed.where)


def _readable(text: str, evidence: str, where: str) -> Iterator[Candidate[str]]:
    text = text.strip()
    if text and read_date(text) is not None:
        yield Candidate(text, text, evidence, where)


def _times(page: Page) -> Iterator[Candidate[str]]:
    """`<time datetime>` near the headline or the end of the text, unless it is that of a change.

    Older pages have the moment in the `title` of an element named for it: `<abbr class="published" title="...">`
    (microformats' hAtom), `<span class="timestamp" title="...">`.
    """
    for mark in page.vicinity.within(page.marks):
        name = "title" if "datetime" not in mark.attrs and mark.hints & Hint.DATE else "datetime"
        moment = mark.attrs.get(name, "").strip()
        if not moment or (name == "title" and len(moment) > BESIDE_DATE):
            continue
        block = page.blocks[mark.start]
        if page.vicinity.is_elsewhere(block) or _is_modified(page, mark, block.text):
            continue
        if read_date(moment) is not None:
            yield Candidate(moment, moment, "time", f"{mark.tag}[{name}]")


def _marked(page: Page) -> Iterator[Candidate[str]]:
    """Dates in elements named for it: at the head of a paragraph, as Bitrix prints them, or parted by style alone."""
    for mark in page.vicinity.within(page.marks):
        block = page.blocks[mark.start]
        if not mark.hints & Hint.DATE or page.vicinity.is_elsewhere(block) or _is_modified(page, mark, block.text):
            continue
        text = mark.text
        if len(block.text) > BESIDE_DATE and block.text.startswith(text) and find_dates(text) == [text]:
            yield from _readable(text, "printed", mark.tag)
        elif len(mark.element) > 1 and len(text) <= BADGE:
            parted = clean(" ".join(map(str, mark.element.itertext())))  # a leaf of a calendar: day, month and year
            if find_dates(parted) == [parted] != find_dates(text):
                yield from _readable(parted, "printed", mark.tag)


def _is_modified(page: Page, mark: Mark, line: str) -> bool:
    names = (mark.attrs.get("class", "") + mark.attrs.get("itemprop", "")).lower()
    if "modif" in names or "updat" in names:
        return True
    before = line.partition(mark.text)[0] if mark.text else line
    return _label_before(page, before) == "modified"


def find_printed(page: Page) -> Iterator[PrintedDate]:
    """Dates in the lines around the headline and after the text, the nearest first, each with the label before it."""
    found = []
    vicinity, headline = page.vicinity, page.layout.headline
    outside = 0 if headline and headline.hints & Hint.HEADER else Hint.HEADER
    for index in (*vicinity.head, *vicinity.tail):
        block = page.blocks[index]
        beside = abs(index - vicinity.headline) <= 2
        if block.hints & outside and index < vicinity.headline and not beside:
            continue
        if vicinity.is_elsewhere(block) and not (beside and block.hints & Hint.NAV and not block.hints & Hint.HIDDEN):
            continue  # a breadcrumb beside the headline may hold the date
        if index < vicinity.headline and not beside and _is_menu_behind(page, index):
            continue  # the day on which the page is read, in its frame
        distance = vicinity.distance(index) + 10 * (index in vicinity.tail) + 3 * (index < vicinity.headline)
        found += [
            PrintedDate(text, kind or "printed", block.node.tag, distance) for text, kind in _dates_of(page, index)
        ]
    yield from sorted(found, key=lambda printed: printed.distance)


def _is_menu_behind(page: Page, index: int) -> bool:
    """Whether lines that are links stand between a block and the headline, more than a rubric."""
    between = page.blocks[index + 1 : page.vicinity.headline]
    return sum([block.link_chars * 5 >= len(block.text) * 4 for block in between]) > 1


def _labelled_far(page: Page) -> Iterator[Candidate[str]]:
    """Dates behind a label in a list of facts that stands below the related items."""
    start = page.vicinity.tail.stop
    for block in page.blocks[start : start + FAR]:
        if not page.vicinity.is_elsewhere(block):
            label, rest = strip_label(block.text[:MAX_LINE], "published", page.further("published"))
            if label and (found := find_dates(rest)) and rest.startswith(found[0]):
                yield Candidate(found[0], block.text[:MAX_LINE], "label-far", label)
                return


def _heads_text(page: Page) -> Iterator[Candidate[str]]:
    """A full date at the head of the first paragraph, in brackets or with a dash behind it: `(18.01.2018) Text`."""
    for block in page.layout.body[:1]:
        head = _HEADS_TEXT.match(block.text)
        text = (head[1] or head[2]).strip() if head else ""
        if find_dates(text) == [text] and read_date(text) is not None:
            yield Candidate(text, text, "printed", block.node.tag)


def _dates_of(page: Page, index: int) -> Iterator[tuple[str, str]]:
    """Yield the dates of a line, each with the kind of label before it; none of those in running text."""
    block = page.blocks[index]
    if len(block.text) > MAX_LINE:
        yield from _date_of_sentence(page, index)
        return
    lines = page.vicinity.lines(index)
    for line in lines:
        rest, dates = line, find_dates(line)
        bare = len(line) - sum(map(len, dates))
        for text in dates:
            before, _, rest = rest.partition(text)
            if _names_today(before):
                continue
            kind = _label_before(page, before) or (_label_alone(page, index) if not before.strip() else "")
            short = bare <= BESIDE_DATE or _stands_apart(line, text) or (
                len(line) < SHORT_LINE and strip_label(line, "byline")[0])
            if kind or block.hints & Hint.DATE or len(lines) > 1 or short:
                yield text, kind


def _stands_apart(line: str, date: str) -> bool:
    """Whether signs part a date from the rest of a line, such as rubrics and topics: `14.12.2021 | Rubric: ... `."""
    parts = _PARTS.split(line)
    return len(parts) > 1 and any(date in part and len(part) - len(date) <= BESIDE_DATE // 2 for part in parts)


def _date_of_sentence(page: Page, index: int) -> Iterator[tuple[str, str]]:
    """The date of the sentence that blogs print below a post: `This entry was posted on ... and is filed under ...`."""
    text = page.blocks[index].text[:MAX_LINE].rpartition(" ")[0]
    if index in page.vicinity.tail:
        for date in find_dates(text)[:1]:
            kind = _label_before(page, text.partition(date)[0])
            if kind:
                yield date, kind


def _names_today(text: str) -> bool:
    """Whether a text ends in a word for today: the date behind it is the reader's."""
    words = _WORDS.findall(text[-MAX_LABEL:])
    return bool(words) and DAYS_AGO.get(fold(words[-1])) == 0


def _label_before(page: Page, text: str) -> str:
    """Return `published` or `modified` when a text ends in such a label."""
    words = _WORDS.findall(text[-MAX_LABEL:])
    while words and fold(words[-1]) in WEEKDAYS:
        words.pop()
    for count in range(min(4, len(words)), 0, -1):
        key = label_key(" ".join(words[-count:]))
        for kind in ("modified", "published"):
            if key in labels(kind, page.further(kind)):
                return kind
    return ""


def _label_alone(page: Page, index: int) -> str:
    """Return the kind of label that the line before a date is."""
    if not index or len(page.blocks[index - 1].text) > 40:
        return ""
    text = page.blocks[index - 1].text
    line = text.rstrip(":：") + ": x"
    return next((kind for kind in ("modified", "published") if strip_label(line, kind, page.further(kind))[0]), "")
