#!/usr/bin/env python3
"""Learns the weights by which the body is judged, from pages whose body is known; writes `extraction/weights.toml`.

    python -m benchmarks.train_body [--data ../shared/data/news-pages] [--check]

Two logistic regressions, as `malim_scraper.extraction.judgement` uses them. The first judges each block by itself. The
second, trained on what the first says of pages that it has not seen (cross-fitting), judges the blocks of the region
where the mass of the first is. With --check nothing is written: each half of the pages (by a hash of the file name) is
judged by weights from the other, and five folds by weights from the other four. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import hashlib
import statistics
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.pages import DATA, Row, half_of, read_rows
from benchmarks.truth import aligned, compared, shingle_score
from malim_scraper.extraction.context import CONTEXT_FEATURES, Region, context_features
from malim_scraper.extraction.features import NODE_FEATURES, TEXT_FEATURES, Facts, node_names, text_features
from malim_scraper.extraction.headline import find_headline
from malim_scraper.extraction.judgement import LINKED_SCORE, is_linked
from malim_scraper.extraction.layout import settle
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.text import fold

OUT = Path(__file__).resolve().parent.parent / "malim_scraper" / "extraction" / "weights.toml"
FIRST = (*TEXT_FEATURES, *NODE_FEATURES)
SECOND = (*CONTEXT_FEATURES, *FIRST)
FIRST_C, SECOND_C = 0.1, 0.02  # inverse strength of the penalty on large weights


class Sample:
    """A page as the training sees it: features of its blocks, which are the body's, how much each counts."""

    def __init__(self, row: Row) -> None:
        self.row = row
        root = parse_html(row.html)
        self.page = read_page(root, row.url) if root is not None else None
        blocks = self.page.blocks if self.page else []
        self.headline = find_headline(self.page) if self.page else None
        title = fold(self.headline.text) if self.headline else ""
        self.facts = Facts(self.page, self.headline) if blocks else None
        self.truth = np.array(aligned([block.text for block in blocks], row.body), float)
        self.no_title = np.array([fold(block.text) != title for block in blocks], float)
        self.linked = np.array([is_linked(block) for block in blocks], bool)
        self.first = np.array([self._first(block) for block in blocks], float).reshape(len(blocks), len(FIRST))
        weights = np.log1p(np.array(self.facts.weights)) * self.no_title if blocks else np.zeros(0)
        self.weights = weights / weights.sum() * 100 if weights.sum() else weights

    def _first(self, block) -> list[float]:
        names = set(node_names(self.facts.node_key(block)))
        return [*map(float, text_features(self.facts, block)), *(float(name in names) for name in NODE_FEATURES)]

    def first_scores(self, weights: np.ndarray) -> np.ndarray:
        """Return the score of each block by itself."""
        return np.where(self.linked, LINKED_SCORE, self.first @ weights)

    def second(self, scores: np.ndarray) -> tuple[slice, np.ndarray]:
        """Return the region's blocks and the features of their second judgement."""
        region = Region(self.facts, list(map(float, scores)))
        where = slice(region.start, region.stop)
        return where, np.hstack([np.array(context_features(region), float), self.first[where]])


def fit(parts: Iterable[tuple[np.ndarray, np.ndarray, np.ndarray]], strength: float) -> np.ndarray:
    """Return the weights of a logistic regression over features, labels and how much each counts."""
    features, labels, counts = (np.concatenate(part) for part in zip(*parts, strict=True))
    mean, spread = features.mean(0), features.std(0)
    used = spread > 1e-9
    scaled = np.where(used, (features - mean) / np.where(used, spread, 1), 0)
    model = LogisticRegression(C=strength, max_iter=500).fit(scaled, labels, sample_weight=counts)
    weights = np.where(used, model.coef_[0] / np.where(used, spread, 1), 0)
    weights[(FIRST if features.shape[1] == len(FIRST) else SECOND).index("bias")] = model.intercept_[0] - weights @ mean
    return weights


def train(samples: list[Sample], folds: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of both halves, learned from these pages."""
    def fit_first(chosen: list[Sample]) -> np.ndarray:
        return fit(((s.first[~s.linked], s.truth[~s.linked], s.weights[~s.linked]) for s in chosen), FIRST_C)

    parts = []
    for number in range(folds):
        weights = fit_first([s for place, s in enumerate(samples) if place % folds != number])
        for sample in samples[number::folds]:
            where, features = sample.second(sample.first_scores(weights))
            parts.append((features, sample.truth[where], sample.weights[where]))
    return fit_first(samples), fit(parts, SECOND_C)


def score(sample: Sample, first: np.ndarray, second: np.ndarray) -> tuple[float, float, float]:
    """Return precision, recall and whether the words are the same, for the body by these weights and all rules."""
    where, features = sample.second(sample.first_scores(first))
    judged = zip(sample.page.blocks[where], map(float, features @ second), strict=True)
    body = "\n".join(block.text for block in settle(sample.page, sample.headline, list(judged)).body)
    title = sample.row.title or (sample.headline.text if sample.headline else "")
    return shingle_score(*compared(sample.row, title, body))


def report(name: str, scored: list[tuple[Row, tuple[float, float, float]]]) -> None:
    """Print the figures of each source and half."""
    for source in ("aeb", "fundus", "daniel"):
        line = f"{name:<10}{source:<8}"
        for half in ("tune", "confirm"):
            rows = [figures for row, figures in scored if row.source == source and half_of(row.file) == half]
            precision, recall, exact = (statistics.mean(column) for column in zip(*rows, strict=True))
            f1 = 2 * precision * recall / (precision + recall)
            line += f" {half}: F1 {f1:.3f} (p {precision:.3f} r {recall:.3f}) exact {exact:.3f} |"
        print(line)


def check(samples: list[Sample]) -> None:
    """Print figures on pages that the weights were not trained on."""
    def crossed(name: str, parts: list[list[Sample]]) -> None:
        scored = []
        for part in parts:
            weights = train([sample for other in parts if other is not part for sample in other])
            scored += [(sample.row, score(sample, *weights)) for sample in part]
        report(name, scored)

    crossed("halves", [[s for s in samples if half_of(s.row.file) == half] for half in ("tune", "confirm")])
    fold_of = {s.row.file: hashlib.sha256(s.row.file.encode()).digest()[0] % 5 for s in samples}
    crossed("five folds", [[s for s in samples if fold_of[s.row.file] == number] for number in range(5)])


def write(first: np.ndarray, second: np.ndarray) -> None:
    """Write the weights as TOML."""
    lines = ["# Weights by which the body is judged, written by benchmarks/train_body.py: not to be edited by hand.",
             "# A score above 0 is the article's. [first]: a block by itself. [second]: with those around it."]
    for table, names, weights in (("first", FIRST, first), ("second", SECOND, second)):
        lines += ["", f"[{table}]", *(f"{name} = {value:.4f}" for name, value in zip(names, weights, strict=True))]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Read the pages, train, write or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    samples = [sample for sample in map(Sample, read_rows(options.data)) if sample.facts is not None]
    print(f"{len(samples)} pages", file=sys.stderr)
    if options.check:
        check(samples)
    else:
        write(*train(samples))


if __name__ == "__main__":
    main()
