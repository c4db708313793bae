"""The language of a text, by its script, letters and commonest words, and by what the page declares."""

import re
import tomllib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

SAMPLE = 1000
BEGINNING = 400  # characters that are enough where they are in the language that the page declares
# All but spaces, digits and signs: vowels of Indic scripts are no letters to `\w`.
_WORD = re.compile(r"[^\s!-@\[-`{-¿«»„“”‘’…–—।،؛؟]+")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_].*)?\s*")
_CODES = {"kz": "kk", "ua": "uk", "cz": "cs", "gr": "el", "jp": "ja", "cn": "zh", "kr": "ko", "dk": "da", "se": "sv",
          "nb": "no", "nn": "no", "iw": "he", "in": "id", "kg": "ky", "tj": "tg", "by": "be", "rs": "sr"}  # fmt: skip
# Below so many letters a text proves nothing against what the page declares, unless its script does.
_FEW_LETTERS = 40
_LEAST_SCORE = 0.06
_OWN_LETTERS, _FOREIGN_LETTERS, _PARTS, _MISSING = 2.0, 5.0, 0.5, 0.2
_ENOUGH_FOR_ALL = 60  # letters after which a language's `needs` have been seen

_RANGES: tuple[tuple[int, int, str], ...] = (
    (0x41, 0x24F, "Latn"), (0x250, 0x2BA, "Latn"), (0x370, 0x3FF, "Grek"), (0x400, 0x52F, "Cyrl"),
    (0x531, 0x58F, "Armn"), (0x590, 0x5FF, "Hebr"), (0x600, 0x77F, "Arab"), (0x900, 0x97F, "Deva"),
    (0x980, 0x9FF, "Beng"), (0xA00, 0xA7F, "Guru"), (0xA80, 0xAFF, "Gujr"), (0xB80, 0xBFF, "Taml"),
    (0xC00, 0xC7F, "Telu"), (0xC80, 0xCFF, "Knda"), (0xD00, 0xD7F, "Mlym"), (0xD80, 0xDFF, "Sinh"),
    (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Laoo"), (0x1000, 0x109F, "Mymr"), (0x10A0, 0x10FF, "Geor"),
    (0x1100, 0x11FF, "Hang"), (0x1200, 0x137F, "Ethi"), (0x1780, 0x17FF, "Khmr"), (0x1E00, 0x1EFF, "Latn"),
    (0x1F00, 0x1FFF, "Grek"), (0x3040, 0x30FF, "Kana"), (0x3400, 0x9FFF, "Hani"), (0xAC00, 0xD7AF, "Hang"),
)  # fmt: skip
_STARTS = [start for start, _, _ in _RANGES]
_PLAIN = {
    "Latn": frozenset("abcdefghijklmnopqrstuvwxyz"),
    "Cyrl": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    "Arab": frozenset("ابتثجحخدذرزسشصضطظعغفقكلمنهوي"),
}


class _Language(NamedTuple):
    script: str
    own: frozenset[str]
    without: frozenset[str]
    needs: frozenset[str]
    parts: tuple[str, ...]
    words: frozenset[str]


def _load() -> dict[str, _Language]:
    table = tomllib.loads((files("malim_scraper") / "language.toml").read_text("utf-8"))
    return {tag: _language(row) for tag, row in table.items()}


def _language(row: Mapping[str, str]) -> _Language:
    own, without, needs = (frozenset(row.get(key, "")) for key in ("letters", "without", "needs"))
    words, parts = frozenset(row.get("words", "").split()), tuple(row.get("parts", "").split())
    return _Language(row["script"], own, without, needs, parts, words)


def _by_script(languages: Mapping[str, _Language]) -> dict[str, list[tuple[str, _Language]]]:
    found: dict[str, list[tuple[str, _Language]]] = {}
    for tag, language in languages.items():
        found.setdefault(language.script, []).append((tag, language))
    return found


def _by_word(languages: Mapping[str, _Language]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for tag, language in languages.items():
        for word in language.words:
            found.setdefault(word, []).append(tag)
    return found


_LANGUAGES = _load()
_BY_SCRIPT, _BY_WORD = _by_script(_LANGUAGES), _by_word(_LANGUAGES)
_PRIMARY = frozenset(tag.split("-")[0] for tag in _LANGUAGES)


def find_language(text: str, declared: str | None = None) -> str:
    """The language of a text as a BCP 47 tag, with the script where that is unusual: `kk`, `kk-Latn`, `uz-Cyrl`.

    text: the first 1,000 characters are looked at.
    declared: what the page says (`kk`, `kk_KZ`, `kz`); it holds unless script, letters or words contradict it.
    Returns `und` when nothing can be said. Never raises.

    >>> find_language("Қазақстанда жаңа мектептер ашылды, деп хабарлайды министрлік.", "ru")
    'kk'
    """
    claim, tag = _read_tag(declared)
    if claim and len(text) > BEGINNING:
        found, is_best = _judge(text[:BEGINNING], claim, tag)
        if is_best and found.split("-")[0] == claim:
            return found
    return _judge(text[:SAMPLE], claim, tag)[0]


def _judge(text: str, claim: str, tag: str) -> tuple[str, bool]:
    """The language of a text, and whether no other fits it better."""
    low = text.lower()
    for sign in "'ʼ’‘":
        # The turned comma of Uzbek is a letter and is typed in many ways.
        low = low.replace(sign, "ʻ")
    letters = _letters(low)
    script = _main_script(letters)
    if script is None:
        return tag or "und", False
    counts = {letter: count for letter, count in letters.items() if _script(letter) == script}
    scores = _scores(low, script, counts)
    best = max(scores, key=lambda name: scores[name], default="")
    return _choose(scores, best, sum(counts.values()), claim, tag), best.split("-")[0] == claim


@lru_cache(maxsize=256)
def _read_tag(declared: str | None) -> tuple[str, str]:
    """Primary language and tag without the region; empty when it says nothing."""
    match = _TAG.fullmatch((declared or "")[:40])
    if match is None:
        return "", ""
    code = match[1].lower()
    code = _CODES.get(code, code)
    if code in ("und", "mul", "zxx"):
        return "", ""
    return code, f"{code}-{match[2].title()}" if match[2] and code in ("zh", "sr", "uz", "kk", "az") else code


def _letters(low: str) -> dict[str, int]:
    return {char: low.count(char) for char in set(low) if char.isalpha()}


@lru_cache(maxsize=4096)
def _script(letter: str) -> str | None:
    code = ord(letter)
    place = bisect_right(_STARTS, code) - 1
    if place < 0 or code > _RANGES[place][1]:
        return None
    return _RANGES[place][2]


def _main_script(letters: Mapping[str, int]) -> str | None:
    """The script of most letters; a little kana makes Han Japanese."""
    counts: Counter[str] = Counter()
    for letter, count in letters.items():
        script = _script(letter)
        if script is not None:
            counts[script] += count
    if counts["Kana"] * 20 > counts["Hani"]:
        counts["Kana"] += counts.pop("Hani", 0)
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] else None


def _scores(low: str, script: str, counts: Mapping[str, int]) -> dict[str, float]:
    """How well each language of the script fits."""
    languages = _BY_SCRIPT.get(script, ())
    words = _WORD.findall(low)
    hits = dict.fromkeys((tag for tag, _ in languages), 0)
    for word in words:
        for tag in _BY_WORD.get(word, ()):
            if tag in hits:
                hits[tag] += 1
    letters = _score_letters(script, languages, counts)
    number = max(1, len(words))
    return {
        tag: (hits[tag] + (_PARTS * sum(map(low.count, language.parts)) if language.parts else 0)) / number
        + letters[tag]
        for tag, language in languages
    }


def _score_letters(
    script: str, languages: Iterable[tuple[str, _Language]], counts: Mapping[str, int]
) -> dict[str, float]:
    """How well the letters fit each language: its own ones speak for it, other special or missing ones against."""
    if script not in _PLAIN:
        return {tag: _OWN_LETTERS for tag, _ in languages}
    total = sum(counts.values())
    special = {letter: counts[letter] for letter in counts.keys() - _PLAIN[script]}
    all_special = sum(special.values())
    scores = {}
    for tag, language in languages:
        own = sum([special[letter] for letter in special if letter in language.own]) if special else 0
        foreign = all_special - own
        for letter in language.without:
            foreign += counts.get(letter, 0)
        missing = len(language.needs - counts.keys()) if language.needs and total >= _ENOUGH_FOR_ALL else 0
        scores[tag] = (_OWN_LETTERS * own - _FOREIGN_LETTERS * foreign) / total - _MISSING * missing
    return scores


def _choose(scores: dict[str, float], best: str, letters: int, claim: str, tag: str) -> str:
    if not best:
        return tag or "und"
    mine = [name for name in scores if name.split("-")[0] == claim]
    if claim in _PRIMARY and not mine:
        # The script is not one of the declared language.
        return best if scores[best] >= _LEAST_SCORE or len(scores) == 1 else "und"
    if claim and not mine:
        return best if scores[best] > 3 * _LEAST_SCORE else tag
    if claim and (letters < _FEW_LETTERS or scores[mine[0]] >= scores[best] * 0.7):
        return tag if tag.split("-")[0] == mine[0] else mine[0]
    return best if scores[best] >= _LEAST_SCORE else "und"
