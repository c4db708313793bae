"""`scrapy crawl`, with the exit codes and the one-line errors of `malim crawl`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys

from scrapy.commands import crawl
from scrapy.crawler import Crawler
from scrapy.exceptions import UsageError
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from malim_scraper.errors import MalimError
from malim_scraper.spiders.portal import PortalSpider

logger = logging.getLogger(__name__)


class Command(crawl.Command):
    """Scrapy's command; a portal that cannot be crawled, or arguments that cannot be read, are told in one line."""

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run the spider of this name and set the exit code."""
        if len(args) != 1 or self.crawler_process is None:
            raise UsageError
        if args[0] not in (names := self.crawler_process.spider_loader.list()):
            raise UsageError(f"there is no spider '{args[0]}'. Known spiders: {', '.join(names)}.", print_help=False)
        self._error: MalimError | None = None
        crawler = self._create_crawler(args[0])
        crawling = self.crawler_process.crawl(crawler, **opts.spargs)
        if isinstance(crawling, Deferred):
            crawling.addErrback(self._note_failure)
        elif isinstance(crawling, asyncio.Task):
            crawling.add_done_callback(self._note_end)
        self.crawler_process.start()
        self.exitcode = self._conclude(crawler, is_broken=self.crawler_process.bootstrap_failed)

    def _note_end(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), MalimError):
            self._error = error
        elif not task.cancelled():
            task.result()  # raises what is no fault of the user's, so that it is told with its traceback

    def _note_failure(self, failure: Failure) -> Failure | None:
        if not isinstance(failure.value, MalimError):
            return failure
        self._error = failure.value
        return None

    def _conclude(self, crawler: Crawler, *, is_broken: bool) -> int:
        if self._error is not None:
            self._tell(f"Error: {self._error}")
            return self._error.exit_code
        spider = crawler.spider
        if is_broken or not isinstance(spider, PortalSpider):
            return int(is_broken)
        for failure in spider.failures:
            self._tell(f"Error: {failure}")
        for alarm in spider.run.alarms:
            self._tell(f"Unhealthy: {alarm}")
        return 1 if spider.failures else 3 if spider.run.alarms else 0

    def _tell(self, line: str) -> None:
        """Say what is wrong where people look: in the log when it is a file, as under Scrapyd, else on the terminal."""
        if self.settings is not None and self.settings["LOG_FILE"]:
            logger.error("%s", line)
        else:
            sys.stderr.write(f"{line}\n")
