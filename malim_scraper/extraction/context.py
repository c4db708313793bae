"""What can be said of a text block by those around it, as numbers: the second half of the judgement.

The first half gave each block a score: how much it looks like a paragraph of an article. Its probability times its
length is the block's mass; an element's mass is that of its blocks. The article is where the mass is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from math import exp, log1p
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from malim_scraper.extraction.features import Facts
    from malim_scraper.extraction.page import Node, TextBlock

_NEIGHBOURS = ("score", "score_before", "score_after", "score_after_2", "best_before", "best_after", "odd_good",
               "linked_line")
_PLACES = ("in_50", "in_60", "in_70", "in_80", "on_chain", "steps", "share", "share_parent", "share_grandparent",
           "share_top", "density", "density_parent", "density_grandparent", "density_top", "linked_parent",
           "linked_grandparent", "linked_top", "poor_top", "score_in_60", "score_share_parent")
_ALIKE = ("alike_share", "alike_density", "loosely_alike_share", "loosely_alike_density")
_ORDER = ("mass_before", "at_end", "after_last", "far_after", "above", "page_mass", "copy")
CONTEXT_FEATURES = (*_NEIGHBOURS, *_PLACES, *_ALIKE, *_ORDER)
_FURTHEST = 80  # blocks between headline and body: a lead stands nearer
_LIMIT = 6.0
_LINES = frozenset(("p", "div", "td", "section", "article"))
_SHARES = (0.5, 0.6, 0.7, 0.8, 0.9)


class Region:
    """The part of a page that holds nearly all mass, with the lines between it and the headline.

    start, stop: its blocks. scores: of all blocks, limited to ±6.
    """

    def __init__(self, facts: Facts, scores: list[float]) -> None:
        self.facts = facts
        self.scores = [max(-_LIMIT, min(_LIMIT, score)) for score in scores]
        self.chances = [1 / (1 + exp(-score)) for score in self.scores]
        masses = [chance * weight for chance, weight in zip(self.chances, facts.weights, strict=True)]
        self.masses = masses
        self.mass = [0.0, *accumulate(masses)]
        self.links = [0, *accumulate(block.link_chars for block in facts.blocks)]
        self.nested = self._nested()
        region = self.nested[-1]
        self.core = self.start = region.start
        self.stop = region.stop
        if facts.headline is not None and 0 < self.start - facts.headline < _FURTHEST:
            self.start = facts.headline + 1
        self.total = self.mass[region.stop] - self.mass[region.start] + 1e-6
        self._known: dict[int, tuple[float, float, float]] = {}

    def _nested(self) -> list[Node]:
        """Return the deepest element that holds each share of the mass: all of them hold its middle."""
        mass, whole = self.mass, self.mass[-1]
        middle = min(bisect_left(mass, whole / 2, 1) - 1, len(self.masses) - 1)
        node: Node | None = self.facts.blocks[middle].node
        found: list[Node] = []
        while node is not None and len(found) < len(_SHARES):
            share = (mass[node.stop] - mass[node.start]) / (whole + 1e-9)
            found += [node] * (sum([least <= share for least in _SHARES]) - len(found))
            node = node.parent
        return found + [self.facts.page.nodes[0]] * (len(_SHARES) - len(found))

    def measure(self, node: Node) -> tuple[float, float, float]:
        """Return an element's share of the region's mass, its mass in a character, and how much of it is linked."""
        known = self._known.get(node.index)
        if known is None:
            mass = self.mass[node.stop] - self.mass[node.start]
            weight = self.facts.before[node.stop] - self.facts.before[node.start] + 1e-6
            known = mass / self.total, mass / weight, (self.links[node.stop] - self.links[node.start]) / weight
            self._known[node.index] = known
        return known


def _likenesses(block: TextBlock) -> tuple[tuple[object, ...], tuple[object, ...]]:
    node = block.node
    parent = node.parent or node
    return (node.tag, node.names, node.depth, parent.names), (node.tag, node.depth, parent.tag)


def context_features(region: Region) -> list[tuple[float, ...]]:
    """Return the values of CONTEXT_FEATURES for the blocks of a region."""
    facts = region.facts
    mass_of: defaultdict[object, float] = defaultdict(float)
    weight_of: defaultdict[object, float] = defaultdict(float)
    alike = [_likenesses(block) for block in facts.blocks[region.start:region.stop]]
    for index, keys in enumerate(alike, region.start):
        for key in keys:
            mass_of[key] += region.masses[index]
            weight_of[key] += facts.weights[index]
    likeness = {key: (mass / region.total, mass / (weight_of[key] + 1e-6)) for key, mass in mass_of.items()}
    strong = [index for index in range(region.start, region.stop) if region.chances[index] > 0.6]
    last = strong[-1] if strong else region.stop - 1
    chain = set()
    node: Node | None = region.nested[2]
    while node is not None:
        chain.add(node.index)
        node = node.parent
    padded = [-_LIMIT] * 4 + region.scores + [-_LIMIT] * 4
    seen: set[str] = set()
    found = []
    for index, (close, loose) in enumerate(alike, region.start):
        block = facts.blocks[index]
        linked_line = block.link_chars * 10 > len(block.text) * 9 and block.node.tag in _LINES
        found.append((*_neighbours(padded, index + 4), linked_line, *_places(region, block, chain),
                      *likeness[close], *likeness[loose], *_order(region, index, last), block.text in seen))
        seen.add(block.text)
    return found


def _neighbours(scores: list[float], at: int) -> tuple[float, ...]:
    score, before, after = scores[at], scores[at - 1], scores[at + 1]
    return (score, before, after, scores[at + 2], max(scores[at - 4:at]), max(scores[at + 1:at + 5]),
            score > 0 and before < 0 and after < 0)


def _places(region: Region, block: TextBlock, chain: set[int]) -> tuple[float, ...]:
    node, index, score = block.node, block.index, region.scores[block.index]
    parent = node.parent or node
    top, steps, above = node, 0, node
    while above.index not in chain and above.parent is not None:
        top, above, steps = above, above.parent, steps + 1
    own, parents = region.measure(node), region.measure(parent)
    grand, tops = region.measure(parent.parent or parent), region.measure(top)
    inside = [outer.start <= index < outer.stop for outer in region.nested[:4]]
    return (*inside, steps == 0, min(steps, 6) / 6, own[0], parents[0], grand[0], tops[0],
            own[1], parents[1], grand[1], tops[1], parents[2], grand[2], tops[2],
            top.stop - top.start > 1 and tops[1] < 0.4, score * inside[1], score * parents[0])


def _order(region: Region, index: int, last: int) -> tuple[float, ...]:
    before = (region.mass[index] - region.mass[region.core]) / region.total
    behind = min(3.0, log1p(max(0, index - last)))
    return before, before > 0.98, index > last, behind, index < region.core, log1p(region.total)
