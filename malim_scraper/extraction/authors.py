"""Authors: people and desks, as declared, as marked and as printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from malim_scraper.dates import find_dates
from malim_scraper.extraction.bylines import parse_byline, strip_label
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import texts, types_of
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, property_names, value_of
from malim_scraper.extraction.site import is_site_name
from malim_scraper.labels import Matcher, any_label_matcher, label_key, label_matcher, labels
from malim_scraper.text import fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Mark, Page, TextBlock

MAX_AUTHORS = 25
MAX_LINE = 200
MAX_NAME_LINE = 60  # characters of a line that is a name and a verb
NEAR = 4  # text blocks under the headline
_ADDRESS = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|autor[ei]|avtor|profiles?)[/=?-]", re.IGNORECASE)
_WORDS = frozenset(("from", "text", "aus"))  # labels that begin other lines, too: `Text size`, `From Oslo to Rome`
_PARTS = re.compile(r"\s{1,5}[|•·‧∙/–—-]\s{1,5}|\n|\s{0,5}[|•]\s{0,5}")
_NOT_NAMES = Hint.CAPTION | Hint.SHARE | Hint.FOOTER | Hint.ASIDE | Hint.TITLE | Hint.PROMO | Hint.FORM | Hint.TAGS
_CARD = (
    "card",
    "teaser",
    "related",
    "comment",
    "caption",
    "photo",
    "image",
    "credit",
    "bio",
    "footer",
    "quote",
    "copyright",
)


def find_authors(page: Page) -> Iterator[Candidate[list[str]]]:
    """Yield lists of names: declared, marked in the markup, printed behind a label or beside the date."""
    yield from _declared(page)
    yield from _marked(page)
    yield from _labelled(page)
    yield from _beside_date(page)
    yield from _linked(page)


def _declared(page: Page) -> Iterator[Candidate[list[str]]]:
    names = page.site_names
    for pointer, value in page.declared.values("author", "creator"):
        people, organisations = _people(page, value)
        if found := _names(people + organisations, names):
            own = all(is_site_name(name, names) for name in found)
            kind = "publisher" if own else "account" if _are_accounts(found) else "json-ld"
            yield Candidate(found, "; ".join(texts(value)), kind, pointer)
    by_name: dict[tuple[str, str], list[str]] = {}
    for content, evidence, name in meta_values(page, "authors"):
        if "facebook.com" not in content and not content.startswith(("http", "@", "/")):
            by_name.setdefault((evidence, name), []).append(content)
    nearby = _nearby(page) if by_name else ""
    for (evidence, name), contents in by_name.items():
        if found := _names(contents, names):
            kind = (
                evidence if not nearby or any(fold(author) in nearby for author in found) else f"{evidence}-unprinted"
            )
            yield _candidate(page, found, "; ".join(contents), kind, name)


def _are_accounts(names: list[str]) -> bool:
    """Whether names are those of a system's users, such as `admin`: what a page prints beside a label is truer."""
    return all(label_key(name) in labels("account") for name in names)


def _candidate(page: Page, names: list[str], raw: str, evidence: str, where: str) -> Candidate[list[str]]:
    """A candidate without the site's own name beside others; that name alone is the publisher's."""
    others = [name for name in names if not is_site_name(name, page.site_names)]
    kind = "publisher" if not others else "account" if _are_accounts(others) else evidence
    return Candidate(others or names, raw, kind, where)


def _nearby(page: Page) -> str:
    """The lines near the article, folded: a meta element whose name is not there often names who made the site."""
    lines = (page.blocks[index].text for index in (*page.vicinity.head, *page.vicinity.tail))
    return fold("\n".join(line for line in lines if len(line) <= MAX_LINE))


def _people(page: Page, value: Any) -> tuple[list[str], list[str]]:
    """Return the names of persons and those of organisations in a JSON-LD author."""
    people: list[str] = []
    organisations: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        node = page.declared.jsonld.resolve(item)
        kinds = types_of(node) if isinstance(node, dict) else []
        (organisations if any("organization" in kind for kind in kinds) else people).extend(texts(node))
    return people, organisations


def _names(contents: Iterable[str], site: frozenset[str]) -> list[str]:
    """Read each value as a byline of its own; the site's name behind a person in one value says whose person it is."""
    found: list[str] = []
    for content in contents:
        if content.startswith(("http:", "https:", "www.", "/")):
            continue
        names = parse_byline(content, declared=True)
        if len(names) > 1:
            names = [name for name in names if not is_site_name(name, site)] or names
        found += [name for name in names if name not in found]
    return found[:MAX_AUTHORS]


def _marked(page: Page) -> Iterator[Candidate[list[str]]]:
    """Names in elements that say they hold an author: by property, by rel, by their names."""
    found: dict[str, list[tuple[Mark, str]]] = {}
    for mark in properties(page, "author"):
        if text := _name_in(mark) or value_of(mark):
            found.setdefault("microdata", []).append((mark, text))
    for mark in page.vicinity.within(page.marks):
        if page.vicinity.is_elsewhere(page.blocks[mark.start]):
            continue
        if "author" in mark.attrs.get("rel", "").split():
            found.setdefault("rel-author", []).append((mark, mark.text))
        elif mark.hints & Hint.BYLINE and not _is_card(mark) and (text := _lines_in(page, mark)):
            found.setdefault("marker", []).append((mark, text))
    for evidence, marks in found.items():
        if evidence == "marker":
            marks = _innermost(marks)
        names = [name for _, text in marks for name in parse_byline(text)]
        names = list(dict.fromkeys(names))
        if names and len(names) <= MAX_AUTHORS:
            yield _candidate(page, names, "; ".join(text for _, text in marks), evidence, _path(marks[0][0]))


def _lines_in(page: Page, mark: Mark) -> str:
    """What a marked element prints, its text blocks parted by a sign; empty when it is more than a byline."""
    stop = mark.node.stop if mark.node.element is mark.element else mark.start
    text = " | ".join(block.text for block in page.blocks[mark.start : stop]) if stop - mark.start > 1 else mark.text
    return text if len(text) <= MAX_LINE else ""


def _innermost(marks: list[tuple[Mark, str]]) -> list[tuple[Mark, str]]:
    """Drop elements that hold another one that yields names, so that each name is read in its closest element."""
    telling = [(mark, text) for mark, text in marks if parse_byline(text)]
    outer = {id(ancestor) for mark, _ in telling for ancestor in mark.element.iterancestors()}
    return [(mark, text) for mark, text in telling if id(mark.element) not in outer]


def _is_card(mark: Mark) -> bool:
    names = (mark.attrs.get("class", "") + mark.attrs.get("id", "")).lower().replace("vcard", "")
    return any(word in names for word in _CARD)


def _name_in(mark: Mark) -> str:
    """The `name` property inside an author's own item."""
    if "itemscope" not in mark.attrs:
        return ""
    inner = mark.element.xpath(".//*[@itemprop='name']")
    if not isinstance(inner, list) or not inner or isinstance(inner[0], str | bytes | float | bool | tuple):
        return ""
    return inner[0].get("content") or "".join(map(str, inner[0].itertext()))


def _path(mark: Mark) -> str:
    properties_ = property_names(mark)
    names = mark.attrs.get("class", "").split()
    return mark.tag + (f"[itemprop={properties_[0]}]" if properties_ else "." + names[0] if names else "")


def _labelled(page: Page) -> Iterator[Candidate[list[str]]]:
    """Names behind a label such as `Автор:`; alone on its line, it speaks for the next one."""
    for index in (*page.vicinity.head, *page.vicinity.tail):
        block = page.blocks[index]
        if len(block.text) > MAX_LINE or page.vicinity.is_elsewhere(block):
            continue
        for line in page.vicinity.lines(index):
            yield from _behind_label(page, block, line)
        if block.text.rstrip().endswith((":", "：")) and index + 1 < len(page.blocks):
            label, rest = strip_label(block.text + " x", "byline", page.further("byline"))
            following = page.blocks[index + 1].text
            if label and rest == "x" and len(following) <= MAX_LINE and (names := parse_byline(following)):
                yield _candidate(page, names, following, "label", label)


def _behind_label(page: Page, block: TextBlock, line: str) -> Iterator[Candidate[list[str]]]:
    """Names in one of the parts of a line that begins with a label; a login, where it is a link behind a colon."""
    for part in (line, *_PARTS.split(line)[1:], *_behind_date(line)):
        label, rest = strip_label(part.strip(), "byline", page.further("byline"))
        if not label or not rest:
            continue
        is_word = label_key(label) in _WORDS and f"{label}:" not in part.replace("：", ":").replace(" :", ":")
        names = _capitalised(rest) if is_word else parse_byline(rest)
        if not names and label + ":" in part:
            names = [link.text for link in block.links if link.text and rest.startswith(link.text)][:1]
        if names:
            yield _candidate(page, names, line, "label", label)
            return
    name, _, verb = line.rstrip(" .").rpartition(" ")
    if len(line) <= MAX_NAME_LINE and label_key(verb) in labels("byline_verb") and (names := _capitalised(name)):
        yield _candidate(page, names, line, "label", verb)


def _behind_date(line: str) -> list[str]:
    """What stands behind the date of a line that begins with it, or with words for publishing: `14.12.2021 by Name`."""
    for date in find_dates(line)[:1]:
        before, _, behind = line.partition(date)
        if label_key(before) in {"", *labels("published")} or label_matcher("boilerplate").matches(line):
            return [behind.lstrip(" ,;–—-")]
    return []


def _beside_date(page: Page) -> Iterator[Candidate[list[str]]]:
    """A name that stands alone near the date: on its line, on the line before or after, or under the headline."""
    vicinity = page.vicinity
    dated = [index for index in vicinity.head if _is_date_line(page, page.blocks[index])]
    for index in dated:
        for part in _PARTS.split("\n".join(vicinity.lines(index))):
            if names := _lone_name(page, part, page.blocks[index]):
                yield Candidate(names, page.blocks[index].text, "beside-date", page.blocks[index].node.tag)
    if not dated:
        return
    lines = [index for index in vicinity.head if index > vicinity.headline and index - vicinity.headline <= NEAR]
    lines += [index for index in vicinity.tail if index - vicinity.tail.start < 3]
    for index in lines:
        block = page.blocks[index]
        if names := _lone_name(page, block.text, block):
            near = any(abs(index - other) == 1 for other in dated)
            yield Candidate(names, block.text, "beside-date" if near else "alone", block.node.tag)


def _linked(page: Page) -> Iterator[Candidate[list[str]]]:
    """Names near the headline that are links to a page of their author, by the address: `/author/jane-doe`."""
    vicinity, found = page.vicinity, []
    for link in vicinity.within(page.links):
        near = vicinity.distance(link.start) <= NEAR and not vicinity.is_elsewhere(page.blocks[link.start])
        if near and _ADDRESS.search(link.href) and len(link.text) <= MAX_NAME_LINE:
            found += [name for name in _capitalised(link.text) if name not in found]
    if found:
        yield _candidate(page, found, "; ".join(found), "author-link", "a[href]")


def _is_date_line(page: Page, block: TextBlock) -> bool:
    found = find_dates(block.text) if len(block.text) <= 80 else []
    return bool(found) and len(block.text) - sum(map(len, found)) < 50 and not page.vicinity.is_elsewhere(block)


@cache
def _no_names() -> Matcher:
    return any_label_matcher(*((kind, ()) for kind in ("noise_line", "more", "not_related", "related", "topics")))


def _lone_name(page: Page, text: str, block: TextBlock) -> list[str]:
    """The names of a line that is nothing else: two to four words, each with a capital, no label or button."""
    text = text.strip(" ,")
    if (
        len(text) > 40
        or page.vicinity.is_elsewhere(block)
        or block.hints & _NOT_NAMES
        or find_dates(text)
    ):
        return []
    name, _, rest = text.partition(",")
    if rest and (parse_byline(rest) or parse_byline(text)[1:]):
        return []  # more than one name or what may be one
    return _capitalised(name) if not _no_names().matches(name) else []


def _capitalised(text: str) -> list[str]:
    """The name that a text of two to four words is, each of letters with a capital."""
    words = text.split()
    signs = str.maketrans("", "", "-.'’ʼ‘`")
    fits = all(word[:1].isupper() and word.translate(signs).isalpha() for word in words)
    return parse_byline(text) if 2 <= len(words) <= 4 and fits else []
