"""The language of a text."""

import re

_KAZAKH = re.compile("[әғқңөұүһіӘҒҚҢӨҰҮҺІ]")
_CYRILLIC = re.compile("[а-яА-ЯёЁ]")
_CODES = {"kz": "kk", "ua": "uk"}


def find_language(text: str, declared: str | None = None) -> str:
    """The language of a text as a BCP 47 tag; `und` when nothing can be said."""
    sample = text[:3000]
    letters = len(_CYRILLIC.findall(sample))
    if letters > 20:
        return "kk" if len(_KAZAKH.findall(sample)) * 25 > letters else "ru"
    code = (declared or "").replace("_", "-").split("-")[0].lower()
    return _CODES.get(code, code) or "und"
