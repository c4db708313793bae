"""Whether a page is an empty shell that JavaScript fills; pure, and cheap enough to ask of every page."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

_LITTLE = 400  # characters; an article, a headline list or a dozen teasers have more
_LABEL = 25  # characters; shorter texts are those of menus and buttons
_HEADLINES = 5  # a page with as many longer texts has its content
_LOADER = 60  # characters: "Loading…", "Please wait"
_MAX_ELEMENTS = 20_000  # a shell is small
_MOUNTS = re.compile(
    r"(?:(?:react|vue|svelte|ember|main|my)[-_]?)?(?:root|app)|__next|__nuxt|___gatsby|app-?(?:root|mount)",
    re.IGNORECASE)
_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "svg", "title"))
_FURNITURE = frozenset(("nav", "header", "footer", "aside", "form"))
_ARIA_MAIN = "main"


@dataclass(slots=True)
class _Seen:
    """texts: lengths of the visible ones, menus left out. mount: name of the first empty element that scripts fill."""

    texts: list[int] = field(default_factory=list)
    visible: int = 0
    scripts: int = 0
    links: int = 0
    mount: str = ""
    asks_for_scripts: bool = False


def shell_sign(root: etree._Element) -> str:
    """Return what shows that a page is filled by JavaScript, or an empty text when its HTML has its content.

    root: of the parsed page. The sign is one of: an element that frameworks fill (`#root`, `<main>`, `<app-view>`)
    stands empty; a `<noscript>` asks for JavaScript; there are scripts and hardly anything else. A page with an
    article's length of text, or with a list of headlines, is never one. Never raises.
    """
    seen = _look(root)
    long_texts = [length for length in seen.texts if length >= _LABEL]
    if not seen.scripts or sum(long_texts) >= _LITTLE or len(long_texts) >= _HEADLINES:
        return ""
    if seen.mount:
        return f"scripts fill its empty element {seen.mount}"
    if seen.visible >= _LITTLE:
        return ""
    if seen.asks_for_scripts:
        return "its <noscript> asks for JavaScript"
    if seen.links <= 2 and seen.visible < _LITTLE / 4:
        return "it holds scripts and hardly any text"
    return ""


def _look(root: etree._Element) -> _Seen:
    seen = _Seen()
    depth_of_unseen = depth_of_furniture = 0
    for number, (event, element) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        tag = element.tag if isinstance(element.tag, str) else ""
        step = 1 if event == "start" else -1
        if event == "start":
            if number > 2 * _MAX_ELEMENTS:
                seen.scripts = 0
                break
            _count(seen, element, tag)
        if tag in _UNSEEN:
            depth_of_unseen += step
        if tag in _FURNITURE:
            depth_of_furniture += step
        text = element.text if event == "start" else element.tail
        if text and not depth_of_unseen and tag and (length := len(" ".join(text.split()))):
            seen.visible += length
            if not depth_of_furniture:
                seen.texts.append(length)
    return seen


def _count(seen: _Seen, element: etree._Element, tag: str) -> None:
    if tag == "script":
        kind = (element.get("type") or "").lower()
        seen.scripts += not kind or "javascript" in kind or kind == "module"
    elif tag == "a":
        seen.links += 1
    elif tag == "noscript":
        words = "".join(map(str, element.itertext())).lower()
        seen.asks_for_scripts = seen.asks_for_scripts or "javascript" in words
    elif not seen.mount and _is_mount(element, tag) and _is_empty(element):
        name = element.get("id")
        seen.mount = f"#{name[:40]}" if name else f"<{tag[:40]}>"


def _is_mount(element: etree._Element, tag: str) -> bool:
    """Tell whether an element is one that frameworks fill: by its name, as the main part, or as a custom element."""
    if tag in ("div", "section") and _MOUNTS.fullmatch(element.get("id") or ""):
        return True
    parent = element.getparent()
    is_outermost = parent is not None and parent.tag == "body"
    return tag in ("main", "article") or element.get("role") == _ARIA_MAIN or ("-" in tag and is_outermost)


def _is_empty(element: etree._Element) -> bool:
    """Tell whether an element holds nothing but what turns while the page loads."""
    length = 0
    for inner in element.iter():
        if inner.tag in ("script", "style", "noscript", "svg"):
            continue
        if inner.tag in ("a", "p", "h1", "h2", "h3", "img", "table", "iframe", "video") and inner is not element:
            return False
        length += len((inner.text or "").strip()) + (len((inner.tail or "").strip()) if inner is not element else 0)
        if length > _LOADER:
            return False
    return True
