"""Turns news portals into research-grade datasets."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from malim_scraper.dates import parse_date
    from malim_scraper.export.reading import read
    from malim_scraper.extraction import explain, extract
    from malim_scraper.items import Article
    from malim_scraper.streaming import crawl

__all__ = ["Article", "crawl", "explain", "extract", "parse_date", "read"]

_HOME = {
    "Article": "items", "crawl": "streaming", "explain": "extraction", "extract": "extraction", "parse_date": "dates",
    "read": "export.reading",
}


def __getattr__(name: str) -> Any:  # imported on first use: `extract` must not pay for Scrapy
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
