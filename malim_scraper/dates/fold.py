"""One spelling for letters that look alike, so that a word is found however it was typed."""

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CYRILLIC = str.maketrans("аеёорсухіїѕјһə", "aeeopcyxiisjhә")
_ARABIC = str.maketrans("كکىیيەهھأإآ", "ككىىىەەەااا")
_DIGITS = {ord(c): str(unicodedata.digit(c)) for c in "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯"}
_SIGNS = {
    ord(c): plain
    for plain, signs in {" ": "\u00a0\u2007\u2009\u202f\u3000", "-": "‐‑‒–—―−", ",": "،", "'": "’‘ʼʻ"}.items()
    for c in signs
}


def _latin() -> dict[int, str]:
    """Letters of Latin and Greek script without their accents."""
    table = {ord(c): plain for c, plain in zip("ıłøđðŋßſς", "iloddnssσ", strict=False)}
    for code in (*range(0xE0, 0x250), *range(0x3AC, 0x3CF), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base != chr(code) and len(chr(code).lower()) == 1:
            table[code] = base
    return table


_TABLE: dict[int, str] = {
    **_latin(),
    **{k: chr(v) for k, v in {**_CYRILLIC, **_ARABIC}.items()},
    **_DIGITS,
    **_SIGNS,
}


def clean(text: str) -> str:
    """The text composed (NFC) and without characters that take no room."""
    if text.isascii():
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """The text in one case, with look-alike letters made one; as long as the text itself.

    >>> fold("Бүгiн") == fold("бүгін")
    True
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower()[0] for c in text)
    return low.translate(_TABLE)


def fold_words(*texts: str) -> frozenset[str]:
    """The folded words of lists parted by spaces."""
    return frozenset(fold(word) for text in texts for word in text.split())
