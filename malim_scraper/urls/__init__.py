"""Addresses: how they are folded, which are a portal's own, which are never fetched. Pure."""

from malim_scraper.urls.fold import article_id, fold_url, url_key
from malim_scraper.urls.forms import article_url
from malim_scraper.urls.homes import Homes
from malim_scraper.urls.hosts import Site, host_of, is_own, is_private
from malim_scraper.urls.resolve import MAX_LENGTH, absolute, is_file

__all__ = ["MAX_LENGTH", "Homes", "Site", "absolute", "article_id", "article_url", "fold_url", "host_of", "is_file",
           "is_own", "is_private", "url_key"]
