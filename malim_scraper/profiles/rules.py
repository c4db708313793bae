"""What a profile says of addresses: articles, lists, never to be fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from malim_scraper.profiles.portal import Portal

Kind = Literal["article", "listing", "never", ""]


@dataclass(frozen=True, slots=True)
class UrlRules:
    """The regular expressions of a profile; `never` wins over `article`, `article` over `listing`."""

    never: tuple[re.Pattern[str], ...] = ()
    article: tuple[re.Pattern[str], ...] = ()
    listing: tuple[re.Pattern[str], ...] = ()

    def kind(self, url: str) -> Kind:
        """Return what the profile says of an address, empty when it says nothing."""
        if not (self.never or self.article or self.listing):  # asked for each link of each page
            return ""
        rules: tuple[tuple[Kind, Sequence[re.Pattern[str]]], ...] = (
            ("never", self.never), ("article", self.article), ("listing", self.listing))
        return next((kind for kind, patterns in rules if any(pattern.search(url) for pattern in patterns)), "")


def rules_of(portal: Portal | None) -> UrlRules:
    """Return the rules of a portal; without a profile they say nothing."""
    return _rules(portal.never_urls, portal.article_urls, portal.listing_urls) if portal else UrlRules()


@lru_cache(maxsize=64)
def _rules(*groups: tuple[str, ...]) -> UrlRules:
    return UrlRules(*(tuple(map(re.compile, group)) for group in groups))
