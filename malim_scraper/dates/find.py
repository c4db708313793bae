"""The dates printed in a longer line."""

import re

from malim_scraper.dates.mention import Line
from malim_scraper.dates.scan import find_mentions

MAX_LENGTH = 300
_DIGIT = re.compile(r"\d")


def find_dates(text: str) -> list[str]:
    """The dates of a line as printed, each with its time; `parse_date` reads each of them.

    text: a line of at most 300 characters, else nothing is looked for. Never raises.

    >>> find_dates("Сұхбат • 21 Ақпан, 2025")
    ['21 Ақпан, 2025']
    """
    if len(text) > MAX_LENGTH:
        return []
    line = Line(text)
    return [line.printed[mention.start : mention.end].strip() for mention in find_mentions(line)]
