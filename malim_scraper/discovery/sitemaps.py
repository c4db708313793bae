"""Sitemaps and sitemap indexes, XML or text, gzipped or not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice

from lxml import etree

from malim_scraper.discovery.moments import parse_moment
from malim_scraper.discovery.xml import decompress, iter_elements, local_name, text_of
from malim_scraper.urls import absolute

MAX_ENTRIES = 250_000  # five times what sitemaps.org allows one file
_LOOKED_AT = 20_000  # entries, from which it is plain whether the others are honest


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One address of a sitemap, as written there but absolute.

    lastmod, published: as written, or None. title, language: what a news sitemap says of the article.
    """

    url: str
    lastmod: str | None = None
    published: str | None = None
    title: str | None = None
    language: str | None = None

    @property
    def moment(self) -> datetime | None:
        """When the page was published or changed last, whichever is later; aware."""
        moments = [moment for text in (self.lastmod, self.published) if (moment := parse_moment(text))]
        return max(moments, default=None)


@dataclass(slots=True)
class Sitemap:
    """What a sitemap holds: entries, or as an index children, which are sitemaps; in its order."""

    entries: list[SitemapEntry] = field(default_factory=list)
    children: list[SitemapEntry] = field(default_factory=list)


def read_sitemap(body: bytes, base: str = "") -> Sitemap:
    """Read a sitemap of any form.

    body: as sent, gzipped or not. base: its address, for relative ones. Of a page that is no sitemap nothing is read.
    At most `MAX_ENTRIES` addresses. Never raises, never loads or expands anything.
    Source: sitemaps.org/protocol.html; the news extension of Google.
    """
    sitemap = Sitemap()
    for is_child, entry in iter_sitemap(body, base):
        (sitemap.children if is_child else sitemap.entries).append(entry)
    return sitemap


def iter_sitemap(body: bytes, base: str = "") -> Iterator[tuple[bool, SitemapEntry]]:
    """Yield what `read_sitemap` reads one by one, each with whether it is a sitemap itself."""
    return islice(_iter_entries(body, base), MAX_ENTRIES)


def is_lastmod_honest(entries: Iterable[SitemapEntry], *, fetched_at: datetime) -> bool:
    """Tell whether the `lastmod` of these entries say when pages changed.

    They do not when most of them name one and the same moment, or the moment of fetching, although there are more
    pages than a newsroom changes at once: generators that write the time of generation.
    entries: of one sitemap. fetched_at: when it was fetched, aware. False also when there is no `lastmod`.
    """
    return are_honest([moment for entry in entries if (moment := parse_moment(entry.lastmod))], fetched_at=fetched_at)


def are_honest(moments: Sequence[datetime], *, fetched_at: datetime) -> bool:
    """Tell the same as `is_lastmod_honest` of what its `lastmod` say, aware; of many a share is looked at."""
    moments = moments[:: 1 + len(moments) // _LOOKED_AT]
    if len(moments) < 2:
        return bool(moments)
    days = Counter(moment.date() for moment in moments)
    most = max(Counter(moments).values())
    fresh = sum(moment > fetched_at - timedelta(hours=1) for moment in moments)
    today = _count_near(days, fetched_at.date())
    few = max(3, len(moments) // 2)
    if len(moments) <= 5:
        return most < len(moments) or fresh < len(moments)
    return most <= few and fresh <= few and today <= max(few, 100)


def _count_near(days: Counter[date], day: date) -> int:
    return sum(count for found, count in days.items() if abs((found - day).days) <= 1)


def _iter_entries(body: bytes, base: str) -> Iterator[tuple[bool, SitemapEntry]]:
    if not body.startswith((b"\x1f\x8b", b"\x78")) and not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        yield from _iter_lines(body)
        return
    found = False
    for name, element in iter_elements(body, ("url", "sitemap")):
        entry = _read_entry(element, base)
        if entry is not None:
            found = True
            yield name == "sitemap", entry
    if not found and body.startswith(b"\x1f\x8b"):
        yield from _iter_lines(decompress(body))


def _iter_lines(body: bytes) -> Iterator[tuple[bool, SitemapEntry]]:
    """A text sitemap: one address a line."""
    for line in body.decode("utf-8-sig", "replace").splitlines():
        line = line.strip()
        if line.startswith(("http://", "https://")) and (url := absolute(line, "")):
            yield False, SitemapEntry(url)


def _read_entry(element: etree._Element, base: str) -> SitemapEntry | None:
    values: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name in ("loc", "lastmod"):
            values.setdefault(name, text_of(child))
        elif name == "news":
            for part in child.iter():
                if (inner := local_name(part)) in ("publication_date", "title", "language"):
                    values.setdefault(inner, text_of(part))
    url = absolute(values.get("loc", ""), base)
    if url is None:
        return None
    return SitemapEntry(url, lastmod=values.get("lastmod") or None, published=values.get("publication_date") or None,
                        title=values.get("title") or None, language=values.get("language") or None)
