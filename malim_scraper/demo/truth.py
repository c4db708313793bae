"""What a crawl of the replica must store: for each article the fields that its page shows."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from malim_scraper.demo.articles import DemoArticle
from malim_scraper.demo.replica import Replica


def truth(replica: Replica) -> list[dict[str, Any]]:
    """Return the expected values of each article's record, newest first; replica must be served, for its addresses."""
    return [_expected(replica, article) for article in replica.articles()]


def _expected(replica: Replica, article: DemoArticle) -> dict[str, Any]:
    modern = replica.section(article).markup == "modern"
    return {
        "canonical_url": replica.base + replica.path(article),
        "title": article.title,
        "authors": list(article.authors),
        "date_published": _iso(article.published),
        "date_modified": _iso(article.modified) if modern else None,
        "lead": article.lead,
        "body": "\n\n".join(block.text for block in article.blocks),
        "blocks": [asdict(block) for block in article.blocks],
        "section": replica.section(article).title,
        "tags": list(article.tags),
        "images": [{"url": f"{replica.base}/images/article-img/1600/{article.id}-{number}.png", "caption": caption}
                   for number, caption in enumerate(article.images, 1)],
        "related": [_related(replica, other) for other in replica.related(article)],
        "language": replica.section(article).language,
    }


def _related(replica: Replica, article: DemoArticle) -> dict[str, Any]:
    return {"title": article.title, "url": replica.base + replica.path(article),
            "date_published": _iso(article.day), "summary": article.lead}


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None
