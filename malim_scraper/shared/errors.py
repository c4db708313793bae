"""What can go wrong between workers, told in one line."""

from malim_scraper.errors import DatasetError


class SharedError(DatasetError):
    """Redis cannot be reached or used, or another worker is in the way."""
