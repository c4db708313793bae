"""From what a page writes in `href` to an address that can be fetched."""

import re
from functools import lru_cache
from urllib.parse import urljoin, urlunsplit

from malim_scraper.urls.fold import split

MAX_LENGTH = 2_000  # longer ones are data or traps; what search engines and sitemaps allow is 2,048
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_USUAL = ("/", "https://", "http://")  # no other scheme
_ENDINGS = """
    jpg jpeg jpe jfif png gif webp avif svg bmp ico tif tiff heic psd ai eps
    pdf doc docx xls xlsx ppt pptx odt ods odp rtf epub fb2 djvu mobi csv
    mp3 m4a aac ogg oga opus wav flac wma amr mid
    mp4 m4v webm avi mov mkv wmv flv mpg mpeg 3gp ogv ts m3u m3u8 swf
    zip rar 7z tar tgz bz2 xz exe msi apk ipa dmg iso jar deb rpm bin torrent
    css js mjs map woff woff2 ttf otf eot json webmanifest
"""
_FILE_ENDINGS = frozenset(_ENDINGS.split())


def absolute(href: str, base: str) -> str | None:
    """Resolve what a page writes in a link against its base address.

    href: as written, white space around it and line breaks in it included. base: the page's address or its `<base>`.
    Returns an http or https address without fragment, or None for other schemes, for what cannot be read and for more
    than `MAX_LENGTH` characters. Never raises. Source: WHATWG URL, 4.4 (control characters, backslashes).

    >>> absolute(" /news/\\n5#top ", "https://malim.kz/list/"), absolute("mailto:a@malim.kz", "https://malim.kz/")
    ('https://malim.kz/news/5', None)
    """
    href = href[: MAX_LENGTH * 2].strip()
    if not href.isprintable():
        href = _CONTROL.sub("", href).strip()
    if not href:
        return None
    if not href.startswith(_USUAL):
        scheme = _SCHEME.match(href)
        if scheme and scheme[0].lower() not in ("http:", "https:"):
            return None
    if "\\" in href:
        address, question, query = href.partition("?")
        href = address.replace("\\", "/") + question + query
    if href.startswith(("https://", "http://")):
        return _checked(href)
    if href.startswith("/") and not href.startswith("//") and (origin := _origin(base)):
        return _checked(origin + href)
    try:
        return _checked(urljoin(base, href))
    except ValueError:
        return None


@lru_cache(maxsize=8_192)
def _checked(url: str) -> str | None:
    url = url.partition("#")[0].rstrip()
    parts = split(url)
    if parts is None:
        return None
    if not url.startswith(f"{parts.scheme}://{parts.netloc}/"):
        url = urlunsplit(parts)
    url = url.replace(" ", "%20")
    return url if len(url) <= MAX_LENGTH else None


@lru_cache(maxsize=256)
def _origin(base: str) -> str:
    parts = split(base)
    return f"{parts.scheme}://{parts.netloc}" if parts else ""


@lru_cache(maxsize=4_096)
def is_file(url: str) -> bool:
    """Tell by its ending whether an address is a picture, document, recording, archive or part of a page's design.

    >>> is_file("https://malim.kz/images/5-m.JPG?v=2"), is_file("https://malim.kz/news/5.html")
    (True, False)
    """
    parts = split(url)
    if parts is None:
        return False
    name = parts.path.rpartition("/")[2]
    return "." in name and name.rpartition(".")[2].lower() in _FILE_ENDINGS
