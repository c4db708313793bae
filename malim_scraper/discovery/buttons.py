"""Where a list goes on without a link: buttons that load more, `Link` headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import cast

from lxml import etree

from malim_scraper.extraction.page import Page
from malim_scraper.labels import labels
from malim_scraper.text import fold

_MAX = 20
_ATTRIBUTES = ("data-url", "data-href", "data-next", "data-next-url", "data-next-page", "data-load-url",
               "data-ajax-url", "hx-get", "data-infinite-next")
_SELECT = "//*[{}]".format(" or ".join(f"@{name}" for name in _ATTRIBUTES))
_NAMED = re.compile(r"more|load|next|infinite|pagin|esche|eshche|jukteu|zhukteu", re.IGNORECASE)
_LINK = re.compile(r"<([^<>]{1,2000})>([^,<]{0,500})")
_IS_NEXT = re.compile(r"""rel\s?=\s?["']?[^"';]{0,50}\bnext\b""", re.IGNORECASE)


def find_buttons(page: Page) -> list[str]:
    """Return the addresses, as written, that buttons of a page load: those that say "more" by text, class or id.

    Other elements with such attributes share a page or open a picture.
    """
    found = []
    for element in cast("list[etree._Element]", page.root.xpath(_SELECT))[:200]:
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _NAMED.search(name) or fold("".join(map(str, element.itertext()))[:60]) in labels("next_page"):
            value = next(value for name in _ATTRIBUTES if (value := element.get(name)) is not None)
            if value.startswith(("/", "?", "http://", "https://")):
                found.append(value)
    return list(dict.fromkeys(found))[:_MAX]


def read_link_header(values: Iterable[str]) -> list[tuple[str, str]]:
    """Return the next pages that `Link` headers name, as (rel, href) like those of `<link>` elements.

    Source: RFC 8288, 3.

    >>> read_link_header(['</a?page=1>; rel="prev", </a?page=3>; rel="next"'])
    [('next', '/a?page=3')]
    """
    links = (found for value in values for found in _LINK.finditer(value[:8_000]))
    return [("next", found[1]) for found in links if _IS_NEXT.search(found[2])]
