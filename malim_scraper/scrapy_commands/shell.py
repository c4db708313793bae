"""`scrapy shell` with `extract(response)` and `explain(response)` at hand."""

from __future__ import annotations

from typing import Any

from scrapy.commands import shell
from scrapy.http import Response

from malim_scraper.extraction import Explanation
from malim_scraper.extraction import explain as explain_html
from malim_scraper.items import Article


class Command(shell.Command):
    """Scrapy's shell command; what it offers besides is set in `update_vars`."""

    def update_vars(self, vars: dict[str, Any]) -> None:  # noqa: A002
        """Add `extract` and `explain` to the names of the shell."""
        vars["extract"] = extract
        vars["explain"] = explain


def explain(response: Response, **options: Any) -> Explanation:
    """Extract the article of a response, with all candidates. options: those of `malim_scraper.explain`."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1") or None
    return explain_html(response.body, url=response.url, content_type=kind, **options)


def extract(response: Response, **options: Any) -> Article | None:
    """Extract the article of a response, or None. options: those of `malim_scraper.extract`."""
    return explain(response, **options).article
