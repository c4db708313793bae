"""Dates as printed to ISO 8601, in the portal's zone and by the crawl's clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from malim_scraper.dates import parse_date
from malim_scraper.items import Article


def normalise(article: Article, *, crawled_at: datetime | None = None, timezone: str | None = None) -> Article:
    """Return the article with its dates in ISO 8601; one that cannot be read becomes null.

    crawled_at: aware; without it relative dates stay null and no date counts as future.
    timezone: IANA name, for times without an offset.
    """
    def iso(printed: str | None) -> str | None:
        found = parse_date(printed or "", crawled_at=crawled_at, timezone=timezone)
        return found.isoformat() if found else None

    related = [replace(item, date_published=iso(item.date_published_raw)) for item in article.related]
    return replace(article, date_published=iso(article.date_published_raw), date_modified=iso(article.date_modified),
                   related=related)
