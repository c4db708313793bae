"""Dates as the replica's two markups print them, and escaping."""

from datetime import date, datetime
from html import escape

_RU = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа",
       "сентября", "октября", "ноября", "декабря")
_KK = ("Қаңтар", "Ақпан", "Наурыз", "Сәуір", "Мамыр", "Маусым", "Шілде", "Тамыз", "Қыркүйек", "Қазан", "Қараша",
       "Желтоқсан")


def esc(text: str) -> str:
    """Escape a text for HTML and XML."""
    return escape(text, quote=True)


def dotted(moment: date | datetime | None) -> str:
    """Return `24.04.2024`, with the time if there is one."""
    return "" if moment is None else moment.strftime("%d.%m.%Y %H:%M" if isinstance(moment, datetime) else "%d.%m.%Y")


def in_words(moment: date | datetime | None, language: str) -> str:
    """Return `24 апреля 2024, 12:30` in Russian, `12:30, 24 Сәуір 2024` in Kazakh."""
    if moment is None:
        return ""
    time = moment.strftime("%H:%M") if isinstance(moment, datetime) else ""
    if language == "ru":
        return f"{moment.day} {_RU[moment.month - 1]} {moment.year}{time and f', {time}'}"
    return f"{time and f'{time}, '}{moment.day} {_KK[moment.month - 1]} {moment.year}"
