"""`malim extract --explain --html`: one page's extraction as a page to look at."""

from __future__ import annotations

import zlib
from datetime import datetime
from pathlib import Path

import click

from malim_scraper.archives.saved import Saved, find_address
from malim_scraper.errors import MalimError
from malim_scraper.extraction import explain
from malim_scraper.extraction.page import Page, parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.profiles import Portal


def write_document(path: str, saved: Saved, portal: Portal | None, url: str, timezone: str | None,
                   crawled_at: datetime | None) -> None:
    """Write what became of a saved page. Raises MalimError for a page that cannot be read or a file not written."""
    from malim_scraper.explaining import render_page

    try:
        html = saved.read()
    except (OSError, EOFError, zlib.error) as error:
        raise MalimError(f"{saved.name}: cannot be read ({error}).") from error
    if saved.problem:
        raise MalimError(f"{saved.name}: {saved.problem}.")
    address = url or saved.url or find_address(html)
    root = parse_html(html, saved.content_type)
    if root is None:
        raise MalimError(f"{saved.name}: holds no HTML.")
    page: Page = read_page(root, address)
    page.portal = portal
    found = explain(html, url=address, portal=portal, timezone=timezone, content_type=saved.content_type,
                    crawled_at=crawled_at or saved.fetched_at)
    try:
        Path(path).write_text(render_page(saved.name, page, found), "utf-8", "replace")
    except OSError as error:
        raise MalimError(f"{path}: cannot be written ({error.strerror}).") from error
    click.echo(f"Written: {path}", err=True)
