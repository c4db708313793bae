"""The words of all languages, folded and ready for a look-up."""

from malim_scraper.dates import en, kk, ru, world
from malim_scraper.dates.fold import fold, fold_words

_LANGUAGES = (kk, ru, en, world)


def _months() -> dict[str, int]:
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        endings = ("", *language.MONTH_ENDINGS.split())
        for number, (names, short) in enumerate(zip(language.MONTHS, language.SHORT_MONTHS, strict=True), 1):
            for name in names.split():
                for ending in endings:
                    found.setdefault(fold(name + ending), number)
            for name in short.split():
                found.setdefault(fold(name), number)
    return found


def _days_ago() -> dict[str, int]:
    return {
        fold(word): days
        for language in _LANGUAGES
        for words, days in language.DAYS_AGO.items()
        for word in words.split()
    }


def _units() -> dict[str, str]:
    return {
        fold(word): unit for language in _LANGUAGES for unit, words in language.UNITS.items() for word in words.split()
    }


MONTHS = _months()
# Elsewhere they are words of other languages too: French `hier` is German for "here".
DAYS_AGO_ALONE = fold_words(*kk.DAYS_AGO, *ru.DAYS_AGO, *en.DAYS_AGO)
# Short names that are also words or endings of numbers in another language: `3 out`, `10 set`.
MONTHS_WITH_YEAR = fold_words(*kk.SHORT_MONTHS, *world.SHORT_MONTHS) - fold_words(*en.SHORT_MONTHS, *ru.SHORT_MONTHS)
DAYS_AGO = _days_ago()
UNITS = _units()
WEEKDAYS = fold_words(*(language.WEEKDAYS for language in _LANGUAGES))
YEAR_WORDS = fold_words(*(language.YEAR_WORDS for language in _LANGUAGES))
CLOCK_WORDS = fold_words(*(language.CLOCK_WORDS for language in _LANGUAGES))
DAY_ENDINGS = fold_words(*(language.DAY_ENDINGS for language in _LANGUAGES))
NOW = tuple(fold(phrase) for language in _LANGUAGES for phrase in language.NOW)
AGO = fold_words(*(language.AGO for language in _LANGUAGES))
AGO_BEFORE = tuple(fold(phrase) for phrase in world.AGO_BEFORE)
ONE = fold_words(*(language.ONE for language in _LANGUAGES))
