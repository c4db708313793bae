"""What a site calls itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from malim_scraper.extraction.metatags import meta_values
from malim_scraper.labels import label_key

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

LONGEST = 60  # characters of a name
_HOST_PARTS = frozenset(("www", "m", "amp", "news", "com", "co", "org", "net", "de", "kz", "ru"))


def read_site_names(page: Page) -> frozenset[str]:
    """Return the names of a page's site, as `label_key` folds them, without spaces: of its metadata and of its host."""
    found = {_key(content) for content, _, _ in meta_values(page, "site") if len(content) < LONGEST}
    host = page.url.partition("://")[2].partition("/")[0].lower().partition(":")[0].removeprefix("www.")
    found.add(_key(host))
    found.update(_key(part) for part in host.split(".")[:-1] if part not in _HOST_PARTS)
    return frozenset(name for name in found if len(name) > 1)


def is_site_name(text: str, names: frozenset[str]) -> bool:
    """Tell whether a text is a name of the site: one of `page.site_names`, or one that holds or is held by it.

    >>> is_site_name("Malim.kz жаңалықтары", frozenset({"malimkz"})), is_site_name("Жаңбыр", frozenset({"malimkz"}))
    (True, False)
    """
    bare = _key(text)
    if not bare or bare in names or label_key(text).split(" ")[0] in names:
        return True
    return len(bare) <= 30 and any(
        (len(name) > 3 and name in bare) or (len(bare) > 3 and bare in name) for name in names
    )


def _key(text: str) -> str:
    return label_key(text).replace(" ", "")
