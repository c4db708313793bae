"""From a page to its record: `extract`, `explain` and `parse` share one path."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from lxml import etree
from parsel import Selector

from malim_scraper.dates import read_date
from malim_scraper.dates.zones import require_zone
from malim_scraper.extraction.agreement import day_of
from malim_scraper.extraction.articlehood import is_article
from malim_scraper.extraction.body import choose_body, find_body
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.edges import without_edges
from malim_scraper.extraction.evidence import RULES, Choice, choose
from malim_scraper.extraction.explanation import Explanation
from malim_scraper.extraction.normalise import normalise
from malim_scraper.extraction.page import Page, parse_html
from malim_scraper.extraction.robots import WARNED
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Article
from malim_scraper.language import find_language
from malim_scraper.profiles import Portal, load_portal, portal_names
from malim_scraper.urls import article_id, host_of
from malim_scraper.urls.hosts import portal_key

log = logging.getLogger(__name__)

SHORT_BODY = 150  # characters
_STRONG = ("json-ld", "opengraph", "microdata", "label", "time")


def extract(
    html: str | bytes,
    *,
    url: str | None = None,
    crawled_at: datetime | str | None = None,
    portal: str | Portal | None = None,
    timezone: str | None = None,
    content_type: str | None = None,
) -> Article | None:
    """Extract the article of a page, or None when the page is no article. Never raises on a page, touches no network.

    html: the page; of bytes the encoding is found. url: its address, for absolute links. crawled_at: a datetime or
    ISO 8601; needed for relative dates. portal: profile name, TOML path, Portal, or a host
    that has no profile, as records name it; one that cannot be used is a UsageError.
    timezone: IANA name, for times without an offset; an unknown one is a UsageError, too.
    content_type: the HTTP header.
    """
    return explain(
        html, url=url, crawled_at=crawled_at, portal=portal, timezone=timezone, content_type=content_type
    ).article


def explain(
    html: str | bytes,
    *,
    url: str | None = None,
    crawled_at: datetime | str | None = None,
    portal: str | Portal | None = None,
    timezone: str | None = None,
    content_type: str | None = None,
) -> Explanation:
    """Extract as `extract` does, and keep the candidates that lost."""
    profile = _find_profile(portal) if isinstance(portal, str) else portal
    zone = require_zone(timezone) if timezone else profile.timezone if profile else None
    with _collector_at_rest():
        root = parse_html(html, content_type)
        if root is None:
            return Explanation(None)
        found = examine(read_page(root, url or ""), profile)
    if found.article is None:
        return found
    return Explanation(normalise(found.article, crawled_at=crawled_at, timezone=zone), found.choices)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep the garbage collector off: a page makes thousands of objects and no cycle, so it would only look in vain."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _find_profile(name: str) -> Portal:
    is_host = "." in name and not name.endswith(".toml") and name not in portal_names()
    return Portal(name) if is_host else load_portal(name)


def parse(tree: etree._Element | Selector | Page, *, url: str, portal: Portal | None = None) -> Article | None:
    """Extract the article of a parsed page with its dates as printed, or None when the page is no article.

    tree: the root element, a response's selector, or a page that `read_page` has walked already.
    url: its address. portal: its profile.
    """
    page = tree if isinstance(tree, Page) else read_page(tree.root if isinstance(tree, Selector) else tree, url)
    return examine(page, portal).article


def examine(page: Page, portal: Portal | None = None) -> Explanation:
    """Read a walked page as `parse` does, and keep the candidates that lost; dates are as printed.

    A failure of ours costs the page's record and one log line, never the caller's run.
    """
    try:
        return _read(page, portal)
    except Exception:
        log.warning("%s: extraction failed, no record", page.url, exc_info=True)
        return Explanation(None)


def _read(page: Page, portal: Portal | None) -> Explanation:
    warnings: list[str] = []
    page.portal = portal
    bodies = list(find_body(page))
    body = choose_body(bodies)
    if body is None or not is_article(page, body.value):
        return Explanation(None)
    choices = {name: choose(page, name, warnings) for name in RULES}
    bodies.sort(key=lambda candidate: candidate is not body)
    choices["body"] = Choice(
        tuple((float(candidate is body), candidate) for candidate in bodies),
        "printed, or much longer than what is printed",
    )
    if choices["title"].chosen is None:
        return Explanation(None, choices)
    return Explanation(_article(page, choices, body, warnings), choices)


def _article(page: Page, choices: dict[str, Choice], body: Candidate[Any], warnings: list[str]) -> Article:
    values = {name: choice.chosen.value for name, choice in choices.items() if choice.chosen is not None}
    values["blocks"] = without_edges(body.value, authors=values.get("authors", ()), related=values.get("related", ()))
    values["body"] = "\n\n".join(block.text for block in values["blocks"])
    canonical = values.setdefault("canonical_url", page.url)
    if published := choices["date_published"].chosen:
        values["date_published_raw"] = published.raw
    provenance = {name: choice.chosen.evidence for name, choice in choices.items() if choice.chosen is not None}
    article = Article(
        id=article_id(canonical),
        url=page.url,
        portal=_portal_name(page),
        language=_language(page, values),
        provenance=dict(sorted(provenance.items())),
        **values,
    )
    article.warnings = warnings + _warnings(page, article, choices)
    return article


def _portal_name(page: Page) -> str:
    if page.portal:
        return page.portal.name
    return portal_key(host_of(page.url), page.url)


def _language(page: Page, values: dict[str, Any]) -> str:
    declared = page.lang or next(iter(page.metas("og:locale", "content-language", "inlanguage", "language")), "")
    found = find_language(f"{values['title']}\n{values['body']}", declared or None)
    return page.portal.languages[0] if found == "und" and page.portal and page.portal.languages else found


def _warnings(page: Page, article: Article, choices: dict[str, Choice]) -> list[str]:
    chosen = {name for name, choice in choices.items() if choice.chosen and choice.chosen.evidence == "profile"}
    found = [f"selector-missed:{name}" for name in (page.portal.selectors if page.portal else ()) if name not in chosen]
    if not article.authors:
        found.append("no-author")
    if article.date_published is None:
        found.append("no-date")
    elif _dates_differ(choices["date_published"]):
        found.append("date-conflict")
    if len(article.body) < SHORT_BODY:
        found.append("short-body")
    robots = ",".join(page.metas("robots")).lower().replace(" ", "").split(",")
    return found + [word for word in WARNED if word in robots]


def _dates_differ(choice: Choice) -> bool:
    """Whether strong evidence names a day that is more than one away from the one that was chosen."""
    chosen = choice.chosen and read_date(choice.chosen.value)
    if not chosen:
        return False
    others = [read_date(candidate.value) for _, candidate in choice.ranked if candidate.evidence in _STRONG]
    return any(other and abs(day_of(other.value) - day_of(chosen.value)) > timedelta(1) for other in others)
