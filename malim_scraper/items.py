"""The record: one `Article` per article and revision, its fields in the order in which they are stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

BlockType = Literal["paragraph", "heading", "quote", "list_item"]


@dataclass(slots=True)
class Block:
    """One piece of the body.

    type: `paragraph`, `heading` (a sub-heading), `quote` or `list_item`.
    text: its text, white space folded.
    """

    type: BlockType
    text: str


@dataclass(slots=True)
class Image:
    """An image of the article.

    url: absolute, the largest form that the page offers.
    caption: as printed, else null.
    """

    url: str
    caption: str | None = None


@dataclass(slots=True)
class RelatedItem:
    """An article that the page presents as related to this one (schema.org `relatedLink`).

    title: as printed. url: absolute. date_published: ISO 8601 or null. date_published_raw: as printed.
    summary: what the block, or a second block with the same title, prints under it.
    """

    title: str
    url: str
    date_published: str | None = None
    date_published_raw: str | None = None
    summary: str | None = None


@dataclass(slots=True)
class Article:
    """A news article as one record of a dataset; an absent value is null or empty, never made up.

    id: stable, from the canonical URL.
    url: the address that was fetched. canonical_url: the article's own address, as the page and the URL rules say.
    portal: the profile's name, or the host.
    title: the headline as printed, without the site's name (schema.org `headline`).
    authors: names as printed, in order (schema.org `author`).
    date_published: ISO 8601; `2021-02-19` when the page shows only a day, else with the portal's offset.
        Straight from `extraction.parse` it is still the text as printed.
    date_published_raw: the text that it was read from.
    date_modified: same form (schema.org `dateModified`).
    lead: the summary that the page prints or declares (schema.org `description`).
    body: the texts of `blocks`, separated by one empty line (schema.org `articleBody`).
    blocks: the same text in order, each with its type.
    section: the rubric (schema.org `articleSection`). tags: topics of this article (schema.org `keywords`).
    images: of the article only. related: in page order.
    language: BCP 47, with the script where it is not the usual one (`kk-Latn`).
    free_access: what the page declares (schema.org `isAccessibleForFree`), else null.
    revision: 1 at first sight, one more each time title, body or date_published changes.
    content_hash: of title, body and date_published.
    first_seen_at, crawled_at: ISO 8601, UTC; null where there was no crawl.
    provenance: for each field, which evidence gave it (`json-ld`, `opengraph`, `label`, …).
    warnings: short codes, such as `no-author`, `date-conflict`, `future-date`.
    """

    id: str
    url: str
    canonical_url: str
    portal: str
    title: str
    authors: list[str] = field(default_factory=list)
    date_published: str | None = None
    date_published_raw: str | None = None
    date_modified: str | None = None
    lead: str | None = None
    body: str = ""
    blocks: list[Block] = field(default_factory=list)
    section: str | None = None
    tags: list[str] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    related: list[RelatedItem] = field(default_factory=list)
    language: str = "und"
    free_access: bool | None = None
    revision: int = 1
    content_hash: str = ""
    first_seen_at: str | None = None
    crawled_at: str | None = None
    provenance: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain dicts and lists, keys in record order."""
        return {name: _plain(getattr(self, name)) for name in Article.__slots__}

    @classmethod
    def from_dict(cls, record: dict[str, Any]) -> Article:
        """Build an Article from one line of `articles.jsonl`; a key that no Article has is a TypeError."""
        values = dict(record)
        for key, part in (("blocks", Block), ("images", Image), ("related", RelatedItem)):
            values[key] = [part(**item) for item in record.get(key, ())]
        return cls(**values)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, Block | Image | RelatedItem):
        return {name: getattr(value, name) for name in value.__slots__}
    return dict(value) if isinstance(value, dict) else value
