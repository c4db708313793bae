"""What a probe found, as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from malim_scraper.probe.fields import FieldRow


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says. status: of its HTTP answer, 0 without one. allowed: whether the start page may be fetched.

    crawl_delay: seconds, as far as it asks for any.
    """

    status: int
    allowed: bool = True
    crawl_delay: float | None = None
    sitemaps: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """A sitemap or feed. kind: `sitemap`, `sitemap index`, `news sitemap`, `feed`, or why it could not be read.

    entries: addresses in it. newest: the latest moment that it names, ISO 8601. note: what to know of its dates.
    """

    url: str
    kind: str
    entries: int = 0
    newest: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression for addresses, with how many of those seen it matches and one of them."""

    regex: str
    matches: int
    example: str


@dataclass(frozen=True, slots=True)
class Guess:
    """A value that was concluded, or None, and from what."""

    value: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A page that was extracted. record: None when it is no article. note: what stands in the way of extraction."""

    name: str
    record: dict[str, Any] | None
    rows: list[FieldRow] = field(default_factory=list)
    note: str = ""


@dataclass(slots=True)
class Report:
    """What a probe found.

    target: as named. url: where it led to. requests: how many were sent. technology: names of systems, with their
    sign on the page. samples: pages that were extracted. pages, articles: of a saved folder. advice: what to do next.
    """

    target: str
    url: str = ""
    requests: int = 0
    robots: Robots | None = None
    sources: list[Source] = field(default_factory=list)
    article_patterns: list[Pattern] = field(default_factory=list)
    listing_patterns: list[Pattern] = field(default_factory=list)
    technology: dict[str, str] = field(default_factory=dict)
    language: Guess = Guess(None, "no text was read")
    timezone: Guess = Guess(None, "no date was read")
    samples: list[Sample] = field(default_factory=list)
    pages: int = 0
    articles: int = 0
    problems: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON can hold it."""
        return asdict(self)
