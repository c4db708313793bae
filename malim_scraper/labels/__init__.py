"""Words that portals print around an article: headings of blocks, bylines, buttons. The data is `labels.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from malim_scraper.text import fold

_HEAD = 2  # letters by which most texts are told from all labels before anything is folded
_PUNCTUATION = " \t\n«»\"'“”„‘’‹›「」『』【】《》〈〉[]()<>|/\\*#•·●■▪►▶▸→➔➤»–—-:;.,!?¿¡…＞｜※◆◇▼▽△▲"


@cache
def labels(kind: str) -> frozenset[str]:
    """Return the folded labels of one kind, such as `related` or `not_related`, of all languages.

    kind: a table of `labels.toml`; an unknown one is a KeyError.
    """
    return frozenset(fold(label) for by_language in _data()[kind].values() for label in by_language)


@dataclass(frozen=True, slots=True)
class Matcher:
    """Tells texts that are a label of one kind.

    whole: folded labels. announcing: those that count only with a colon or dots behind them, written with a colon in
    the data. beginnings, endings: those that more words may follow or precede, written with `…` in the data.
    heads, tails: their first and last letters.
    """

    whole: frozenset[str]
    announcing: frozenset[str]
    beginnings: frozenset[str]
    endings: frozenset[str]
    heads: frozenset[str]
    tails: frozenset[str]

    def matches(self, text: str) -> bool:
        """Return whether a short text as printed is a label: the whole of it, its beginning or its end.

        >>> label_matcher("related").matches("— Читайте также:")
        True
        """
        bare = text.strip(_PUNCTUATION)
        if bare[:_HEAD].casefold() not in self.heads and bare[-_HEAD:].casefold() not in self.tails:
            return False
        folded = fold(bare)
        if folded in self.whole:
            return True
        if folded in self.announcing:
            return text.rstrip(" \u200b«»\"'").endswith((":", "：", "...", "…"))
        words = folded.split(" ")
        return (any(" ".join(words[:count]) in self.beginnings for count in range(1, min(len(words), 7)))
                or any(" ".join(words[-count:]) in self.endings for count in range(1, min(len(words), 7))))


@cache
def label_matcher(kind: str, further: tuple[str, ...] = ()) -> Matcher:
    """Return the matcher for one kind of label.

    kind: a table of `labels.toml`; an unknown one is a KeyError. further: a portal's own spellings.
    """
    printed = [label for by_language in _data()[kind].values() for label in by_language] + list(further)
    beginnings = frozenset(fold(label) for label in printed if label.endswith("…"))
    endings = frozenset(fold(label) for label in printed if label.startswith("…"))
    announcing = frozenset(fold(label) for label in printed if label.endswith(":"))
    whole = frozenset(map(fold, printed)) - announcing
    return Matcher(whole, announcing, beginnings, endings, frozenset(label[:_HEAD] for label in whole | announcing),
                   frozenset(label[-_HEAD:] for label in endings))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files(__name__).joinpath("labels.toml").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return data
