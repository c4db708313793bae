"""Pages under the eye of a probe: read once, judged again when more is known of their portal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from malim_scraper.encoding import decode
from malim_scraper.extraction import Explanation, explain
from malim_scraper.extraction.page import Page, parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Article
from malim_scraper.probe.fields import field_rows
from malim_scraper.probe.report import Sample
from malim_scraper.probe.technology import browser_note
from malim_scraper.profiles import Portal


@dataclass(slots=True)
class Read:
    """A page that was read. source: its text. page: parsed, None when it holds no HTML."""

    name: str
    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    page: Page | None = None

    def __post_init__(self) -> None:
        self.source = decode(self.body, self.headers.get("content-type"))
        root = parse_html(self.source)
        self.page = read_page(root, self.url) if root is not None else None

    def explain(self, *, portal: Portal | None, timezone: str | None, crawled_at: datetime) -> Explanation:
        """Extract the page, with all candidates."""
        return explain(self.source, url=self.url, portal=portal, timezone=timezone, crawled_at=crawled_at)

    def sample(self, **known: Any) -> Sample:
        """Return the page as a sample of its portal; `known` goes to `explain`."""
        found = self.explain(**known)
        if found.article is None:
            note = browser_note(self.source, self.page) if self.page else "it holds no HTML"
            return Sample(self.name, None, [], note)
        return Sample(self.name, found.article.to_dict(), field_rows(found))

    def note(self) -> str:
        """Return why the page cannot be read without a browser, or an empty text."""
        return browser_note(self.source, self.page) if self.page else ""


def moments_of(article: Article) -> list[datetime]:
    """Return the aware points in time at which an article was published and changed; days are left out."""
    texts = [article.date_published, article.date_modified]
    return [datetime.fromisoformat(text) for text in texts if text and "T" in text]
