"""What is asked of the replica's server, what it answers, and the answers that are no article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from malim_scraper.demo import modern
from malim_scraper.demo.replica import Replica

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. match: the named parts of the address. query: its parameters, the first value of each."""

    replica: Replica
    match: Mapping[str, str]
    query: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server sends. last_modified: of the content, where the portal knows it."""

    status: int
    content_type: str
    body: bytes
    last_modified: datetime | None = None


def plain(asked: Asked, title: str, text: str, status: int = 200) -> Answer:
    """Answer with a page that is no article; text: ready HTML."""
    return Answer(status, HTML, modern.plain_page(asked.replica, title, text).encode())


def not_found(asked: Asked) -> Answer:
    """Answer that there is no such page."""
    return plain(asked, "404", "<p>Бет табылмады. Мекенжайды тексеріңіз.</p>", 404)


def gone(asked: Asked) -> Answer:
    """Answer that an article was taken away."""
    return plain(asked, "410", "<p>Бұл мақала жойылған.</p>", 410)
