"""How likely each text block is one of the article's: two logistic regressions, the second over what the first says."""

from __future__ import annotations

from operator import mul
from typing import TYPE_CHECKING

from malim_scraper.extraction.context import Region, context_features
from malim_scraper.extraction.features import Facts, NodeKey, node_names, text_features
from malim_scraper.extraction.weights import Weights, load_weights

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock

LINKED_SCORE = -6.0  # of a block that is a link and nothing else: most of a page, and hardly ever an article's
_LINKED = 0.9


def judge(page: Page, headline: TextBlock | None) -> list[tuple[TextBlock, float]]:
    """Return the blocks where the article stands, each with its score; above 0 it is the article's."""
    if not page.blocks:
        return []
    weights = load_weights()
    facts = Facts(page, headline)
    texts = [None if is_linked(block) else text_features(facts, block) for block in page.blocks]
    region = Region(facts, first_scores(facts, weights, texts))
    known: dict[NodeKey, float] = {}
    found = []
    for index, values in enumerate(context_features(region), region.start):
        block = page.blocks[index]
        text = texts[index] or text_features(facts, block)
        score = sum(map(mul, weights.second_context, values)) + sum(map(mul, weights.second_text, text))
        found.append((block, score + _node_score(facts, block, weights.second_node, known)))
    return found


def is_linked(block: TextBlock) -> bool:
    """Return whether a block is a link and nothing else."""
    return block.link_chars > _LINKED * len(block.text)


def first_scores(facts: Facts, weights: Weights, texts: list[tuple[float, ...] | None]) -> list[float]:
    """Return the score of each block by itself. texts: the values of its text features, None for a linked block."""
    known: dict[NodeKey, float] = {}
    return [LINKED_SCORE if text is None else
            sum(map(mul, weights.first_text, text)) + _node_score(facts, block, weights.first_node, known)
            for block, text in zip(facts.blocks, texts, strict=True)]


def _node_score(facts: Facts, block: TextBlock, weights: dict[str, float], known: dict[NodeKey, float]) -> float:
    key = facts.node_key(block)
    score = known.get(key)
    if score is None:
        score = known[key] = sum([weights.get(name, 0.0) for name in node_names(key)])
    return score
