"""Is this page an article? Judged by its content; its address and what it declares are evidence among others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from malim_scraper.extraction.addresses import same_page
from malim_scraper.extraction.cardlists import listed_share
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.jsonld import is_article_type, types_of
from malim_scraper.extraction.posts import is_list_of_posts
from malim_scraper.extraction.site import is_site_name
from malim_scraper.labels import label_matcher
from malim_scraper.profiles.rules import rules_of
from malim_scraper.text import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from malim_scraper.extraction.page import Page, TextBlock
    from malim_scraper.items import Block

# Last steps and first steps of addresses that serve no article, whatever the page looks like.
_KINDS = """
    about about-us aboutus o-nas o-proekte about-project contact contacts contact-us kontakty kontakt baylanys
    bailanys login signin sign-in logout register registration signup sign-up search poisk izdeu suche results
    account profile cart checkout privacy privacy-policy terms terms-of-use rules sitemap advertise
    advertising reklama zharnama subscribe newsletter newsletters redakciya redaktsiya redaktsiia team staff
    imprint impressum datenschutz archive archives arhiv feed rss 404 error tags tag categories category
    authors author home main index-page
"""
_PAGE_KINDS = frozenset(_KINDS.split())
# First steps of addresses under which single posts stand, too.
_SHELVES = frozenset(("about", "archive", "archives", "arhiv", "home", "main", "newsletter", "newsletters", "results",
                      "rules", "staff", "team"))
_MONTHS = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])?")
_QUERIES = frozenset(("s", "q", "query", "search", "text", "keyword", "keywords", "searchword"))
_BY_PROFILE = {"article": 3.0, "listing": -30.0}  # what a person wrote of the address
_DATE_NEAR = 12  # blocks between headline or body and a line that dates the article
_LINE = 25.0  # characters: cells of a table are shorter, a line of a poem is as long
_TITLE_LENGTH = 22.0  # characters: a rubric's name is shorter, a headline seldom is


def is_article(page: Page, body: Sequence[Block]) -> bool:
    """Return whether a page is an article: a headline with a text of its own, no list, form or note that there is none.

    body: the blocks chosen for it, printed or declared. Undated articles, short notices and pictures with a lead are
    articles.
    """
    return sum([value for _, value in signs(page, body)]) > 0


def signs(page: Page, body: Sequence[Block]) -> Iterator[tuple[str, float]]:
    """Yield what speaks for (above 0) and against an article, each with its weight; the sum decides."""
    layout = page.layout
    yield "text", _of_length(sum([weigh(block.text) for block in body]))
    if body and max([weigh(block.text) for block in body]) < _LINE:
        yield "no line of text", -3.0
    yield from _of_headline(page, layout.headline, layout.body)
    yield from _of_declarations(page)
    yield from _of_address(page.url)
    yield "profile", _BY_PROFILE.get(rules_of(page.portal).kind(page.url), 0.0)
    if layout.body:
        listed = listed_share(page)
        yield "list", -7 * listed if listed > 0.5 else 0.0
        linked = sum([block.link_chars for block in layout.body]) / sum([len(block.text) for block in layout.body])
        yield "posts", -7.0 if is_list_of_posts(page) else 0.0
        yield "links", -4.0 if linked > 0.5 else 0.0
        if _is_dated(page):
            yield "dated", 1.0
        if _is_wall(layout.headline):
            yield "login", -4.0


def _of_length(length: float) -> float:
    for least, value in ((1500, 2.5), (600, 2.0), (250, 1.0), (120, 0.0), (50, -1.0)):
        if length >= least:
            return value
    return -3.0


def _of_headline(page: Page, headline: TextBlock | None, body: tuple[TextBlock, ...]) -> Iterator[tuple[str, float]]:
    title = headline.text if headline is not None else _first_part(page.title)
    if label_matcher("not_found").matches(title) or label_matcher("not_found").matches(_first_part(page.title)):
        yield "not found", -7.0
    if label_matcher("not_article").matches(title):
        yield "page kind", -5.0
    if headline is None:
        is_told = weigh(title) > _TITLE_LENGTH and not is_site_name(title, page.site_names)
        yield "no headline", -0.5 if is_told else -1.0
        return
    if weigh(headline.text) > _TITLE_LENGTH:
        yield "headline", 1.0
    if headline.links and headline.link_chars * 2 > len(headline.text) and page.url \
            and not any(_leads_here(link.href, page.url) for link in headline.links):
        yield "headline leads away", -2.0
    if body and 0 < body[0].index - headline.index < 2 * _DATE_NEAR:
        yield "text follows headline", 1.0
    if len([block for block in page.blocks if block.node.tag == "h1"]) > 3:
        yield "many headlines", -1.0


def _first_part(title: str) -> str:
    for separator in (" | ", " — ", " – ", " - ", " :: ", " » ", " · "):
        title = title.split(separator)[0]
    return title


def _leads_here(href: str, url: str) -> bool:
    return href.startswith("#") or same_page(href, url) or href.split("?")[0] == urlsplit(url).path


def _of_declarations(page: Page) -> Iterator[tuple[str, float]]:
    if any(is_article_type(types_of(node)) for _, node in page.declared.nodes):
        yield "json-ld", 2.5
    kind = next(iter(page.metas("og:type")), "").lower()
    if kind:
        yield "og:type", 1.5 if "article" in kind or kind.startswith("video") else -3.0 if kind == "profile" else -0.5
    if any(name.startswith("article:published") for name, _ in page.meta):
        yield "article:published_time", 1.0
    if any(mark.attrs.get("itemprop") in ("articleBody", "headline") for mark in page.marks):
        yield "microdata", 1.0


def _of_address(url: str) -> Iterator[tuple[str, float]]:
    parts = urlsplit(url)
    steps = [step.lower().rsplit(".", 1)[0] for step in parts.path.split("/") if step]
    if not url or not parts.netloc:
        return
    if {pair.partition("=")[0].lower() for pair in parts.query.split("&") if pair} & _QUERIES:
        yield "search address", -4.0
    if not steps or (len(steps) == 1 and len(steps[0]) == 2 and steps[0].isalpha()):
        if not parts.query:
            yield "front address", -4.0
    elif steps[-1] in _PAGE_KINDS or (steps[0] in _PAGE_KINDS and len(steps) < 4 and not _is_shelved(steps)):
        yield "address", -4.0
    elif len(steps) > 1 and steps[-2] in ("page", "tag", "tags", "author", "category") and len(steps[-1]) < 40:
        yield "address", -3.0
    elif sum(map(str.isdigit, parts.path)) > 3 or any(step.count("-") + step.count("_") > 2 for step in steps):
        yield "address", 0.5


def _is_shelved(steps: Sequence[str]) -> bool:
    """Whether an address is that of a post on a shelf: `/archives/4711`, `/results/how-two-brothers-won`."""
    number = steps[-1].isdigit() and len(steps[-1]) > 2 and not _MONTHS.fullmatch(steps[-1])
    return steps[0] in _SHELVES and len(steps) > 1 and (number or steps[-1].count("-") + steps[-1].count("_") > 2)


def _is_wall(headline: TextBlock | None) -> bool:
    """Whether a form that asks for a password stands right beside the headline, not in the page's frame."""
    beside = headline.node.element.getparent() if headline is not None else None
    if beside is None:
        return False
    forms = (beside,) if beside.tag == "form" else beside.iterchildren("form", "input")
    return any((field.get("type") or "").lower() == "password" for form in forms for field in form.iter("input"))


def _is_dated(page: Page) -> bool:
    body, headline = page.layout.body, page.layout.headline
    start = (headline.index if headline is not None else body[0].index) - _DATE_NEAR
    stop = body[0].index + _DATE_NEAR
    return any(mark.hints & Hint.DATE and start <= mark.start <= stop for mark in page.marks)
