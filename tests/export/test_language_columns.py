"""Columns for work on language."""

import unicodedata

import pytest
from invented import records

from malim_scraper.export import ADDED, COLUMNS, Request, export
from malim_scraper.export.language_columns import count_sentences, count_tokens, find_script, to_latin


@pytest.mark.parametrize(("text", "count"), [
    ("", 0), ("  ", 0), ("Тақырып", 1), ("Бір. Екі.", 2), ("Бір! Екі? Үш…", 3),
    ("Ол 2024 ж. Алматыда туған.", 1), ("Пришли А. Б. Иванов и др. Потом ушли.", 1),
    ("Құны 3.5 млн теңге. Рахмет.", 2), ("«Келемін.» «Кел!» деді.", 2), ("Бірінші\n\nЕкінші", 2),
    ("Жыл 2024. Содан бері", 2), ("сөз. кіші әріп", 1),
])
def test_sentences(text, count):
    assert count_sentences(text) == count


@pytest.mark.parametrize(("text", "count"), [("", 0), ("Алма-ата, 5!", 4), ("жер-су «ән»", 4), ("don’t", 1)])
def test_tokens(text, count):
    assert count_tokens(text) == count


@pytest.mark.parametrize(("text", "script"), [
    ("Қазақстан", "Cyrl"), ("Qazaqstan", "Latn"), ("قازاقستان", "Arab"), ("123 !", None), ("中文", None), ("", None),
])
def test_script(text, script):
    assert find_script(text) == script


@pytest.mark.parametrize(("text", "latin"), [
    ("Бүгін жаңбыр жауады", "Bügın jañbyr jauady"), ("Ұлт. ІШКІ ІС", "Ūlt. IŞKI IS"), ("Йод, ине", "İod, ine"),
    ("Чехия цирк ющенко", "Tşehiia tsirk iuştşenko"), ("www.malim.kz 5%", "www.malim.kz 5%"),
])
def test_latin(text, latin):
    assert to_latin(text) == latin


def test_every_letter_of_the_alphabet_is_written():
    alphabet = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
    assert find_script(to_latin(alphabet + alphabet.upper())) == "Latn"
    assert not any("CYRILLIC" in unicodedata.name(one) for one in to_latin(alphabet + alphabet.upper()))


def test_named_fields_come_first(tmp_path, write_dataset):
    write_dataset(tmp_path / "d", records(3))
    target = tmp_path / "m.csv"
    export(Request(tmp_path / "d", str(target), fields=("script", "id"), added=("counts", "script")))
    assert target.read_text("utf-8-sig").splitlines()[0] == "script,id,sentences,tokens"


def test_the_columns_stand_behind_the_others(tmp_path, write_dataset):
    arrow = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra 'export'")
    write_dataset(tmp_path / "d", records(20))
    export(Request(tmp_path / "d", str(tmp_path / "m.parquet"), added=("counts", "script", "latin")))
    table = arrow.read_table(tmp_path / "m.parquet")
    assert table.column_names[len(COLUMNS):] == ["sentences", "tokens", "script", "title_latin", "body_latin"]
    for row in table.to_pylist():
        assert (row["body_latin"] is not None) == (row["language"] == "kk")
        assert row["tokens"] > row["sentences"] > 1
    assert all(column.meaning for columns in ADDED.values() for column in columns)
