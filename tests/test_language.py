import tomllib
from pathlib import Path

import pytest

from malim_scraper.language import find_language

TEXTS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("language.toml").read_text("utf-8"))
ROWS = [(language, text) for language, texts in TEXTS.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), ROWS)
def test_find_language(language: str, text: str) -> None:
    assert find_language(text) == language


KAZAKH, RUSSIAN, ENGLISH, LATIN = TEXTS["kk"][0], TEXTS["ru"][0], TEXTS["en"][0], TEXTS["kk-Latn"][0]


@pytest.mark.parametrize(("text", "declared", "expected"), [
    (KAZAKH, "ru", "kk"),  # copied templates
    (KAZAKH, "kk_KZ", "kk"),
    (KAZAKH, "kz", "kk"),
    (RUSSIAN, "en", "ru"),
    (RUSSIAN, "en-US", "ru"),
    (RUSSIAN, "kk", "ru"),
    (RUSSIAN, "ru-RU", "ru"),
    (ENGLISH, "ru", "en"),
    (ENGLISH, "en-GB", "en"),
    (LATIN, "kk", "kk-Latn"),
    (LATIN, "en", "kk-Latn"),
    (TEXTS["kk-Arab"][0], "kk", "kk-Arab"),
    (TEXTS["kk-Arab"][0], "ar", "kk-Arab"),
    (TEXTS["uk"][0], "ua", "uk"),
    (TEXTS["uk"][0], "ru", "uk"),
    (TEXTS["uz"][0], "uz", "uz"),
    (TEXTS["uz-Cyrl"][0], "uz", "uz-Cyrl"),
    (TEXTS["no"][0], "nb-NO", "no"),
    (TEXTS["zh"][0], "zh_CN", "zh"),
    (TEXTS["zh"][0], "zh-Hant-TW", "zh-Hant"),
    ("Футбол", "ru", "ru"),
    ("", "kk", "kk"),
    ("", None, "und"),
    ("2024 12:30", None, "und"),
    ("", "!!", "und"),
    ("", "x" * 10000, "und"),
    (ENGLISH, "gl", "en"),
    ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed eiusmod tempor.", "la", "la"),
])  # fmt: skip
def test_declared_language(text: str, declared: str | None, expected: str) -> None:
    assert find_language(text, declared) == expected
