"""Words that portals print around an article: headings of blocks, bylines, buttons. The data is `labels.toml`."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

from malim_scraper.text import fold

_ACCENT = re.compile("[\u0300-\u036f]")
_FIRST_WORD = re.compile(r"\W*(\w+)")
FIRST, LAST = 4, 3  # letters by which most texts are told from all labels before anything is folded
_MEMO = 16_000
_PUNCTUATION = " \t\n«»\"'“”„‘’‹›「」『』【】《》〈〉[]()<>|/\\*#•·●■▪►▶▸→➔➤»–—-:;.,!?¿¡…＞｜※◆◇▼▽△▲"


@cache
def labels(kind: str, further: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the folded labels of one kind, such as `related` or `not_related`, of all languages.

    kind: a table of `labels.toml`; an unknown one is a KeyError. further: a portal's own spellings.
    """
    printed = (label for by_language in _data()[kind].values() for label in by_language)
    return frozenset(map(label_key, (*printed, *further)))


class Matcher:
    """Tells texts that are a label of one kind.

    whole: folded labels. announcing: those that count only with a colon or dots behind them, written with a colon in
    the data. beginnings, endings: those that more words may follow or precede, written with `…` in the data.
    begins, ends: quick tests of a text's `FIRST` and `LAST` characters, never wrongly False.
    """

    __slots__ = ("announcing", "beginnings", "begins", "endings", "ends", "heads", "tails", "whole")

    def __init__(
        self, whole: frozenset[str], announcing: frozenset[str], beginnings: frozenset[str], endings: frozenset[str]
    ) -> None:
        self.whole, self.announcing, self.beginnings, self.endings = whole, announcing, beginnings, endings
        self.heads = frozenset(label.split(" ")[0] for label in whole | announcing)
        self.tails = tails = frozenset(label[-LAST:] for label in endings)
        self.begins = first_letters_of(self.heads)
        self.ends = lru_cache(_MEMO)(lambda letters: not letters[-1:].isalnum() or _fold_letters(letters) in tails)

    def may_match(self, text: str) -> bool:
        """Return whether a text begins or ends like a label: quick, and never wrongly False."""
        if self.begins(text[:FIRST]):
            first = _FIRST_WORD.match(text, 0, 60)
            if first is None or label_key(first[1]) in self.heads:
                return first is not None
        return bool(self.tails) and self.ends(text[-LAST:]) and label_key(_last_letters(text)) in self.tails

    def matches(self, text: str) -> bool:
        """Return whether a short text as printed is a label: the whole of it, its beginning or its end.

        >>> label_matcher("related").matches("— Читайте также:")
        True
        """
        if not self.may_match(text):
            return False
        folded = label_key(text.strip(_PUNCTUATION))
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
    return Matcher(frozenset(map(label_key, printed)) - announcing, announcing, beginnings, endings)


@cache
def any_label_matcher(*kinds: tuple[str, tuple[str, ...]]) -> Matcher:
    """Return one matcher for several kinds of label, each with a portal's own spellings."""
    parts = [label_matcher(kind, further) for kind, further in kinds]
    return Matcher(
        frozenset().union(*(part.whole for part in parts)),
        frozenset().union(*(part.announcing for part in parts)),
        frozenset().union(*(part.beginnings for part in parts)),
        frozenset().union(*(part.endings for part in parts)),
    )


def first_letters_of(heads: frozenset[str]) -> Callable[[str], bool]:
    """Return a quick test of a text's first `FIRST` characters: whether one of the folded words can begin there.

    It is never wrongly False, so it spares most texts a closer look; True also where no letter stands.
    """
    starts = frozenset(head[:count] for head in heads for count in range(1, FIRST + 1))

    @lru_cache(_MEMO)
    def begins(letters: str) -> bool:
        if letters.isascii() and letters.isalpha():
            return letters.lower() in starts
        key = _fold_letters(letters).split(" ")[0]
        if not letters.isascii():
            key = key[:-1]  # the last letter may be one with a sign behind it
        return not key or not letters[0].isalnum() or key[:FIRST] in starts

    return begins


@lru_cache(maxsize=8_000)
def label_key(text: str) -> str:
    """Reduce a text to what makes it the same label: folded, without accents, which capitals often lack.

    >>> label_key("ΔΙΑΒΆΣΤΕ ΕΠΊΣΗΣ") == label_key("Διαβαστε επισης")
    True
    """
    return _fold_label(text)


def _fold_label(text: str) -> str:
    return fold(text if text.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", text)))


_fold_letters = lru_cache(_MEMO)(_fold_label)  # the few letters that each kind of label asks for


def _last_letters(text: str) -> str:
    return text[-LAST:] if text[-1:].isalnum() else text[-LAST * 3:].rstrip(_PUNCTUATION)[-LAST:]


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    text = files(__name__).joinpath("labels.toml").read_text("utf-8")
    data: dict[str, dict[str, list[str]]] = tomllib.loads(text)
    return data
