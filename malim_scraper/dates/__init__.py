"""Dates as portals print them."""

from malim_scraper.dates.find import find_dates
from malim_scraper.dates.moment import read_moment
from malim_scraper.dates.read import parse_date, read_date
from malim_scraper.dates.resolve import DateReading

__all__ = ["DateReading", "find_dates", "parse_date", "read_date", "read_moment"]
