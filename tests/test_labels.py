"""Labels: data that a person extends, and how a printed text is told to be one."""

import tomllib
from importlib.resources import files

import pytest

from malim_scraper.labels import label_key, label_matcher, labels
from malim_scraper.text import clean

DATA = tomllib.loads(files("malim_scraper.labels").joinpath("labels.toml").read_text("utf-8"))


@pytest.mark.parametrize(("kind", "text", "expected"), [
    ("related", "Байланысты жаналықтар", True),        # as the portal misspells it
    ("related", "БАЙЛАНЫСТЫ ЖАҢАЛЫҚТАР:", True),
    ("related", "» Сондай-ақ, оқи отырыңыз", True),
    ("related", "Ещё по теме", True),
    ("related", "ЕЩЕ ПО ТЕМЕ", True),
    ("related", "A LIRE AUSSI", True),                  # capitals without accents
    ("related", "ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", True),
    ("related", "【関連記事】", True),
    ("related", "اقرأ أيضاً:", True),
    ("related", "More on Kazakhstan", True),            # "More on …"
    ("related", "Другие новости по теме", True),        # "… по теме"
    ("related", "More on", True),
    ("related", "MORE:", True),                         # "More:" announces only with its colon
    ("related", "More...", True),
    ("related", "More", False),
    ("related", "Related companies and their shares", False),
    ("related", "Моральный облик", False),
    ("related", "", False),
    ("related", "…", False),
    ("not_related", "Ең көп оқылған", True),
    ("not_related", "Популярные новости дня", True),
    ("not_related", "Popularity contest", False),
    ("more", "Толығырақ »", True),
    ("more", "Mehr Wetterdaten, mehr Schutz?", False),
])
def test_matches(kind, text, expected):
    assert label_matcher(kind).matches(text) is expected


def test_a_portal_adds_its_own():
    assert label_matcher("related", ("Досье",)).matches("ДОСЬЕ:")
    assert not label_matcher("related").matches("Досье")


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        labels("realted")


@pytest.mark.parametrize("kind", DATA)
def test_each_label_is_clean_and_found(kind):
    matcher = label_matcher(kind)
    for language, printed in DATA[kind].items():
        for label in printed:
            assert label == clean(label), (language, label)
            assert label_key(label), (language, label)
            assert matcher.matches(label), (language, label)


def test_no_label_says_both():
    assert not labels("related") & labels("not_related")
