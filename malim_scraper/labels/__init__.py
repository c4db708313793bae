"""Words that portals print around an article: headings of blocks, bylines, buttons. The data is `labels.toml`."""

import tomllib
from functools import cache
from importlib.resources import files

from malim_scraper.text import fold


@cache
def labels(kind: str) -> frozenset[str]:
    """Return the folded labels of one kind, such as `related` or `not_related`, of all languages.

    kind: a table of `labels.toml`; an unknown one is a KeyError.
    """
    return frozenset(fold(label) for by_language in _data()[kind].values() for label in by_language)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files(__name__).joinpath("labels.toml").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return data
