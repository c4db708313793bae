"""Words that portals print around an article: headings of blocks, bylines, buttons. The data is `labels.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from malim_scraper.text import fold

_ACCENT = re.compile("[\u0300-\u036f]")
_HEAD = 2  # letters by which most texts are told from all labels before anything is folded
_PUNCTUATION = " \t\n«»\"'“”„‘’‹›「」『』【】《》〈〉[]()<>|/\\*#•·●■▪►▶▸→➔➤»–—-:;.,!?¿¡…＞｜※◆◇▼▽△▲"


@cache
def labels(kind: str) -> frozenset[str]:
    """Return the folded labels of one kind, such as `related` or `not_related`, of all languages.

    kind: a table of `labels.toml`; an unknown one is a KeyError.
    """
    return frozenset(label_key(label) for by_language in _data()[kind].values() for label in by_language)


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
        if _ends_key(bare[:_HEAD]) not in self.heads and _ends_key(bare[-_HEAD:]) not in self.tails:
            return False
        folded = label_key(bare)
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
    beginnings = frozenset(label_key(label) for label in printed if label.endswith("…"))
    endings = frozenset(label_key(label) for label in printed if label.startswith("…"))
    announcing = frozenset(label_key(label) for label in printed if label.endswith(":"))
    whole = frozenset(map(label_key, printed)) - announcing
    return Matcher(whole, announcing, beginnings, endings, frozenset(label[:_HEAD].strip() for label in whole | announcing),
                   frozenset(label[-_HEAD:].strip() for label in endings))


def label_key(text: str) -> str:
    """Reduce a text to what makes it the same label: folded, without accents, which capitals often lack.

    >>> label_key("ΔΙΑΒΆΣΤΕ ΕΠΊΣΗΣ") == label_key("Διαβαστε επισης")
    True
    """
    folded = fold(text)
    return folded if folded.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", folded))


_ends_key = lru_cache(maxsize=20_000)(label_key)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files(__name__).joinpath("labels.toml").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return data
