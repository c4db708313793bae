import pytest

from malim_scraper.extraction.evidence import choose
from tests.extraction.pages import page


def authors(**parts):
    chosen = choose(page(**parts), "authors", []).chosen
    return (chosen.value, chosen.evidence) if chosen else ([], None)


def script(author):
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", '
        '"headline": "Жайық бойында нөсер жаңбыр жауды", "author": ' + author + "}</script>"
    )


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ('"Асқар Нұр"', ["Асқар Нұр"]),
        ('{"@type": "Person", "name": "Асқар Нұр"}', ["Асқар Нұр"]),
        ('[{"name": "Асқар Нұр"}, null, {"name": "Айгүл Сәрсен"}]', ["Асқар Нұр", "Айгүл Сәрсен"]),
        ('["Асқар Нұр", "https://example.kz/author/1"]', ["Асқар Нұр"]),
        ('{"name": "Асқар Нұр, тілші"}', ["Асқар Нұр"]),
        ("null", []),
        ("[]", []),
        ("{}", []),
        ("5", []),
    ],
)
def test_json_ld(author, expected):
    assert authors(head=script(author))[0] == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"before": "<p>Автор: Асқар Нұр</p>"}, (["Асқар Нұр"], "label")),
        ({"after": "<p>Автор: Асқар Нұр</p>"}, (["Асқар Нұр"], "label")),
        ({"before": "<div>Автор:</div><div>Асқар Нұр</div>"}, (["Асқар Нұр"], "label")),
        ({"before": "<a rel='author' href='/a/1'>Асқар Нұр</a>"}, (["Асқар Нұр"], "rel-author")),
        ({"before": "<div class='post-author'>Асқар Нұр</div>"}, (["Асқар Нұр"], "marker")),
        ({"before": "<p>Malim Админ</p><ul><li>19.02.2021</li></ul>"}, (["Malim Админ"], "beside-date")),
        ({"before": "<div>Malim Админ • 19.02.2021</div>"}, (["Malim Админ"], "beside-date")),
        (
            {"before": "<div><span>Автор: Malim Админ</span><span>19 ақпан 2021</span></div>"},
            (["Malim Админ"], "label"),
        ),
        # the site as author loses to a person that is printed, and stands where there is nobody else
        (
            {"head": script('{"@type": "Organization", "name": "Example"}'), "before": "<p>Автор: Асқар Нұр</p>"},
            (["Асқар Нұр"], "label"),
        ),
        ({"head": script('{"@type": "Organization", "name": "Example"}')}, (["Example"], "publisher")),
        # who made the site, not printed beside the article
        ({"head": "<meta name='author' content='Sarybulak Media Systems'>"}, ([], None)),
        (
            {"head": "<meta name='author' content='Асқар Нұр'>", "before": "<p>Асқар Нұр, 19.02.2021</p>"},
            (["Асқар Нұр"], "meta"),
        ),
        ({"before": "<p>Фото: Асқар Нұр</p>"}, ([], None)),
        ({"after": "<div class='comments'><p class='comment-author'>Асқар Нұр</p></div>"}, ([], None)),
        ({"after": "<div class='related'><p>Автор: Асқар Нұр</p></div>"}, ([], None)),
        ({}, ([], None)),
    ],
)
def test_choice(parts, expected):
    assert authors(**parts) == expected
