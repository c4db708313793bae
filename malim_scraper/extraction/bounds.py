"""Limits on the text of a page before it is parsed, where the parser itself has none."""

from __future__ import annotations

import re

MAX_TAGS = 30_000  # no article has as many; beyond it the page is read up to there
MAX_TAG = 20_000  # bytes of one tag that are taken as they are; the parser compares each attribute with all others
MAX_ATTRIBUTES = 500  # of one longer tag
_TAG = re.compile(rb"""[a-zA-Z][^\s>/]{0,100}+(?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_VALUE = re.compile(rb"""=\s*+(?:"[^"]*+"|'[^']*+')""")


def bounded(page: bytes) -> bytes:
    """Cut a page that has too many tags, and empty a tag that has too many attributes; other pages stay as they are.

    page: encoded so that `<` is one byte, as in UTF-8.

    >>> bounded(b"<p>text</p>")
    b'<p>text</p>'
    """
    if page.count(b"<") < MAX_TAGS and not _has_long_piece(page):
        return page
    return b"<".join([piece if len(piece) <= MAX_TAG else _lighter(piece) for piece in page.split(b"<")[:MAX_TAGS]])


def _has_long_piece(page: bytes) -> bool:
    """Return whether no `<` stands in some run of MAX_TAG bytes; looks only for the last one before each limit."""
    at = 0
    while at + MAX_TAG < len(page):
        found = page.rfind(b"<", at, at + MAX_TAG)
        if found < 0:
            return True
        at = found + 1
    return False


def _lighter(piece: bytes) -> bytes:
    """Empty the tag at the head of what follows a `<`, when it has more attributes than any page needs."""
    tag = _TAG.match(piece)
    if tag is None or len(tag[0]) <= MAX_TAG or len(_VALUE.sub(b" ", tag[0]).split()) <= MAX_ATTRIBUTES:
        return piece
    return tag[0].split(maxsplit=1)[0][:100] + piece[tag.end():]
