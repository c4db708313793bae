"""What a page, or the header of its answer, says to robots."""

from __future__ import annotations

from collections.abc import Iterable

WARNED = ("noindex", "noarchive", "noai", "noimageai")
NO_FOLLOW = frozenset(("nofollow", "none"))
_WITH_VALUES = ("max-snippet", "max-image-preview", "max-video-preview", "unavailable_after")


def read_robots_header(values: Iterable[str]) -> set[str]:
    """Return the rules of `X-Robots-Tag` headers that hold for every robot, in lower case.

    values: of each header. Rules behind the name of a robot are for that one.
    Source: "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications", Google Search Central.

    >>> sorted(read_robots_header(["noindex, nofollow", "googlebot: noarchive, noai"]))
    ['nofollow', 'noindex']
    """
    found = set()
    for value in values:
        is_for_all = True
        for part in value.lower().split(","):
            name, colon, rest = part.strip().partition(":")
            if colon and name.strip() not in _WITH_VALUES:
                is_for_all, name = name.strip() == "*", rest
            if is_for_all:
                found.add(name.strip())
    return found
