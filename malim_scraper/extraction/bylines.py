"""The names in a byline."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from malim_scraper.dates import find_dates
from malim_scraper.dates.fold import fold as fold_date
from malim_scraper.dates.vocabulary import WEEKDAYS
from malim_scraper.labels import FIRST, first_letters_of, label_key, labels
from malim_scraper.text import clean

MAX_BYLINE = 300  # characters
MAX_NAME = 60
_PICTOGRAMS = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_SEPARATOR = re.compile(rf"\s{{0,9}}[,;|•·‧∙、，；\n{_PICTOGRAMS}]\s{{0,9}}|\s[–—/-]\s|\s?(?:&|／)\s?")
_ASIDE = re.compile(r"\([^()]{0,100}\)|\[[^\[\]]{0,100}\]|（[^（）]{0,100}）")
_BRACKETS = "([（"
_QUOTES = "«“„\"”"  # behind a name: the paper or agency that it writes for
_ADDRESS = re.compile(r"\S{1,64}@\S{1,100}|https?://\S{1,200}|www\.\S{1,200}|@\w{1,40}")
_AGENCY = re.compile(r"[A-Z]{2,5}|[А-Я]{2,5}")  # behind a name: whose reporter it is
_WORD = re.compile(r"[\w'’ʼ`\-.]+")
_JOINERS_WORDS = """
and und et y e och og ve и й та і және жана en i a και و with mit avec con ja és și şi ir un va ва & 및 와 과
"""
_JOINERS = frozenset(_JOINERS_WORDS.split())
_PARTICLES_WORDS = """
de del della di da dal dos das do du des la le el los von van der den ten ter vom zu zur zum af av al bin ibn
ben abu ould ап ұлы қызы улы кызы оглы кызы эль аль бен ибн фон ван де та o' d' l' und st
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())


def parse_byline(text: str, *, declared: bool = False) -> list[str]:
    """Read the names in a byline, in page order.

    text: one line as printed, label included. declared: the text is the value of an author's field, where names need no
    capital. Returns names without labels, roles, dates, addresses; empty when unsure. Never raises.

    >>> parse_byline("Автор: Асқар Нұр, тілші")
    ['Асқар Нұр']
    >>> parse_byline("By Jane Doe and Luis da Silva in Oslo, 5 hours ago")
    ['Jane Doe', 'Luis da Silva']
    """
    text = text[:MAX_BYLINE]
    if any(sign in text for sign in _BRACKETS):
        text = _ASIDE.sub(" ", text)
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    text = clean(text)
    text = _without_dates(text)
    text = strip_label(strip_label(text, "byline")[1], "byline")[1]
    if label_key(text) in labels("byline"):
        return []
    names: list[str] = []
    for part in _SEPARATOR.split(text):
        if (names and part.lstrip()[:1] in _QUOTES) or _is_credit(part):
            continue
        for piece in _split_joined(_without_joiner(part) if names else part):
            piece = strip_label(piece, "byline")[1]
            name = _name(piece, declared=declared)
            # `Алматы облысы` behind a name says where, `Executive Editor` what: a word of it is left.
            rest = bool(names) and " " not in name and " " in piece.strip()
            if name and name not in names and not rest:
                names.append(name)
    if len(names) > 1 and " " in names[0]:
        names = [names[0], *(name for name in names[1:] if not _AGENCY.fullmatch(name))]
    return names


def _is_credit(part: str) -> bool:
    """Whether a part of a byline names who took the pictures."""
    return label_key(part.replace("：", ":").partition(":")[0]) in labels("credit")


def strip_label(text: str, kind: str, further: tuple[str, ...] = ()) -> tuple[str, str]:
    """Part a label at the beginning of a text from the rest; the label is empty when there is none.

    kind: a table of `labels.toml`. further: a portal's own spellings.

    >>> strip_label("Жарияланды: 19.02.2021", "published")
    ('Жарияланды', '19.02.2021')
    """
    known, begins = _known_labels(kind, further)
    if not text[:1].isalnum() or not begins(text[:FIRST]):
        return "", text
    for sign in (":", "："):
        before, found, rest = text.partition(sign)
        if found and len(before) < 40 and label_key(before) in known:
            return before.strip(), rest.strip()
    words = text.split(" ", 5)
    for count in range(min(4, len(words) - 1), 0, -1):
        label = " ".join(words[:count])
        if label_key(label) in known:
            return label.strip(" :.-–—|"), " ".join(words[count:]).lstrip(" :.-–—|")
    return "", text


@cache
def _known_labels(kind: str, further: tuple[str, ...]) -> tuple[frozenset[str], Callable[[str], bool]]:
    """The labels of a kind, and a quick test of a text's first letters."""
    known = labels(kind, further) - {""}
    return known, first_letters_of(frozenset(label.split(" ")[0] for label in known))


def _without_dates(text: str) -> str:
    """Cut a line from where a date, or the label of one, begins; a date at the beginning is left out."""
    for found in find_dates(text):
        before, _, after = text.partition(found)
        text = (before if any(map(str.isalpha, before)) and len(before) > 5 else after).strip(" ,;|")
        first, _, last = text.rpartition(" ")
        if " " in first and fold_date(last) in WEEKDAYS:
            text = first
    words = text.split(" ")
    for index, word in enumerate(words):
        if index and label_key(word) in _moment_words():
            return " ".join(words[:index])
    return text


@cache
def _moment_words() -> frozenset[str]:
    found = {label.split(" ")[0] for kind in ("published", "modified") for label in labels(kind) if len(label) > 5}
    return frozenset(found - {"last", "latest", "date", "first"})


def _without_joiner(text: str) -> str:
    """Cut the word that joins the last name to those before it, where a comma stands as well: `, and Jane Doe`."""
    first, _, rest = text.partition(" ")
    return rest if first in _JOINERS and rest[:1].isupper() else text


def _split_joined(text: str) -> list[str]:
    """Split at words such as "and" that stand between names."""
    words = text.split(" ")
    parts: list[list[str]] = [[]]
    for index, word in enumerate(words):
        if word in _JOINERS and parts[-1] and index < len(words) - 1 and _may_part(parts[-1], words[index + 1]):
            parts.append([])
        else:
            parts[-1].append(word)
    return [" ".join(part) for part in parts]


def _may_part(before: list[str], after: str) -> bool:
    return (len(before) > 1 or before[0].isupper()) and (not after[:1].islower() or after in _PARTICLES)


def _name(text: str, *, declared: bool) -> str:
    text = text.strip(' \t.,:;|–—-/*•·"“”«»„')
    words = text.split(" ")
    words = _without_roles(words)
    if not declared:
        words = _until_small(words)
    name = " ".join(words).strip(" .,:;–—-" if len(words) > 1 else " ,:;–—-")
    return name if _is_name(name, words, declared=declared) else ""


def _without_roles(words: list[str]) -> list[str]:
    roles, firsts, lasts = _roles()
    if label_key(words[-1]).rpartition(" ")[2] in lasts:
        for count in (5, 4, 3, 2, 1):
            if len(words) >= count and label_key(" ".join(words[-count:])) in roles:
                words = _without_ranks(words[:-count])
                break
    if words and label_key(words[0]).partition(" ")[0] in firsts:
        for count in (3, 2, 1):
            if len(words) > count + 1 and label_key(" ".join(words[:count])) in roles:
                words = words[count:]
                break
    return words


def _without_ranks(words: list[str]) -> list[str]:
    """Cut what is left of a longer role: `Senior Washington` of `Andrea Stone Senior Washington Correspondent`."""
    ranks = _ranks()
    stop = next((index for index, word in enumerate(words) if index and label_key(word) in ranks), len(words))
    return words[:stop]


@cache
def _ranks() -> frozenset[str]:
    """The first words of roles that consist of several, such as `Senior`, without those that are roles themselves."""
    roles, _, lasts = _roles()
    firsts = frozenset(role.split(" ")[0] for role in roles if " " in role)
    return firsts - roles - lasts


@cache
def _roles() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The roles of people, their first words and their last ones."""
    roles = labels("role")
    words = [role.split(" ") for role in roles]
    return roles, frozenset(first for first, *_ in words), frozenset(last for *_, last in words)


def _until_small(words: list[str]) -> list[str]:
    """Keep the words up to the first that begins with a small letter and is no particle of names."""
    for index, word in enumerate(words):
        if word[:1].islower() and word not in _PARTICLES and not word.startswith(("d'", "d’", "al-", "el-")):
            words = words[:index]
            break
    while words and words[-1] in _PARTICLES:
        words = words[:-1]
    return words


def _is_name(name: str, words: list[str], *, declared: bool) -> bool:
    if not 1 < len(name) <= MAX_NAME or not any(map(str.isalpha, name)) or len(words) > (8 if declared else 5):
        return False
    if any(sign in name for sign in ("?", "!", "http", "…", "%", "{", "<", "=", "#")):
        return False
    digits = sum(map(str.isdigit, name))
    if digits > (4 if declared else 2) or digits * 3 > len(name):
        return False
    return declared or len(_WORD.findall(name)) == len(words) or "." in name or "/" in name
