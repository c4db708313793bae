"""The replica's pages that list articles: front page, sections with their pages, tags, authors, archive."""

from __future__ import annotations

from collections.abc import Sequence

from malim_scraper.demo import classic, modern
from malim_scraper.demo.answers import HTML, Answer, Asked, not_found, plain
from malim_scraper.demo.articles import DemoArticle, Section
from malim_scraper.demo.printed import esc
from malim_scraper.demo.replica import PAGE_SIZE, listing_path

_FRONT_SIZE = 10


def front(asked: Asked) -> Answer:
    """The front page: the newest articles with long teasers."""
    newest = [article for article in asked.replica.articles() if article.reach == "all"]
    return _listed(asked, "Malim Replica жаңалықтары", newest[:_FRONT_SIZE])


def listing(asked: Asked) -> Answer:
    """One page of a section."""
    section = asked.replica.sections.get(asked.match.get("section") or asked.query.get("aidar", ""))
    number = asked.match.get("page") or asked.query.get("page") or asked.query.get("p") or "1"
    if section is None or not number.isdecimal():
        return not_found(asked)
    articles = [article for article in asked.replica.found_by("listing") if article.section == section.name]
    last = max(1, -(-len(articles) // PAGE_SIZE))
    shown = articles[(int(number) - 1) * PAGE_SIZE:int(number) * PAGE_SIZE] if int(number) else []
    return _listed(asked, section.title, shown, _pager(section, int(number), last), section)


def tag(asked: Asked) -> Answer:
    """The articles with a tag; a tag that only unlisted articles have is a dead link, as on many portals."""
    name = asked.match["name"]
    return _listed(asked, name, [article for article in asked.replica.found_by("tag") if name in article.tags])


def author(asked: Asked) -> Answer:
    """The articles of an author."""
    name = asked.match["name"]
    return _listed(asked, name, [article for article in asked.replica.found_by("author") if name in article.authors])


def archive(asked: Asked) -> Answer:
    """The months of the archive."""
    months = sorted({month for article in asked.replica.found_by("archive") if (month := _month(article))})
    links = "".join(f'<li><a href="/archive/{month}/">{month}</a></li>' for month in months)
    return plain(asked, "Мұрағат", f"<ul>{links}</ul>")


def archive_month(asked: Asked) -> Answer:
    """The articles of a month."""
    month = asked.match["month"]
    shown = [article for article in asked.replica.found_by("archive") if _month(article) == month]
    return _listed(asked, f"Мұрағат: {month}", shown)


def search(asked: Asked) -> Answer:
    """The articles whose title has the words that were asked for."""
    words = asked.query.get("q", "").casefold()
    found = [article for article in asked.replica.articles() if words and words in article.title.casefold()]
    items = "".join(f'<li><a href="{esc(asked.replica.path(article))}">{esc(article.title)}</a></li>'
                    for article in found)
    return plain(asked, "Іздеу нәтижесі", f"<p>{len(found)}</p><ul>{items}</ul>")


def _month(article: DemoArticle) -> str:
    return article.day.strftime("%Y/%m") if article.day else ""


def _pager(section: Section, current: int, last: int) -> str:
    links = "".join(f"<b>{number}</b> " if number == current else
                    f'<a href="{esc(listing_path(section, number))}">{number}</a> ' for number in range(1, last + 1))
    following = f'<a rel="next" href="{esc(listing_path(section, current + 1))}">»</a>' if current < last else ""
    return f'<div class="pager">{links}{following}</div>' if last > 1 else ""


def _listed(asked: Asked, title: str, articles: Sequence[DemoArticle], pager: str = "",
            section: Section | None = None) -> Answer:
    if not articles:
        return not_found(asked)
    if section and section.markup == "classic":
        page = classic.listing_page(asked.replica, section.language, title, articles, pager)
    else:
        page = modern.listing_page(asked.replica, title, articles, pager)
    return Answer(200, HTML, page.encode())
