"""AMP, print and mobile forms of a page, folded to the plain one."""

import re
from functools import lru_cache
from urllib.parse import urlunsplit

from malim_scraper.urls.fold import fold_url, split

_FORMS = frozenset(("amp", "print", "amphtml", "printable"))
_FORM_PARAMETERS = {
    "amp": ("", "1", "true", "yes"), "print": ("", "1", "true", "yes", "y"), "printable": ("", "1", "true", "yes"),
    "mobile": ("", "1", "true", "yes"), "m": ("0", "1"), "outputtype": ("amp",), "view": ("print", "amp"),
    "format": ("print", "amp"), "version": ("print", "amp", "mobile"), "mode": ("print", "amp"), "tmpl": ("component",),
}
_SUFFIX = re.compile(r"\.(?:amp|print)(?=(?:\.html?)?$)", re.IGNORECASE)
_DLE_PRINT = re.compile(r"/print:page,[0-9]+,(?=[^/]+$)")  # DataLife Engine: /2024/print:page,1,17-slug.html
_MOBILE_HOSTS = ("m.", "mobile.", "wap.")


@lru_cache(maxsize=8_192)
def article_url(url: str, *, mobile_hosts: bool = False) -> str:
    """Return the address of the plain form of a page, folded; the same as `fold_url` when it is the plain form.

    url: an address. mobile_hosts: fold `m.host` to `host`, which is right only where both are the portal's.
    A form is not folded when too little would be left to name a page: `/print/5`, `/amp/`.

    >>> article_url("https://amp.malim.kz/amp/news/5-zhana/?outputType=amp")
    'https://malim.kz/news/5-zhana/'
    """
    folded = fold_url(url)
    parts = split(folded)
    if parts is None:
        return folded
    netloc = parts.netloc
    for prefix in ("amp.", *(_MOBILE_HOSTS if mobile_hosts else ())):
        if netloc.startswith(prefix) and netloc.count(".") > 1:
            netloc = netloc.removeprefix(prefix)
    query = "&".join(pair for pair in parts.query.split("&") if not _is_form(pair))
    return urlunsplit((parts.scheme, netloc, _plain_path(parts.path), query, ""))


def _is_form(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return value in _FORM_PARAMETERS.get(name, ())


def _plain_path(path: str) -> str:
    path = _DLE_PRINT.sub("/", _SUFFIX.sub("", path))
    segments = path.strip("/").split("/")
    if len(segments) > 1 and segments[-1].lower() in _FORMS:
        return "/" + "/".join(segments[:-1]) + ("/" if path.endswith("/") else "")
    rest = segments[1:]
    if segments[0].lower() in _FORMS and rest and not (len(rest) == 1 and rest[0].isdigit()):
        return "/" + "/".join(rest) + ("/" if path.endswith("/") else "")
    return path
