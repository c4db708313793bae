"""Feeds: RSS of all versions, Atom, JSON Feed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lxml import etree

from malim_scraper.discovery.moments import parse_moment
from malim_scraper.discovery.xml import iter_elements, local_name, text_of
from malim_scraper.urls import absolute

MAX_ENTRIES = 10_000
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_PUBLISHED = ("pubdate", "published", "date", "issued", "created")
_UPDATED = ("updated", "modified", "lastbuilddate")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One entry of a feed. url: absolute. published, updated: as written, or None."""

    url: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None

    @property
    def moment(self) -> datetime | None:
        """When the entry was published or updated last, whichever is later; aware."""
        moments = [moment for text in (self.published, self.updated) if (moment := parse_moment(text))]
        return max(moments, default=None)


@dataclass(slots=True)
class Feed:
    """The entries of a feed in its order, and the address of its next, older page (RFC 5005, 3) if it names one."""

    entries: list[FeedEntry] = field(default_factory=list)
    next_url: str | None = None


def read_feed(body: bytes, base: str = "") -> Feed:
    """Read a feed of any kind; of anything else nothing is read.

    body: as sent. base: its address, for relative ones. Entries without an address are left out. Never raises.
    Source: RSS 2.0, RSS 1.0 with Dublin Core, RFC 4287 (Atom), jsonfeed.org/version/1.1.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _read_json(body, base)
    feed = Feed()
    for name, element in iter_elements(body, ("item", "entry"), kept=("link",)):
        if name == "link":
            if feed.next_url is None and _rel(element) == "next" and not _in_entry(element):
                feed.next_url = absolute(element.get("href") or "", base)
        elif len(feed.entries) < MAX_ENTRIES and (entry := _read_entry(element, base)):
            feed.entries.append(entry)
    return feed


def _read_entry(element: etree._Element, base: str) -> FeedEntry | None:
    base = absolute(element.get(_XML_BASE) or "", base) or base
    values: dict[str, str] = {}
    links: dict[str, str] = {}
    for child in element:
        name = local_name(child)
        if name == "link":
            links.setdefault(_rel(child), child.get("href") or text_of(child))
        elif name == "guid" and (child.get("isPermaLink") or "true").lower() == "true":
            links.setdefault("guid", text_of(child))
        elif name == "origlink":
            links["origlink"] = text_of(child)
        elif name:
            values.setdefault(name, text_of(child))
    url = _first_url(links, base)
    if url is None:
        return None
    return FeedEntry(url, values.get("title") or None, _first(values, _PUBLISHED), _first(values, _UPDATED))


def _rel(link: etree._Element) -> str:
    return (link.get("rel") or "alternate").strip().lower()


def _in_entry(link: etree._Element) -> bool:
    parent = link.getparent()
    return parent is not None and local_name(parent) in ("item", "entry")


def _first_url(links: Mapping[str, str], base: str) -> str | None:
    for kind in ("origlink", "alternate", "guid"):
        if kind in links and (url := absolute(links[kind], base if kind != "guid" else "")):
            return url
    return None


def _first(values: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((values[name] for name in names if values.get(name)), None)


def _read_json(body: bytes, base: str) -> Feed:
    try:
        data: Any = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return Feed()
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return Feed()
    feed = Feed(next_url=absolute(_text(data, "next_url"), base))
    for item in items[:MAX_ENTRIES]:
        url = absolute(_text(item, "url") or _text(item, "external_url"), base)
        if url:
            feed.entries.append(FeedEntry(url, _text(item, "title") or None, _text(item, "date_published") or None,
                                          _text(item, "date_modified") or None))
    return feed


def _text(data: object, key: str) -> str:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""
