"""The article's own address: as the page declares it, in its plain form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.jsonld import first_text
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.urls import absolute, article_url, is_own

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page


def find_canonical(page: Page) -> Iterator[Candidate[str]]:
    """Yield addresses of the portal's own that name this article: declared or as fetched.

    Left out: other hosts, the front page and rubrics.
    """
    hosts = _hosts(page)
    declared = [
        (href, "canonical", "link[rel=canonical]") for rel, href in page.link_rels if "canonical" in rel.split()
    ]
    declared += [(content, evidence, name) for content, evidence, name in meta_values(page, "canonical")]
    declared += [
        (first_text(value), "json-ld", pointer)
        for pointer, value in page.declared.values("url")
        if isinstance(value, str)
    ]
    for href, evidence, where in declared:
        url = absolute(href, page.url)
        if url and (not page.url or (is_own(url, hosts, _port(page.url)) and not _is_over(url, page.url))):
            yield Candidate(article_url(url), href, evidence, where)
    if page.url:
        yield Candidate(article_url(page.url), page.url, "url", "url")


def _is_over(url: str, own: str) -> bool:
    """Whether an address is the front page or a rubric over the page's own address."""
    parts, below = urlsplit(url), urlsplit(own).path.strip("/")
    path = parts.path.strip("/")
    if parts.query or path == below:
        return False
    if path.lower() in ("", "index.html", "index.php"):
        return True
    last = path.rpartition("/")[2]
    return below.startswith(path + "/") and not any(map(str.isdigit, last)) and last.count("-") < 2


def _hosts(page: Page) -> set[str]:
    host = (urlsplit(page.url).hostname or "") if page.url else ""
    bare = host.lower().removeprefix("www.")
    own = {bare, bare.removeprefix("amp."), bare.removeprefix("m.")}
    return own | (set(page.portal.hosts) if page.portal else set())


def _port(url: str) -> int | None:
    try:
        return urlsplit(url).port
    except ValueError:
        return None
