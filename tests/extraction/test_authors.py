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
        # microformats: a vcard is no card of the author's life
        ({"before": "<span class='author vcard'><a class='url fn' href='/a/1'>Асқар Нұр</a></span>"},
         (["Асқар Нұр"], "marker")),
        ({"before": "<div class='author-card'>Асқар Нұр</div>"}, ([], None)),
        # behind the date
        ({"before": "<p>14. Dezember 2011 von Anna Berg</p>"}, (["Anna Berg"], "label")),
        ({"before": "<p>Veröffentlicht am 14. Dezember 2011 von Anna Berg</p>"}, (["Anna Berg"], "label")),
        ({"after": "<p>This entry was posted in <a href='/c'>Village</a> on December 14, 2011 by Anna Hill.</p>"},
         (["Anna Hill"], "label")),
        ({"before": "<p>Der Park wurde am 14. Dezember 2011 von Anna Berg eröffnet.</p>"}, ([], None)),
        # by the address of a link
        ({"before": "<p><a href='/author/askar-nur'>Асқар Нұр</a> 14.12.2011</p>"}, (["Асқар Нұр"], "author-link")),
        ({"before": "<p><a href='/people/askar-nur'>Асқар Нұр</a> 14.12.2011 күні келді.</p>"}, ([], None)),
        # words that are labels only before a colon or a bare name
        ({"before": "<p>Text Size</p>"}, ([], None)),
        ({"before": "<p>From Oslo to Rome</p>"}, ([], None)),
        ({"before": "<p>Text: Anna</p>"}, (["Anna"], "label")),
        ({"before": "<p>Text Anna Berg</p>"}, (["Anna Berg"], "label")),
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
        # what a system calls its user is no author, where the page names one
        (
            {"head": script('{"@type": "Person", "name": "Админ"}'), "after": "<p>Автор: Асқар Нұр</p>"},
            (["Асқар Нұр"], "label"),
        ),
        ({"head": script('{"@type": "Person", "name": "Админ"}')}, (["Админ"], "account")),
        ({"after": "<p><b>Нодира Раҳимова тайёрлади.</b></p>"}, (["Нодира Раҳимова"], "label")),
        # a login behind a colon; a label within a line of facts
        (
            {"before": "<p>Автор: <a href='/user/askar'>askar</a> от 8-12-2016, 16:45</p>"},
            (["askar"], "label"),
        ),
        ({"after": "<p>Просмотров: 310 | Добавил: <a href='#'>Marat</a> | Рейтинг: 0.0</p>"}, (["Marat"], "label")),
        # a box with the name and what the person is
        (
            {
                "before": "<div class='author'><a href='/u/1'>Асқар Нұр</a>"
                "<div>Корреспондент отдела культуры.</div></div>"
            },
            (["Асқар Нұр"], "marker"),
        ),
        (
            {"before": "<p>19.02.2021</p>", "after": "<p><strong>Асқар НҰР,<br>Атырау облысы</strong></p>"},
            (["Асқар НҰР"], "alone"),
        ),
        (
            {"before": "<p>19.02.2021</p>", "after": "<p><i>Асқар Нұр, фото автора</i></p>"},
            (["Асқар Нұр"], "alone"),
        ),
        ({"before": "<p>Фото: Асқар Нұр</p>"}, ([], None)),
        ({"after": "<div class='comments'><p class='comment-author'>Асқар Нұр</p></div>"}, ([], None)),
        ({"after": "<div class='related'><p>Автор: Асқар Нұр</p></div>"}, ([], None)),
        ({}, ([], None)),
    ],
)
def test_choice(parts, expected):
    assert authors(**parts) == expected
