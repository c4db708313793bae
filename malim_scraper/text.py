"""Text as it is compared and stored: folded white space, no invisible characters."""

import re
import unicodedata

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 173, 8203, 8288, 65279))
_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def clean(text: str | None) -> str:
    """Fold white space to single spaces and drop control and invisible characters.

    >>> clean("  Бүгін \\n жаңбыр\\u200b ")
    'Бүгін жаңбыр'
    """
    if not text:
        return ""
    folded = " ".join(text.split())
    return folded if folded.isprintable() else " ".join(folded.translate(_CONTROL).split())


def fold(text: str | None) -> str:
    """Reduce a text to what makes it the same to a reader: NFKC, case folded, words only.

    >>> fold("«Қазақстан» – ЖАҢА!")
    'қазақстан жаңа'
    """
    text = text or ""
    folded = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(folded))


def counted(number: int, one: str) -> str:
    """Return a number with its noun, for messages; one: the noun in the singular, with a regular plural.

    >>> counted(1, "record"), counted(2500, "record")
    ('1 record', '2,500 records')
    """
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def weigh(text: str) -> float:
    """Return a text's length in characters of an alphabet; a sign of a script without word spaces counts as 2.5.

    >>> weigh("Қазақстан"), weigh("北京")
    (9, 5.0)
    """
    if text.isascii() or len(text.encode("utf-8", "replace")) < 2.1 * len(text):
        return len(text)  # at most two bytes a letter: Latin, Greek, Cyrillic, Arabic
    return len(text) + 1.5 * len(_WIDE.findall(text))
