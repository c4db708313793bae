"""What the pages of a portal say, as hashes: whether two addresses show the same article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from malim_scraper.dataset.state import State
from malim_scraper.dates import parse_date
from malim_scraper.items import Article
from malim_scraper.text import fold
from malim_scraper.urls import url_key
from malim_scraper.urls.hosts import portal_key

_OPENING = 200  # characters of the body
_DAY = timedelta(days=1)
_NOTE = "INSERT OR REPLACE INTO wordings VALUES(?, ?, ?, ?, ?, ?, ?, ?)"
_OF_ADDRESS = "SELECT title, opening, text, published, is_vague FROM wordings WHERE portal = ? AND key = ?"
_STRANGERS = """SELECT url FROM pages JOIN wordings USING (portal, key)
 WHERE portal = ? AND target = ? AND outcome = 'moved' AND own = 0 AND title != ? AND opening != ?"""
_OF_TEXT = "SELECT article, published, is_vague FROM wordings WHERE portal = ? AND text = ? AND article IS NOT NULL"


@dataclass(frozen=True, slots=True)
class Wording:
    """What one page says.

    title, opening, text: hashes of the title, of the body's beginning, and of title and body. published: ISO 8601 or
    None. is_vague: whether the page only shows how long ago it was.
    """

    title: int
    opening: int
    text: int
    published: str | None
    is_vague: bool

    @classmethod
    def of(cls, title: str, body: str, published: str | None, raw: str | None) -> Wording:
        """Make it from the fields of a record; raw: the date as printed."""
        return cls(_hash(title), _hash(body[:_OPENING]), _hash(f"{title}\n{body}"), published,
                   published is not None and raw is not None and parse_date(raw) is None)

    def is_of(self, other: Wording) -> bool:
        """Tell whether both pages may show one article: with the same title, or the same beginning."""
        return self.title == other.title or self.opening == other.opening


def note_article(state: State, article: Article) -> None:
    """Keep what the page of a stored article says; sqlite3.Error passes through."""
    _note_both(state, article.portal, (article.canonical_url, article.url), article.id,
               Wording.of(article.title, article.body, article.date_published, article.date_published_raw))


def note_record(state: State, record: Mapping[str, Any]) -> None:
    """Keep what the pages of a record say; sqlite3.Error passes through."""
    published, raw = record.get("date_published"), record.get("date_published_raw")
    wording = Wording.of(str(record.get("title") or ""), str(record.get("body") or ""),
                         str(published) if published else None, str(raw) if raw else None)
    urls = (str(record.get("canonical_url")), str(record.get("url")))
    _note_both(state, str(record.get("portal", "")), urls, str(record["id"]), wording)


def note_page(state: State, portal: str, url: str, article: Article) -> None:
    """Keep what a page says that is not stored, since it names another address as its own."""
    wording = Wording.of(article.title, article.body, None, None)
    _note(state, portal, url_key(url), wording, None)


def find_wording(state: State, portal: str, url: str) -> Wording | None:
    """Return what the page of an address said, or None when that is not known. url: an address or its key."""
    row = state.db.execute(_OF_ADDRESS, (portal, url_key(url))).fetchone()
    return Wording(row[0], row[1], row[2], row[3], bool(row[4])) if row else None


def find_twin(state: State, article: Article, now: datetime) -> str | None:
    """Return the id of another article of the portal with the same title and body, one of them dated vaguely.

    Two pages that say "3 hours ago" are read at two moments, so their dates differ; notices in the same words of two
    days stay apart when both show the day.
    """
    own = Wording.of(article.title, article.body, article.date_published, article.date_published_raw)
    for other, published, is_vague in state.db.execute(_OF_TEXT, (portal_key(article.portal, article.url), own.text)):
        if other != article.id and (own.is_vague or is_vague) and _are_near(own.published, published, now):
            return str(other)
    return None


def find_strangers(state: State, portal: str, url: str, article: Article) -> list[str]:
    """Return the addresses of the pages that name an article's address as their own, but show something else."""
    own = Wording.of(article.title, article.body, None, None)
    return [found for found, in state.db.execute(_STRANGERS, (portal, url_key(url), own.title, own.opening))]


def _note_both(state: State, portal: str, urls: Iterable[str], article: str, wording: Wording) -> None:
    for key, url in {url_key(url): url for url in urls}.items():
        _note(state, portal_key(portal, url), key, wording, article)


def _note(state: State, portal: str, key: str, wording: Wording, article: str | None) -> None:
    state.db.execute(_NOTE, (portal, key, wording.title, wording.opening, wording.text, wording.published,
                             wording.is_vague, article))


def _are_near(one: str | None, other: str | None, now: datetime) -> bool:
    """Whether two dates may be one: the older, the vaguer is what a page says of it."""
    first, second = _moment(one), _moment(other)
    if first is None or second is None:
        return False
    return abs(first - second) <= max(_DAY, abs(now - first) / 2)


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(fold(text).encode("utf-8", "replace"), digest_size=8).digest(), signed=True)
