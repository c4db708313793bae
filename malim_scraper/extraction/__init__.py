"""HTML to Article: pure, no network, no clock, no state between pages.

`parse` chooses the evidence and keeps dates as printed; `normalise` turns them into ISO 8601; `extract` is both.
"""

from malim_scraper.extraction.explanation import Explanation
from malim_scraper.extraction.normalise import normalise
from malim_scraper.extraction.record import examine, explain, extract, parse
from malim_scraper.extraction.visible import visible_fields

__all__ = ["Explanation", "examine", "explain", "extract", "normalise", "parse", "visible_fields"]
