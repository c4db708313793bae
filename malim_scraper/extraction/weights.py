"""The weights by which the body is judged: `weights.toml`, learned by `benchmarks/train_body.py`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from malim_scraper.extraction.context import CONTEXT_FEATURES
from malim_scraper.extraction.features import TEXT_FEATURES


@dataclass(frozen=True, slots=True)
class Weights:
    """Of both halves: one for each feature of a text and of its surroundings, by name for its element's."""

    first_text: tuple[float, ...]
    first_node: dict[str, float]
    second_text: tuple[float, ...]
    second_node: dict[str, float]
    second_context: tuple[float, ...]


@cache
def load_weights() -> Weights:
    """Return the weights; a feature that is not in the file weighs nothing."""
    data = tomllib.loads(files("malim_scraper.extraction").joinpath("weights.toml").read_text("utf-8"))
    first, second = data["first"], data["second"]
    return Weights(tuple(first.get(name, 0.0) for name in TEXT_FEATURES), first,
                   tuple(second.get(name, 0.0) for name in TEXT_FEATURES), second,
                   tuple(second.get(name, 0.0) for name in CONTEXT_FEATURES))
