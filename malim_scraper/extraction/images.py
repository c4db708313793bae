"""Images of the article, in their largest form, with their captions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from malim_scraper.extraction.boilerplate import is_credit
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint
from malim_scraper.extraction.metatags import meta_values
from malim_scraper.items import Image
from malim_scraper.text import clean
from malim_scraper.urls import absolute

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Node, Page, Picture

MAX_IMAGES = 60
_CAPTION_LINES = 2  # in an element that holds a picture and nothing else
_CREDIT = 90  # characters
_FILES = frozenset(("jpg", "jpeg", "png", "webp"))
SMALLEST = 120  # pixels of width or height; smaller ones are icons and portraits
_SOURCES = (
    "data-original",
    "data-full",
    "data-large",
    "data-src",
    "data-lazy-src",
    "data-lazy",
    "data-original-src",
    "src",
)
_SOURCE_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_DECORATIONS = """
    logo icon avatar sprite pixel blank. spacer placeholder counter 1x1 emoji
    banner button print default nophoto no-photo no_image noimage
"""
_NOT_PICTURES = re.compile("|".join(map(re.escape, _DECORATIONS.split())))
_ELSEWHERE = (
    Hint.RELATED | Hint.COMMENT | Hint.NAV | Hint.AD | Hint.ASIDE | Hint.FOOTER | Hint.SHARE | Hint.BYLINE | Hint.PROMO
)


def find_images(page: Page) -> Iterator[Candidate[list[Image]]]:
    """Yield the images that stand between the headline and the end of the text, and those that are declared."""
    if printed := _printed(page):
        yield Candidate(printed, f"{len(printed)} images", "structure", "img")
    declared: dict[str, list[Image]] = {}
    for pointer, value in page.declared.values("image"):
        declared.setdefault(f"json-ld {pointer}", []).extend(_of_value(page, value))
    for content, evidence, name in meta_values(page, "image"):
        if (url := absolute(content, page.url)) and not _is_decoration(url):
            declared.setdefault(f"{evidence} {name}", []).append(Image(url))
    for key, images in declared.items():
        evidence, _, where = key.partition(" ")
        if images:
            yield Candidate(_once(images), f"{len(images)} images", evidence, where)


def _of_value(page: Page, value: Any) -> list[Image]:
    found = []
    for item in value[:MAX_IMAGES] if isinstance(value, list) else [value]:
        node = page.declared.jsonld.resolve(item)
        address = (node.get("contentUrl") or node.get("url")) if isinstance(node, dict) else node
        if isinstance(address, list):
            address = address[0] if address else None
        if isinstance(address, str) and (url := absolute(address, page.url)) and not _is_decoration(url):
            caption = node.get("caption") if isinstance(node, dict) else None
            found.append(Image(url, clean(caption) or None if isinstance(caption, str) else None))
    return found


def _printed(page: Page) -> list[Image]:
    body = page.layout.body
    if not body:
        return []
    vicinity = page.vicinity
    start, stop = vicinity.headline, body[-1].index + 2
    base = absolute(page.base, page.url) or page.url if page.base else page.url
    whole = _linked_files(page, base)
    found: dict[int, tuple[int, Image]] = {}
    order: list[Image] = []
    before: Picture | None = None
    for picture in page.pictures:
        stands_in = "noscript" in picture.attrs
        if stands_in and before is not None and before.node is picture.node and _largest(before)[1]:
            continue  # it prints again what a script would load
        before = picture
        if not start <= picture.start <= stop or picture.node.hints & _ELSEWHERE:
            continue
        width, address = _largest(picture)
        url = absolute(address, base) if address else None
        if url is None or _is_decoration(url) or _is_small(picture):
            continue
        if any("/video" in word for word in picture.attrs.get("type", "").split()):
            continue
        known = found.get(picture.node.index)
        if known is not None and known[0] >= width and _is_source_of_same(picture):
            continue
        image = Image(whole.get(_file_name(url), url), _caption(page, picture.node) or _credit(page, picture))
        if known is not None and _is_source_of_same(picture):
            order[order.index(known[1])] = image
        else:
            order.append(image)
        found[picture.node.index] = (width, image)
    return _once(order)


def _linked_files(page: Page, base: str) -> dict[str, str]:
    """Return the picture files that links lead to, by name: a page links its small pictures to their large forms."""
    files = {}
    for link in page.links:
        if not link.text and link.href.lower().rpartition(".")[2] in _FILES and (url := absolute(link.href, base)):
            files[_file_name(url)] = url
    return files


def _file_name(url: str) -> str:
    return url.partition("?")[0].rpartition("/")[2]


def _credit(page: Page, picture: Picture) -> str | None:
    """Return the line right behind a picture, or behind the one it stands in, when it says who took it."""
    for block in page.blocks[picture.start:picture.start + 2]:
        if len(block.text) < _CREDIT and is_credit(block.text):
            return block.text
    return None


def _is_source_of_same(picture: Picture) -> bool:
    return (
        picture.node.tag in ("figure", "div", "p", "span", "a")
        and ("srcset" in picture.attrs or "src" in picture.attrs)
        and ("media" in picture.attrs or "type" in picture.attrs or "alt" in picture.attrs)
    )


def _largest(picture: Picture) -> tuple[int, str]:
    """Return the width, as far as it is known, and the address of the largest form."""
    best_width, best = 0, ""
    for name in _SOURCE_SETS:
        for entry in picture.attrs.get(name, "")[:8_000].split(", "):
            address, _, size = entry.strip().rpartition(" ")
            number = size[:-1].replace(".", "", 1)
            width = (
                int(float(size[:-1]) * (1 if size.endswith("w") else 1_000))
                if address and number.isdigit() and len(number) < 7
                else 1
            )
            address = address if address and number.isdigit() else entry.strip()
            if address and width > best_width and not address.startswith("data:"):
                best_width, best = width, address.rstrip(",")
    if best:
        return best_width, best
    return 0, next(
        (
            value
            for name in _SOURCES
            if (value := picture.attrs.get(name, "").strip()) and not value.startswith("data:")
        ),
        "",
    )


def _is_small(picture: Picture) -> bool:
    for name in ("width", "height"):
        size = picture.attrs.get(name, "").removesuffix("px")
        if size.isdigit() and len(size) < 6 and int(size) < SMALLEST:
            return True
    return False


def _is_decoration(url: str) -> bool:
    name = url.lower().rpartition("/")[2]
    return _NOT_PICTURES.search(name) is not None or name.partition("?")[0].endswith((".svg", ".gif"))


def _caption(page: Page, node: Node) -> str | None:
    """Return the text that the figure around an image prints as its caption."""
    for climbed in range(4):
        if climbed < 2 and (
            marked := [
                mark.text
                for mark in page.properties.get("caption", ())
                if node.start <= mark.start <= node.stop and mark.node in (node, node.parent)
            ]
        ):
            return marked[0] or None
        inside = page.blocks[node.start:node.stop]
        captions = [block for block in inside if block.hints & Hint.CAPTION]
        alone = climbed < 2 and 0 < len(captions) == len(inside) <= _CAPTION_LINES
        if node.tag == "figure" or node.own & Hint.CAPTION or alone:
            return clean(" ".join(block.text for block in captions[:4])) or None
        if node.parent is None:
            return None
        node = node.parent
    return None


def _once(images: list[Image]) -> list[Image]:
    kept: dict[str, Image] = {}
    for image in images:
        known = kept.setdefault(image.url, image)
        known.caption = known.caption or image.caption
    return list(kept.values())[:MAX_IMAGES]
