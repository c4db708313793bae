"""The replica's articles and sections, read from the TOML files in `content`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from malim_scraper.items import Block, BlockType

ZONE = ZoneInfo("Asia/Almaty")
_MARKS: dict[str, BlockType] = {"## ": "heading", "> ": "quote", "- ": "list_item"}
_OTHER_FILES = ("sections.toml",)


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the replica.

    name: as in addresses and file names. title: as printed. language: BCP 47. markup: `modern` or `classic`.
    article, listing, page: forms of addresses. in_sitemap: whether the sitemaps hold it.
    """

    name: str
    title: str
    language: str
    markup: str
    article: str
    listing: str
    page: str
    in_sitemap: bool


@dataclass(frozen=True, slots=True)
class DemoArticle:
    """An article of the replica.

    published, modified: a day, or a moment of Almaty. images: captions, the n-th of the image `<id>-<n>.png`.
    related: ids. reach: the one place that leads to it (`listing`, `sitemap`, `feed`, `related`, `archive`, `tag`,
    `author`), or `all`.
    """

    id: int
    section: str
    title: str
    blocks: tuple[Block, ...]
    slug: str = ""
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    modified: datetime | None = None
    lead: str | None = None
    tags: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    related: tuple[int, ...] = ()
    reach: str = "all"

    @property
    def day(self) -> date | None:
        """The day of publication in Almaty."""
        return self.published.date() if isinstance(self.published, datetime) else self.published


def load_sections() -> dict[str, Section]:
    """Read the sections by name, in their order."""
    return {name: Section(name, **values) for name, values in _read("sections.toml").items()}


def load_articles() -> list[DemoArticle]:
    """Read all articles."""
    names = sorted(entry.name for entry in files(__package__).joinpath("content").iterdir())
    return [_article(name.removesuffix(".toml"), values)
            for name in names if name not in _OTHER_FILES for values in _read(name)["article"]]


def read_blocks(text: str) -> tuple[Block, ...]:
    """Read a body: paragraphs separated by an empty line; `## `, `> ` and `- ` begin a heading, quote and list item."""
    lines = [line for part in text.strip().split("\n\n") for line in part.split("\n")]
    return tuple(_block(line) for line in lines if line)


def _block(line: str) -> Block:
    for mark, kind in _MARKS.items():
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block("paragraph", line)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("content", name).read_text("utf-8"))


def _article(section: str, values: dict[str, Any]) -> DemoArticle:
    known = {key: _value(value) for key, value in values.items()}
    return DemoArticle(section=section, blocks=read_blocks(known.pop("body")), **known)


def _value(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=ZONE)
    return tuple(value) if isinstance(value, list) else value
