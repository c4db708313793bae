"""Text as it is compared and stored: folded white space, no invisible characters."""

import re
import unicodedata

_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, 173, 8203, 8288, 65279))
_WORD = re.compile(r"\w+")


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
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text or "").casefold()))
