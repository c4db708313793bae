"""The encoding of a page's bytes, found the way browsers and old portals need it."""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_LETTERS = re.compile("[а-яёәғқңөұүһі]+", re.IGNORECASE)


def find_encoding(body: bytes, content_type: str | None = None) -> str:
    """Return the name of the codec that reads these bytes.

    body: the page. content_type: the HTTP header of that name, if there was one.
    A BOM wins. Bytes that are valid UTF-8 beyond ASCII are UTF-8 whatever is declared, since other text practically
    never is. Else the header, then `<meta>`, each only when it can decode the bytes; then windows-1251 or
    windows-1252, by whether the result has Cyrillic words. Source: WHATWG Encoding, HTML 13.2.3.2.
    """
    bom, _ = read_bom(body)
    if bom:
        return bom
    if not body.isascii() and _decodes(body, "utf-8"):
        return "utf-8"
    for declared in (http_content_type_encoding(content_type), html_body_declared_encoding(body)):
        if declared and (name := resolve_encoding(declared)) and name != "utf-8" and _decodes(body, name):
            return name
    if body.isascii():
        return "utf-8"
    return _guess(body)


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the page's text; a byte that has no meaning becomes U+FFFD. Never raises."""
    return body.decode(find_encoding(body, content_type), errors="replace")


def _decodes(body: bytes, encoding: str) -> bool:
    try:
        codecs.decode(body, encoding)
    except (UnicodeDecodeError, LookupError, ValueError):
        return False
    return True


def _guess(body: bytes) -> str:
    broken = body.decode("utf-8", errors="replace").count("�")
    if broken * 20 < len(body) - len(body.translate(None, bytes(range(128, 256)))):
        return "utf-8"  # a few bad bytes in a UTF-8 page, such as a text cut in the middle of a character
    words = _LETTERS.findall(body.decode("windows-1251", errors="replace"))
    cyrillic = sum(len(word) for word in words if len(word) > 2)
    high = sum(byte > 127 for byte in body)
    return "windows-1251" if cyrillic > high / 2 else "windows-1252"
