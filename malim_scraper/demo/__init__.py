"""A replica of a news portal: a real HTTP server on loopback with its own articles, in two markups, and their truth."""

from malim_scraper.demo.replica import Replica
from malim_scraper.demo.server import serve
from malim_scraper.demo.truth import truth

__all__ = ["Replica", "serve", "truth"]
