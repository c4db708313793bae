"""The dataset folder: records, state, runs. No Scrapy, no network."""

from malim_scraper.dataset.folder import Folder
from malim_scraper.dataset.frontier import Frontier, PageRow
from malim_scraper.dataset.records import iter_records
from malim_scraper.dataset.runs import Run, iter_runs
from malim_scraper.dataset.state import State
from malim_scraper.dataset.store import Store, content_hash

__all__ = ["Folder", "Frontier", "PageRow", "Run", "State", "Store", "content_hash", "iter_records", "iter_runs"]
