"""What a person knows of one portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# The fields that a selector may give, and the kinds of label that a portal may have spellings of its own for.
SELECTABLE = ("title", "authors", "date_published", "date_modified", "lead", "body", "section", "tags", "images",
              "related", "free_access", "canonical_url")
LABELS = ("related", "not_related", "noise_line", "byline", "published", "modified", "topics")


@dataclass(frozen=True, slots=True)
class Portal:
    """What a person knows of one portal; every key but the name may be left out.

    name: goes into each record. start_urls: where a crawl begins. hosts: the portal's own, without `www.`.
    languages: BCP 47, the main one first. timezone: IANA name, for times without an offset.
    labels: kind of label (`LABELS`) → further spellings.
    selectors: field (`SELECTABLE`) → CSS, or XPath when it begins with `/`.
    article_urls, listing_urls, never_urls: regular expressions, searched for in an address: fetched first; followed,
    but never stored; never fetched. render: whether a browser shows pages before they are read; "auto": those whose
    HTML is an empty shell. settings: Scrapy settings of this portal's crawl.
    headers: sent to the portal's own hosts. login: `user` and `password` of basic authentication. proxy: address of
    an HTTP proxy. Secrets in these three are names of environment variables, see `secrets.py`.
    """

    name: str
    start_urls: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    timezone: str | None = None
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    selectors: Mapping[str, str] = field(default_factory=dict)
    article_urls: tuple[str, ...] = ()
    listing_urls: tuple[str, ...] = ()
    never_urls: tuple[str, ...] = ()
    render: bool | Literal["auto"] = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    login: Mapping[str, str] = field(default_factory=dict)
    proxy: str | None = None

    def all_settings(self) -> dict[str, Any]:
        """Return the Scrapy settings of this portal's crawl, with those that follow from other keys."""
        mode = {"RENDER": "always" if self.render is True else "auto"} if self.render else {}
        return {**mode, **self.settings}
