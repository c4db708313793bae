import pytest

from malim_scraper.extraction.bylines import parse_byline, strip_label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Автор: Асқар Нұр, тілші", ["Асқар Нұр"]),
        ("Мәтін: Ержан Болатұлы", ["Ержан Болатұлы"]),
        ("Автор: Malim Админ", ["Malim Админ"]),
        ("Асқар Нұр және Айгүл Сәрсен", ["Асқар Нұр", "Айгүл Сәрсен"]),
        ("Иван Петров и Анна Ли", ["Иван Петров", "Анна Ли"]),
        ("корреспондент Иван Петров", ["Иван Петров"]),
        ("By Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("By Jane Doe, Senior reporter", ["Jane Doe"]),
        ("By Jane Doe, AP", ["Jane Doe"]),
        ("By Jane Doe, John Roe, and Ann Hill, CNN", ["Jane Doe", "John Roe", "Ann Hill"]),
        ("Par Anne Dupont, Luc Mont, et Jean Val", ["Anne Dupont", "Luc Mont", "Jean Val"]),
        ("Айгүл САҒАТОВА, «Жетісу таңы»", ["Айгүл САҒАТОВА"]),
        ("Айгүл САҒАТОВА, Алматы облысы", ["Айгүл САҒАТОВА"]),
        ("Айгүл Сағатова, меншікті тілшіміз", ["Айгүл Сағатова"]),
        ("Мәтін: Айгүл Сағатова, фото: Ерлан Мусин", ["Айгүл Сағатова"]),
        ("Бетті дайындаған Айгүл Сағатова", ["Айгүл Сағатова"]),
        ("Muallif: Dilshod Karimov, “Yangi davr” muxbiri", ["Dilshod Karimov"]),
        ("Текст и фото: Руслан Жумабеков", ["Руслан Жумабеков"]),
        ("Фото автора", []),
        ("Published by", []),
        ("Авторы: Дәурен Қасым👁 2 140", ["Дәурен Қасым"]),
        ("By Bryan Hill Tuesday, Aug. 17, 2010", ["Bryan Hill"]),
        ("By JANE DOE, Executive Editor | Friday June 7, 2013 @ 6:43pm", ["JANE DOE"]),
        ("Andrea Hill Senior Washington Correspondent", ["Andrea Hill"]),
        ("Jane Doe (Oslo)", ["Jane Doe"]),
        ("Jane Doe jane@example.org", ["Jane Doe"]),
        ("By Jane Doe 5 hours ago", ["Jane Doe"]),
        ("By Jane Doe in Oslo", ["Jane Doe"]),
        ("Von Max Muster und Eva Beispiel, Berlin", ["Max Muster", "Eva Beispiel", "Berlin"]),
        ("Ein Gastbeitrag von Max Muster", ["Max Muster"]),
        ("Von Max Muster mit AFP", ["Max Muster"]),
        ("Par Anne Dupont Publié le 06/01/2026 - 14:16", ["Anne Dupont"]),
        ("Di Luca Rossi", ["Luca Rossi"]),
        ("05.06.2025 um 14:46 von Max Muster", ["Max Muster"]),
        ("Luis da Silva", ["Luis da Silva"]),
        ("AFP", ["AFP"]),
        ("김철수 기자", ["김철수"]),
        ("记者：王小明", ["王小明"]),
        ("Email the author", []),
        ("5 hours ago", []),
        ("деп хабарлайды агенттік тілшісі", []),
        ("", []),
        (" , ; ", []),
        ("http://example.org/a", []),
        ("?" * 400, []),
    ],
)
def test_parse_byline(text, expected):
    assert parse_byline(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("viktor hedlund", ["viktor hedlund"]),
        ("srf/hosb;kesm", ["srf/hosb", "kesm"]),
        ("Doe Jane", ["Doe Jane"]),
        ("https://facebook.com/x", []),
        ("Jane Doe, Reporter", ["Jane Doe"]),
    ],
)
def test_parse_declared_byline(text, expected):
    assert parse_byline(text, declared=True) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Жарияланды: 19.02.2021", "published", ("Жарияланды", "19.02.2021")),
        ("Обновлено 19.02.2021", "modified", ("Обновлено", "19.02.2021")),
        ("Last updated on Friday", "modified", ("Last updated on", "Friday")),
        ("Байланыс", "published", ("", "Байланыс")),
    ],
)
def test_strip_label(text, kind, expected):
    assert strip_label(text, kind) == expected
