"""Meta elements: which names say what, in the order of trust."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

# field → (name, property or itemprop of the meta element; evidence)
META: dict[str, tuple[tuple[str, str], ...]] = {
    "title": (
        ("og:title", "opengraph"),
        ("twitter:title", "twitter"),
        ("headline", "meta"),
        ("dc.title", "meta"),
        ("dcterms.title", "meta"),
        ("sailthru.title", "meta"),
        ("parsely-title", "meta"),
        ("title", "meta"),
        ("cxenseparse:title", "meta"),
        ("hdl", "meta"),
    ),
    "date_published": (
        ("article:published_time", "opengraph"),
        ("og:article:published_time", "opengraph"),
        ("datepublished", "microdata"),
        ("og:published_time", "opengraph"),
        ("parsely-pub-date", "meta"),
        ("sailthru.date", "meta"),
        ("pubdate", "meta"),
        ("publishdate", "meta"),
        ("publish-date", "meta"),
        ("publish_date", "meta"),
        ("ptime", "meta"),
        ("utime", "meta"),
        ("cxenseparse:recs:publishtime", "meta"),
        ("cxenseparse:recs:published_time", "meta"),
        ("cxenseparse:publishtime", "meta"),
        ("dc.date.issued", "meta"),
        ("dcterms.issued", "meta"),
        ("dcterms.created", "meta"),
        ("dc.date", "meta"),
        ("dcterms.date", "meta"),
        ("date.available", "meta"),
        ("date.created", "meta"),
        ("displaydate", "meta"),
        ("original-publish-date", "meta"),
        ("pub_date", "meta"),
        ("publication_date", "meta"),
        ("citation_publication_date", "meta"),
        ("date_published", "meta"),
        ("article.published", "meta"),
        ("published-date", "meta"),
        ("mediator_published_time", "meta"),
        ("shareaholic:article_published_time", "meta"),
        ("datecreated", "microdata"),
        ("rnews:datepublished", "meta"),
        ("date", "meta-date"),
    ),
    "date_modified": (
        ("article:modified_time", "opengraph"),
        ("og:updated_time", "opengraph"),
        ("og:article:modified_time", "opengraph"),
        ("datemodified", "microdata"),
        ("dcterms.modified", "meta"),
        ("dc.date.modified", "meta"),
        ("date.modified", "meta"),
        ("last-modified", "meta"),
        ("lastmod", "meta"),
        ("article.updated", "meta"),
    ),
    "authors": (
        ("article:author", "opengraph"),
        ("og:article:author", "opengraph"),
        ("author", "meta"),
        ("parsely-author", "meta"),
        ("sailthru.author", "meta"),
        ("cxenseparse:author", "meta"),
        ("dc.creator", "meta"),
        ("dcterms.creator", "meta"),
        ("og:author", "opengraph"),
        ("byl", "meta"),
        ("mediator_author", "meta"),
        ("shareaholic:article_author_name", "meta"),
        ("citation_author", "meta"),
        ("article.author", "meta"),
        ("authors", "meta"),
        ("twitter:data1", "twitter-data"),
    ),
    "lead": (
        ("og:description", "opengraph"),
        ("description", "meta"),
        ("twitter:description", "twitter"),
        ("dc.description", "meta"),
        ("dcterms.description", "meta"),
    ),
    "section": (
        ("article:section", "opengraph"),
        ("og:article:section", "opengraph"),
        ("articlesection", "microdata"),
        ("parsely-section", "meta"),
        ("section", "meta"),
        ("dc.subject", "meta"),
        ("cxenseparse:category", "meta"),
        ("sailthru.section", "meta"),
        ("category", "meta"),
        ("mediator_theme", "meta"),
    ),
    "tags": (
        ("article:tag", "opengraph"),
        ("og:article:tag", "opengraph"),
        ("news_keywords", "news-keywords"),
        ("keywords", "meta"),
        ("parsely-tags", "parsely"),
        ("sailthru.tags", "sailthru"),
        ("cxenseparse:keywords", "cxense"),
    ),
    "image": (
        ("og:image", "opengraph"),
        ("og:image:url", "opengraph"),
        ("og:image:secure_url", "opengraph"),
        ("twitter:image", "twitter"),
        ("twitter:image:src", "twitter"),
        ("thumbnailurl", "microdata"),
    ),
    "canonical": (("og:url", "opengraph"),),
    "site": (
        ("og:site_name", "opengraph"),
        ("application-name", "meta"),
        ("al:ios:app_name", "meta"),
        ("publisher", "meta"),
        ("dc.publisher", "meta"),
        ("apple-mobile-web-app-title", "meta"),
        ("copyright", "meta"),
    ),
    "free_access": (("article:content_tier", "opengraph"), ("isaccessibleforfree", "microdata")),
}
_TABLES = {field: dict(rows) for field, rows in META.items()}


def meta_values(page: Page, field: str) -> Iterator[tuple[str, str, str]]:
    """Yield (content, evidence, meta name) of the meta elements that say something of a field, in page order.

    field: a key of `META`. Empty contents are left out.
    """
    table = _TABLES[field]
    for name, content in page.meta:
        if content and name in table:
            yield content, table[name], name
