"""An extraction as one HTML page to look at: the page's text in colours, the record, the evidence."""

from malim_scraper.explaining.document import render_page

__all__ = ["render_page"]
