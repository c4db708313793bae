"""The one spelling of an address, and the key that two spellings of one page share."""

import re
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from malim_scraper.urls.parameters import is_tracking

_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]+")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_HOST = re.compile(r"[0-9a-z._~!$&()*+,;=:-]+")
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*", re.IGNORECASE)
_COOKIELESS = re.compile(r"/\([A-Z]\([0-9A-Za-z_-]+\)\)(?=/|$)")  # ASP.NET: /(S(lit3py55t21z5v55vlm25s55))/page.aspx
# What most addresses are: quick to split, and folded already when nothing in them is to be escaped or left out
_PLAIN = re.compile(r"(https?)://((?:[a-z0-9-]+\.)+[a-z0-9-]+)(/[^?#\\]*)(?:\?([^#\\]*))?")
_FOLDED = re.compile(r"https?://(?:[a-z0-9-]+\.)+[a-z0-9-]+(?=/)(?:/[A-Za-z0-9_~-][A-Za-z0-9_~.-]*)*/?")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)


@lru_cache(maxsize=8_192)
def fold_url(url: str) -> str:
    """Return an address in its one spelling: what a record stores and what is fetched.

    Folded: letter case of scheme and host, international host names, default port, credentials, fragment, tracking and
    session parameters, dot segments, double slashes, percent-encoding. Kept: scheme, `www.`, order of parameters.
    Idempotent. Never raises: what is no http or https address comes back without its white space.
    Source: RFC 3986, 6.2.2 and 6.2.3.

    >>> fold_url("HTTP://Malim.KZ:80/жаңа//a/../?utm_source=x&id=5#top")
    'http://malim.kz/%D0%B6%D0%B0%D2%A3%D0%B0/?id=5'
    """
    if len(url) <= 20_000 and _FOLDED.fullmatch(url):
        return url
    text = _CONTROL.sub("", url[:20_000])
    parts = split(text)
    if parts is None:
        return text
    path = _fold_path(parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, _fold_query(parts.query, path), ""))


@lru_cache(maxsize=8_192)
def url_key(url: str) -> str:
    """Return what all addresses of one page share.

    That is `fold_url` without scheme, `www.`, last slash, `index.html` and the order of parameters.
    AMP, print and mobile forms differ; `url_key(article_url(url))` folds them too.

    >>> url_key("https://www.malim.kz/news/5/") == url_key("http://malim.kz/news/5?utm_medium=rss")
    True
    """
    folded = fold_url(url)
    parts = split(folded)
    if parts is None:
        return folded
    path = _INDEX.sub("/", parts.path).rstrip("/") or "/"
    query = "&".join(sorted(parts.query.split("&"))) if parts.query else ""
    return parts.netloc.removeprefix("www.") + path + ("?" + query if query else "")


def article_id(canonical_url: str) -> str:
    """Return the id of a record: 16 hexadecimal digits that all spellings of its canonical address share."""
    return blake2b(url_key(canonical_url).encode("utf-8", "replace"), digest_size=8).hexdigest()


@lru_cache(maxsize=8_192)
def split(url: str) -> SplitResult | None:
    """Split an http or https address, its host folded and without credentials; None when it is none.

    The port is left out where it is the scheme's own.
    """
    if url.isprintable() and (plain := _PLAIN.fullmatch(url)):
        scheme, netloc, path, query = plain.groups("")
        return SplitResult(scheme, netloc, path, query, "")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or "\\" in parts.netloc or not (host := _fold_host(host)):
        return None  # clients disagree on which side of a backslash the host is
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        netloc += f":{port}"
    return parts._replace(netloc=netloc)


def _fold_host(host: str) -> str:
    host = host.lower()
    try:
        host = host.rstrip(".") if host.isascii() else host.encode("idna").decode("ascii").rstrip(".")
    except UnicodeError:
        return ""
    return host if _HOST.fullmatch(host) else ""


def _fold_path(path: str) -> str:
    path = _escape(_COOKIELESS.sub("", _SESSION.sub("", path)), "/:@!$&'()*+,;=~%")
    segments: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del segments[-1:]
        elif segment not in ("", "."):
            segments.append(segment)
    ends = path.endswith(("/", "/.", "/..")) or path in ("", ".", "..")
    return "/" + "/".join(segments) + ("/" if ends and segments else "")


def _fold_query(query: str, path: str) -> str:
    if not query:
        return ""
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if pair and not is_tracking(name, value, path):
            kept.append(_escape(pair, "/?:@!$'()*+,;=~%").replace("%20", "+"))
    return "&".join(kept)


def _escape(text: str, safe: str) -> str:
    """Percent-encode what must be, decode what need not be."""
    if "%" in text:
        text = _STRAY_PERCENT.sub("%25", text)
    text = quote(text, safe=safe, errors="replace")
    return _ESCAPE.sub(_fold_escape, text) if "%" in text else text


def _fold_escape(found: re.Match[str]) -> str:
    char = chr(int(found[0][1:], 16))
    return char if char in _UNRESERVED else found[0].upper()
