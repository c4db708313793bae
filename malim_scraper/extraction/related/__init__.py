"""Related items: `items.py` finds them in `sections.py` that headings or names open, as cards with their titles."""

from malim_scraper.extraction.related.items import find_related

__all__ = ["find_related"]
