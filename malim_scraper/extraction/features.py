"""What can be said of a text block by itself, as numbers: the first half of the judgement."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import accumulate
from math import log
from typing import TYPE_CHECKING

from malim_scraper.extraction.hints import Hint
from malim_scraper.labels import any_label_matcher, label_matcher
from malim_scraper.text import fold, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable

    from malim_scraper.extraction.page import Node, Page, TextBlock

_AFTER_END = "\"'»”’“„)]）」』】"
_ENDS = frozenset(".!?…。！？।۔؟")
_OPENING = frozenset("\"'«“„”‘’—–-―「『(¿¡")
_DIGITS = re.compile(r"[0-9]")
_SHARE_OF_ARTICLE = 0.4  # an element with as much of the prose is no side part, whatever its names say
_PROSE = 80  # characters: a shorter line is a label or a title as often as a sentence

_BITS = {bit: name.lower() for name, bit in vars(Hint).items() if name.isupper() and bit}
_TAGS = frozenset(("p", "li", "div", "td", "h2", "h3", "h4", "h1", "blockquote", "section", "dt", "dd", "pre", "body"))
_IN_LIST, _IN_TABLE, _IN_QUOTE, _IN_BODY, _IN_OTHER = 1, 2, 4, 8, 16
_PLACE_OF_TAG = {"ul": _IN_LIST, "ol": _IN_LIST, "table": _IN_TABLE, "blockquote": _IN_QUOTE, "article": _IN_OTHER}
_PLACES = {"in_list": _IN_LIST, "in_table": _IN_TABLE, "in_quote": _IN_QUOTE, "in_article_body": _IN_BODY,
           "in_other_article": _IN_OTHER}  # the last: in an `<article>` that holds neither headline nor much prose

NodeKey = tuple[str, int, int, int]  # tag, hints, own hints, places

TEXT_FEATURES = (
    "bias", "under_20", "under_50", "under_100", "over_200", "linked", "all_linked", "prose",
    "ends", "colon", "sentences", "lower_start", "quote_start", "digits", "sign", "bar", "br",
    "before_headline", "after_headline", "is_title", "is_lead", "begins_lead", "repeated", "related", "not_related",
    "noise",
    "time", "place", "near_headline", "next_headline")
NODE_FEATURES = (
    *(f"tag_{tag}" for tag in sorted(_TAGS)), "tag_other", *(f"in_{name}" for name in _BITS.values()),
    *(f"own_{name}" for name in _BITS.values()), *_PLACES)


class Facts:
    """What the features of a page's blocks are read from; built once a page.

    weights: of each block, its length (`weigh`). before: their running sum, one longer. hints: for each node its own
    and its ancestors', without those of an element that holds the headline or much of the prose. own: its own alone.
    """

    def __init__(self, page: Page, headline: TextBlock | None) -> None:
        self.page = page
        self.blocks = page.blocks
        self.headline = headline.index if headline is not None else None
        self.weights = [weigh(block.text) for block in page.blocks]
        self.before = [0.0, *accumulate(self.weights)]
        prose = [weight if weight > _PROSE and block.link_chars * 3 < len(block.text) else 0.0
                 for block, weight in zip(page.blocks, self.weights, strict=True)]
        self._mark_nodes(page.nodes, [0.0, *accumulate(prose)])
        self.copies = Counter([block.text for block in page.blocks])
        titles = (page.title, *page.metas("og:title", "twitter:title"))
        self.titles = _Texts((*titles, headline.text) if headline is not None else titles)
        self.leads = _Texts(page.metas("og:description", "description", "twitter:description"))
        kinds = [(kind, page.further(kind)) for kind in ("related", "not_related", "noise_line")]
        self.labels = [label_matcher(*kind) for kind in kinds]
        self.any_label = any_label_matcher(*kinds)

    def _mark_nodes(self, nodes: list[Node], prose: list[float]) -> None:
        bodies = {id(mark.element) for mark in self.page.marks if mark.attrs.get("itemprop") == "articleBody"}
        least = _SHARE_OF_ARTICLE * prose[-1]
        headline = -1 if self.headline is None else self.headline
        self.hints = [0] * len(nodes)
        self.own = [0] * len(nodes)
        self.places = [0] * len(nodes)
        held, own_of, places_of = self.hints, self.own, self.places
        for index, node in enumerate(nodes):
            start, stop = node.start, node.stop
            if start == stop:
                continue
            hints, places = node.own, _PLACE_OF_TAG.get(node.tag, 0)
            if (hints or places) and stop - start > 1 and (prose[stop] - prose[start] > least
                                                           or start <= headline < stop):
                hints = places = 0
            own_of[index] = hints
            if bodies and id(node.element) in bodies:
                places |= _IN_BODY
            if (parent := node.parent) is not None:
                hints |= held[parent.index]
                places |= places_of[parent.index]
            held[index] = hints
            places_of[index] = places

    def node_key(self, block: TextBlock) -> NodeKey:
        """Return what `node_names` depends on, so that blocks alike are judged once."""
        node = block.node
        inline = block.hints & ~node.hints
        return node.tag, self.hints[node.index] | inline, self.own[node.index] | inline, self.places[node.index]


class _Texts:
    """Texts that a block may repeat, found by their first letters before anything is folded."""

    def __init__(self, texts: Iterable[str]) -> None:
        kept = [text for text in texts if text]
        self.heads = {text[:6].casefold() for text in kept}
        self.folded = {fold(text) for text in kept} - {""}
        self.beginnings = {text[:50] for text in self.folded if len(text) >= 50}




def node_names(key: NodeKey) -> list[str]:
    """Return the features that a block has by the element that it stands in; each counts as 1."""
    tag, hints, own, places = key
    names = [f"tag_{tag}" if tag in _TAGS else "tag_other", *_bit_names("in_", hints), *_bit_names("own_", own)]
    return names + [name for name, bit in _PLACES.items() if places & bit]


@lru_cache(maxsize=10_000)
def _bit_names(prefix: str, hints: int) -> tuple[str, ...]:
    return tuple([prefix + name for bit, name in _BITS.items() if hints & bit])


def text_features(facts: Facts, block: TextBlock) -> tuple[float, ...]:
    """Return the values of TEXT_FEATURES for a block."""
    text, index = block.text, block.index
    weight = facts.weights[index]
    linked = block.link_chars / len(text)
    bare = text.rstrip(_AFTER_END)
    digits = len(_DIGITS.findall(text)) if weight < 120 else 0
    first = text[0]
    head = text[:6].casefold()
    title = lead = begins = False
    if weight < 1000 and (head in facts.titles.heads or head in facts.leads.heads):
        folded = fold(text)
        title, lead = folded in facts.titles.folded, folded in facts.leads.folded
        begins = folded[:50] in facts.leads.beginnings
    related, other, noise = facts.labels
    is_label = weight < 200 and facts.any_label.may_match(text)
    distance = index - facts.headline if facts.headline is not None else 0
    return (
        1.0, weight < 20, weight < 50, weight < 100, weight > 200, linked, linked > 0.9, log(1 + weight * (1 - linked)),
        bare[-1:] in _ENDS if bare else False, text[-1] == ":",
        min(4, text.count(". ") + text.count("? ") + text.count("。")),
        first.islower(), first in _OPENING, digits / len(text), "©" in text or "(c)" in text, "|" in text, block.br,
        distance < 0, distance > 0, title, lead, begins, facts.copies[text] > 1,
        is_label and weight < 100 and related.matches(text), is_label and weight < 100 and other.matches(text),
        is_label and noise.matches(text),
        weight < 60 and digits > 2 and ":" in text, facts.before[index] / facts.before[-1],
        10 / (10 + distance) if distance > 0 else 0.0, 0 < distance < 4)
