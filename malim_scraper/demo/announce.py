"""What the replica tells machines: robots.txt, sitemaps, feed."""

from __future__ import annotations

from datetime import date, datetime
from email.utils import format_datetime

from malim_scraper.demo.articles import DemoArticle
from malim_scraper.demo.printed import esc
from malim_scraper.demo.replica import Replica, tracked

DISALLOWED = ("/search", "/draft/")
_SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
_NEWS_SIZE = 6


def robots(replica: Replica) -> str:
    """Return robots.txt; its delay is short enough for a demo (RFC 9309; Crawl-delay is a common extension)."""
    rules = "".join(f"Disallow: {path}\n" for path in DISALLOWED)
    return f"User-agent: *\n{rules}Crawl-delay: 0.05\n\nSitemap: {replica.base}/sitemap.xml\n"


def sitemap_index(replica: Replica) -> str:
    """Return the index of the sitemaps (sitemaps.org)."""
    names = [section.name for section in replica.sections.values() if section.in_sitemap] + ["news"]
    entries = "".join(f"<sitemap><loc>{replica.base}/sitemap-{name}.xml</loc></sitemap>" for name in names)
    return f'<?xml version="1.0" encoding="UTF-8"?><sitemapindex {_SITEMAP}>{entries}</sitemapindex>'


def section_sitemap(replica: Replica, name: str) -> str:
    """Return the sitemap of one section."""
    articles = [article for article in replica.found_by("sitemap") if article.section == name]
    entries = "".join(f"<url>{_location(replica, article)}{_lastmod(replica, article)}</url>" for article in articles)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_SITEMAP}>{entries}</urlset>'


def news_sitemap(replica: Replica) -> str:
    """Return the news sitemap: the newest articles with their titles and dates."""
    newest = [article for article in replica.found_by("sitemap") if replica.section(article).in_sitemap][:_NEWS_SIZE]
    entries = "".join(
        f"<url>{_location(replica, article)}<news:news><news:publication><news:name>Malim Replica</news:name>"
        f"<news:language>{replica.section(article).language}</news:language></news:publication>"
        f"<news:publication_date>{_iso(article.published)}</news:publication_date>"
        f"<news:title>{esc(article.title)}</news:title></news:news></url>" for article in newest)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {_SITEMAP} {_NEWS}>{entries}</urlset>'


def feed(replica: Replica) -> str:
    """Return the RSS 2.0 feed; its links carry tracking parameters."""
    items = "".join(
        f"<item><title>{esc(article.title)}</title><link>{_tracked(replica, article)}</link>"
        f'<guid isPermaLink="false">{article.id}</guid>{_pub_date(article)}</item>' for article in replica.in_feed())
    return (f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Malim Replica</title>'
            f"<link>{replica.base}/</link><description>Жаңалықтар</description>{items}</channel></rss>")


def _location(replica: Replica, article: DemoArticle) -> str:
    return f"<loc>{esc(replica.base + replica.path(article))}</loc>"


def _lastmod(replica: Replica, article: DemoArticle) -> str:
    changed = replica.changed_at(article)
    return f"<lastmod>{_iso(changed)}</lastmod>" if changed else ""


def _tracked(replica: Replica, article: DemoArticle) -> str:
    return esc(tracked(replica.base + replica.path(article), "rss"))


def _pub_date(article: DemoArticle) -> str:
    if not isinstance(article.published, datetime):
        return ""
    return f"<pubDate>{format_datetime(article.published)}</pubDate>"


def _iso(moment: date | datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
