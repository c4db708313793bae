"""Tags: the topics of an article, not the site's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from malim_scraper.extraction.bylines import strip_label
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import texts
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.extraction.microdata import properties, value_of
from malim_scraper.extraction.relevance import share_said
from malim_scraper.labels import label_key, labels
from malim_scraper.text import clean, fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Link, Page

MAX_TAGS = 40
LONGEST = 80  # characters
BEHIND = 40  # text blocks behind the article in which links may be marked as its topics
_PREFIX = re.compile(r"([A-Za-z][\w ]{1,30})(?::\s{0,3}|/)(?=\S)")
_TELLING_PREFIXES_WORDS = """
category categories section sections topic topics tag tags organization organisation person people place places
location subject keyword keywords
"""
_TELLING_PREFIXES = frozenset(_TELLING_PREFIXES_WORDS.split())
# A number or an identifier that says nothing to a reader.
_CODE = re.compile(r"\d{5,}|[0-9a-f]{8}-[0-9a-f-]{20,}|[0-9a-f]{16,}", re.IGNORECASE)
_TOPIC_STEPS_WORDS = """
tag tags tagged topic topics thema themen tema temas temat tematy teg tegi tegs teglar schlagwort schlagworte keyword
keywords label labels etiqueta etiquetas hashtag metka sujet sujets argomenti subject subjects
"""
_TOPIC_STEPS = frozenset(_TOPIC_STEPS_WORDS.split())
_SEPARATOR = re.compile(r"\s{0,5}[,;|、，；]\s{0,5}")


def find_tags(page: Page) -> Iterator[Candidate[list[str]]]:
    """Yield lists of topics: declared, from a block of topic links, from `<meta keywords>` if they suit."""
    for pointer, value in page.declared.values("keywords"):
        yield from _candidate(page, _split(texts(value)), "json-ld", pointer)
    found: dict[tuple[str, str], list[str]] = {}
    for content, evidence, name in meta_values(page, "tags"):
        found.setdefault((evidence, name), []).append(content)
    for (evidence, name), contents in found.items():
        tags = _split(contents)
        suits = evidence == "opengraph" or _suits(page, tags)
        yield from _candidate(page, tags, evidence if suits else "generic", name)
    for mark in properties(page, "keywords"):
        yield from _candidate(page, _split([value_of(mark)]), "microdata", f"{mark.tag}[itemprop=keywords]")
    yield from _linked(page)
    for pointer, value in page.declared.values("about"):
        yield from _candidate(page, list(texts(value)), "json-ld-about", pointer)


def _candidate(page: Page, tags: Iterable[str], evidence: str, where: str) -> Iterator[Candidate[list[str]]]:
    names = page.site_names
    kept: dict[str, str] = {}
    for tag in _without_machine_prefixes([clean(tag).strip(" #\"',") for tag in tags]):
        if not tag or len(tag) > LONGEST or tag.startswith(("_", "@")) or _CODE.fullmatch(tag):
            continue
        key = fold(tag)
        if key and not (tag.count(" ") > 3 and _is_title(page, key)):
            kept.setdefault(key, tag)
    values = [tag for key, tag in kept.items() if key.replace(" ", "") not in names]
    if 0 < len(values) <= MAX_TAGS:
        yield Candidate(values, ", ".join(values), evidence, where)


def _without_machine_prefixes(tags: list[str]) -> list[str]:
    """Read lists in which systems write what kind of topic each is, as `Category: Economy` or `topic/courts`."""
    prefixes = [prefix[0] for tag in tags if (prefix := _PREFIX.match(tag))]
    if len(prefixes) * 2 < len(tags) and sum(":" in prefix for prefix in prefixes) < 2:
        return tags
    found = []
    for tag in tags:
        prefix = _PREFIX.match(tag)
        if prefix is None or prefix[1].lower() in _TELLING_PREFIXES:
            found.append(tag[prefix.end() :] if prefix else tag)
    return found


def _is_title(page: Page, key: str) -> bool:
    headline = page.layout.headline
    return headline is not None and key == fold(headline.text)


def _split(contents: Iterable[str]) -> list[str]:
    contents = list(contents)
    if len(contents) > 1:
        return [
            part
            for content in contents
            for part in ([content] if content.count(",") < 2 else _SEPARATOR.split(content))
        ]
    return _SEPARATOR.split(contents[0]) if contents else []


def _suits(page: Page, tags: list[str]) -> bool:
    """Whether keywords speak of this article: a quarter of them at least share a stem with title, text or section."""
    said = f"{page.title} {' '.join(page.metas('article:section', 'section'))} ".casefold() + page.said
    return not page.said or sum(share_said(tag, said) > 0 for tag in tags) * 4 >= len(tags)


def _linked(page: Page) -> Iterator[Candidate[list[str]]]:
    """Links of a block that is named or labelled as topics, close to the article."""
    by_name, by_label, by_address = [], [], []
    labelled: dict[int, bool] = {}
    for link in page.vicinity.within(page.links):
        if not link.text or len(link.text) > LONGEST:
            continue
        if "category" in page.rels.get(link.element, ()):
            continue
        block = page.blocks[link.start]
        if (link.node.hints | block.hints) & Hint.TAGS and not link.node.hints & (
            Hint.NAV | Hint.RELATED | Hint.COMMENT
        ):
            by_name.append(link)
        else:
            if link.start not in labelled:
                labelled[link.start] = _is_labelled(page, link)
            if labelled[link.start]:
                by_label.append(link)
        if not _TOPIC_STEPS.isdisjoint(link.href.lower().split("/")[:-1]) and not link.node.hints & (
            Hint.NAV | Hint.RELATED
        ):
            by_address.append(link)
    by_rel = _by_rel(page)
    for links, evidence in ((by_rel, "rel-tag"), (by_name, "marker"), (by_label, "label"), (by_address, "topic-link")):
        yield from _candidate(page, [link.text for link in links], evidence, links[0].node.tag if links else "")


def _by_rel(page: Page) -> list[Link]:
    """Links with `rel="tag"`, also those behind a share bar; categories, to which systems give both names, are none."""
    stop = page.layout.body[-1].index + BEHIND if page.layout.body else page.vicinity.head.stop
    elsewhere = Hint.NAV | Hint.RELATED | Hint.COMMENT | Hint.ASIDE
    tags = {element for element, words in page.rels.items() if "tag" in words and "category" not in words}
    return [
        link
        for link in (page.links if tags else ())
        if link.element in tags
        and page.vicinity.head.start <= link.start < stop
        and 0 < len(link.text) <= LONGEST
        and not link.node.hints & elsewhere
    ]


def _is_labelled(page: Page, link: Link) -> bool:
    """Whether a label such as `Теги:` begins the link's line or is the line before its block of links."""
    block = page.blocks[link.start]
    if block.link_chars and strip_label(block.text, "topics", page.further("topics"))[0]:
        return True
    for index in range(link.start - 1, max(-1, link.start - 12), -1):
        before = page.blocks[index]
        if before.link_chars * 2 < len(before.text):
            return len(before.text) < 40 and label_key(before.text) in labels("topics", page.further("topics"))
    return False
