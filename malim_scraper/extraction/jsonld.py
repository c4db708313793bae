"""JSON-LD: what a page's data blocks declare, repaired where they are broken, references followed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

Node = dict[str, Any]

MAX_SCRIPT = 2_000_000  # characters; longer ones are data of the site
MAX_NODES = 2_000
_ARTICLE_TYPES = frozenset(("report", "liveblogposting", "review", "interview", "newsitem"))
_WRAPPERS = ("@graph", "mainEntity", "mainEntityOfPage")
_LEFTOVERS = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|"
    r"(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s{0,50}[}\]])")
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_PAIR = re.compile(r'"(headline|datePublished|dateModified|articleSection)"\s{0,9}:\s{0,9}"((?:[^"\\\n]|\\.){1,500})"')


@dataclass(frozen=True, slots=True)
class JsonLd:
    """The nodes of a page. articles: of an article type, with a JSON pointer each. pages: of a page type.

    lists: breadcrumb lists. by_id: nodes by `@id`, for references.
    """

    articles: list[tuple[str, Node]] = field(default_factory=list)
    pages: list[tuple[str, Node]] = field(default_factory=list)
    breadcrumbs: list[tuple[str, Node]] = field(default_factory=list)
    by_id: dict[str, Node] = field(default_factory=dict)

    def resolve(self, value: Any) -> Any:
        """Return the node that `{"@id": …}` refers to, else the value itself."""
        if isinstance(value, dict) and isinstance(value.get("@id"), str) and len(value) <= 2 and "name" not in value:
            return self.by_id.get(value["@id"], value)
        return value


def read_jsonld(scripts: Iterable[tuple[str, str]]) -> JsonLd:
    """Gather the nodes of all JSON-LD scripts of a page, in page order. Never raises.

    scripts: (type or id, text). Items of an `ItemList` are other pages' and left out.
    Source: JSON-LD 1.1; schema.org Article, WebPage, BreadcrumbList.
    """
    found = JsonLd()
    count = 0
    for number, (kind, text) in enumerate(scripts):
        if "ld+json" not in kind or len(text) > MAX_SCRIPT:
            continue
        for pointer, node in _nodes(parse_json(text), f"#{number}"):
            count += 1
            if count > MAX_NODES:
                return found
            _sort_in(found, pointer, node)
    return found


def parse_json(text: str) -> Any:
    """Read JSON as pages write it: in comments or CDATA, with trailing commas, raw line breaks, stray escapes.

    Returns None when there is nothing to read; when all repairs fail, a node of the few pairs that can be read.

    >>> parse_json('<!-- {"headline": "A\\nB", "keywords": ["x",],} -->')
    {'headline': 'A\\nB', 'keywords': ['x']}
    """
    text = text.strip()
    if text[:1] not in ("{", "[") or text[-1:] not in ("}", "]"):
        text = _LEFTOVERS.sub("", text).strip().rstrip(";")
    if not text:
        return None
    for repaired in _repairs(text):
        try:
            return _without_lone_surrogates(json.loads(repaired, strict=False), repaired)
        except (ValueError, RecursionError):
            continue
    pairs = {key: unescape(value) for key, value in reversed(_PAIR.findall(text[:200_000]))}
    return {"@type": "NewsArticle", **pairs} if pairs and "Article" in text else None


def _without_lone_surrogates(data: Any, text: str) -> Any:
    """Replace halves of a character, which an escape cut in two leaves behind and no file can hold."""
    if "\\ud" not in text and "\\uD" not in text:
        return data
    whole = json.dumps(data, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return json.loads(whole)


def _repairs(text: str) -> Iterator[str]:
    yield text
    repaired = _BAD_ESCAPE.sub(r"\\\\", _TRAILING_COMMA.sub("", text))
    yield repaired
    yield repaired + "}"
    yield repaired.rstrip("}") + "}"
    if "&quot;" in text[:200]:
        yield unescape(text)
    first = text.find("}{") if len(text) < 200_000 else -1
    if first > 0:
        yield "[" + text.replace("}{", "},{") + "]"


def types_of(node: Node) -> list[str]:
    """Return a node's types in lower case, without the vocabulary's address."""
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [
        kind.rstrip("/").rpartition("/")[2].removeprefix("schema:").lower() for kind in kinds if isinstance(kind, str)
    ]


def is_article_type(kinds: Iterable[str]) -> bool:
    """Tell whether one of these types, in lower case, is an article's."""
    return any(kind.endswith(("article", "posting")) or kind in _ARTICLE_TYPES for kind in kinds)


def _nodes(data: Any, pointer: str, depth: int = 0) -> Iterator[tuple[str, Node]]:
    if isinstance(data, list) and depth < 6:
        for index, item in enumerate(data):
            yield from _nodes(item, f"{pointer}/{index}", depth + 1)
    elif isinstance(data, dict):
        if "@type" in data:
            yield pointer, data
        if depth < 6:
            for key in _WRAPPERS:
                if isinstance(data.get(key), dict | list):
                    yield from _nodes(data[key], f"{pointer}/{key}", depth + 1)


def _sort_in(found: JsonLd, pointer: str, node: Node) -> None:
    kinds = types_of(node)
    if isinstance(node.get("@id"), str):
        known = found.by_id.get(node["@id"])
        if known is None or len(known) < len(node):
            found.by_id[node["@id"]] = node
    if is_article_type(kinds):
        found.articles.append((pointer, node))
    elif "breadcrumblist" in kinds:
        found.breadcrumbs.append((pointer, node))
    elif any(kind.endswith("page") or kind == "creativework" for kind in kinds):
        found.pages.append((pointer, node))
        crumbs = node.get("breadcrumb")
        if isinstance(crumbs, dict) and "itemListElement" in crumbs:
            found.breadcrumbs.append((f"{pointer}/breadcrumb", crumbs))


def texts(value: Any) -> Iterator[str]:
    """Yield the strings of a value that may be a string, a node with a name, or a list of both; entities resolved."""
    if isinstance(value, str):
        if text := unescape(value).strip():
            yield text
    elif isinstance(value, dict):
        for key in ("name", "@value", "headline", "title"):
            if isinstance(value.get(key), str | list):
                yield from texts(value[key])
                return
    elif isinstance(value, list):
        for item in value[:100]:
            if isinstance(item, str | dict):
                yield from texts(item)


def first_text(value: Any) -> str:
    """Return the first of `texts`, or an empty one."""
    return next(texts(value), "")
