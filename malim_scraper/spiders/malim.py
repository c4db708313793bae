"""The flagship portal, malim.kz, by its profile."""

from typing import TYPE_CHECKING, Any, Self

from malim_scraper.spiders.portal import PortalSpider

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class MalimSpider(PortalSpider):
    """Crawls malim.kz; takes the arguments of `PortalSpider` but for the portal."""

    name = "malim"

    @classmethod
    def from_crawler(cls, crawler: "Crawler", *args: Any, **kwargs: Any) -> Self:
        """Make the spider with the packaged profile."""
        return super().from_crawler(crawler, *args, **{"portal": "malim", **kwargs})
