"""An article on several pages becomes one record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http import Response, TextResponse

from malim_scraper.dataset import PageRow
from malim_scraper.discovery.links import Links, find_links
from malim_scraper.extraction import parse
from malim_scraper.extraction.parts import append_part, is_part
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Article

if TYPE_CHECKING:
    from malim_scraper.spiders.desk import Desk, Visit

MAX_PARTS = 30


def ask_part(desk: Desk, article: Article, visit: Visit, links: Links) -> Request | None:
    """Return the request for the article's next page, or None when it has none."""
    number = len(visit.parts) + 2
    url = next((found.url for found in links.pages if found.number == number), None)
    if url is None or len(visit.parts) >= MAX_PARTS:
        return None
    part = desk.frontier.claim_part(url, asked=visit.page)
    if part is None:
        return None
    return Request(desk.homes.address(url), dont_filter=True, cb_kwargs={"article": article, "part": part},
                   meta={"part_of": article.url}, priority=1)


def join_part(desk: Desk, article: Article, part: PageRow, response: Response) -> Iterator[Article | Request]:
    """Add a further page to an article, and yield the article or the request for the page after it.

    A page of another article, or of none, is put in line as a page of its own.
    """
    visit = desk.visits[article.url]
    found = None
    if isinstance(response, TextResponse):
        html = read_page(response.selector.root, response.url)
        found = parse(html, url=response.url, portal=desk.profile)
    if found is None or not is_part(article, found):
        desk.frontier.again([part.id])
        yield article
        return
    visit.parts.append(part)
    append_part(article, found)
    yield ask_part(desk, article, visit, find_links(html, desk.site, desk.shapes)) or article
