"""What a crawl left out, counted by reason: `malim/left_out/<reason>` in its stats."""

from scrapy.crawler import Crawler

PREFIX = "malim/left_out/"


def count_left_out(crawler: Crawler, reason: str) -> None:
    """Count one address that was not fetched or whose answer was given up.

    reason: a short word, such as `foreign-host`, `private-address`, `no-page`, `too-large`, `too-slow`, `retry-after`.
    """
    if crawler.stats is not None:
        crawler.stats.inc_value(PREFIX + reason)
