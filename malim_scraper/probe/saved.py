"""A probe of saved pages: what extraction reads from them, without the network."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urljoin

from malim_scraper.discovery.links import find_links
from malim_scraper.errors import MalimError
from malim_scraper.probe.conclude import Findings
from malim_scraper.probe.samples import Read
from malim_scraper.profiles import Portal
from malim_scraper.urls import Site


def read_saved(target: str, pages: Iterable[Read], portal: Portal | None, now: datetime) -> Findings:
    """Read saved pages of one portal.

    target: the file or folder, as named. A MalimError when there is no page in it.
    """
    found: Findings | None = None
    for read in pages:
        if found is None:
            found = Findings(target, read, Site.of([read.url], portal.hosts if portal else ()), portal, now)
        found.learn(read, asked=True)
        if read.page is not None and read.url:
            found.see(find_links(read.page, found.site), read)
    if found is None:
        raise MalimError(f"{target}: no saved page there.")
    return found


def home_of(url: str) -> str:
    """Return the start page of the portal that an address belongs to."""
    return urljoin(url, "/")
