"""`Crawl-delay` and `Request-rate` of robots.txt. Downloader middleware, 90; it only listens to signals.

Scrapy parses both and acts on neither. Source: the protego documentation; they are no part of RFC 9309.
"""

import logging

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.robotstxt import RobotParser
from scrapy.settings import SETTINGS_PRIORITIES

from malim_scraper.middlewares.slots import host_slots
from malim_scraper.urls import host_of

logger = logging.getLogger(__name__)
_LONG = 30.0  # seconds; a longer delay is worth a warning


class CrawlDelayMiddleware:
    """Waits between the requests to a host as long as its robots.txt asks.

    A DOWNLOAD_DELAY given on the command line wins; one of a profile is the least that is waited; the general default
    gives way. AutoThrottle may slow down further.
    """

    def __init__(self, crawler: Crawler, least: float) -> None:
        self.crawler = crawler
        self.least = least
        self.delays: dict[str, float] = {}  # host → seconds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "CrawlDelayMiddleware":
        """Make the middleware of a crawl."""
        priority = crawler.settings.getpriority("DOWNLOAD_DELAY") or 0
        if priority >= SETTINGS_PRIORITIES["cmdline"]:
            raise NotConfigured
        own = priority > SETTINGS_PRIORITIES["project"]
        middleware = cls(crawler, crawler.settings.getfloat("DOWNLOAD_DELAY") if own else 0.0)
        crawler.signals.connect(middleware.robots_parsed, signal=signals.robots_parsed)
        crawler.signals.connect(middleware.request_reached_downloader, signal=signals.request_reached_downloader)
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        return middleware

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Remember what a host asks for."""
        agent = self.crawler.settings["ROBOTSTXT_USER_AGENT"] or self.crawler.settings["USER_AGENT"]
        delay = _delay(robotparser, agent)
        if delay is None:
            return
        host = host_of(request.url)
        self.delays[host] = max(delay, self.least)
        log = logger.warning if delay > _LONG else logger.info
        log("robots.txt of %s asks for %g s between requests", host, delay)
        self._apply(host)

    def request_reached_downloader(self, request: Request, spider: Spider) -> None:
        """Slow down a queue that is new."""
        self._apply(host_of(request.url))

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        """Undo what AutoThrottle made faster, before the next request is taken from the queue."""
        self._apply(host_of(request.url))

    def _apply(self, host: str) -> None:
        delay = self.delays.get(host)
        if delay is None:
            return
        general = self.crawler.settings.getfloat("DOWNLOAD_DELAY")
        for slot in host_slots(self.crawler, host):
            if slot.latercall and not slot.queue and delay < slot.delay == general:
                slot.latercall.cancel()  # set when robots.txt was asked; the next request would wait the old delay
                slot.latercall = None
            slot.delay = delay if slot.delay == general else max(slot.delay, delay)


def _delay(robots: RobotParser, agent: str) -> float | None:
    """Return the seconds between two requests that a robots.txt asks for, or None."""
    delays = [delay for delay in (robots.crawl_delay(agent), _rate_delay(robots, agent)) if delay and delay > 0]
    return max(delays, default=None)


def _rate_delay(robots: RobotParser, agent: str) -> float | None:
    read_rate = getattr(getattr(robots, "rp", None), "request_rate", None)
    rate = read_rate(agent) if read_rate else None
    return rate.seconds / rate.requests if rate and rate.requests else None
