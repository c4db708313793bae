import pytest

from malim_scraper.extraction.evidence import choose
from tests.extraction.pages import page


def dates(**parts):
    read = page(**parts)
    return tuple(
        choice.chosen.value if (choice := choose(read, field, [])).chosen else None
        for field in ("date_published", "date_modified")
    )


def script(**dates):
    pairs = "".join(f', "{key}": "{value}"' for key, value in dates.items())
    return (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Жайық бойында нөсер жаңбыр жауды"'
        + pairs
        + "}</script>"
    )


@pytest.mark.parametrize(
    ("parts", "published", "modified"),
    [
        ({"before": "<p>19.02.2021</p>"}, "19.02.2021", None),
        ({"before": "<p>Сұхбат • 21 Ақпан, 2025</p>"}, "21 Ақпан, 2025", None),
        ({"before": "<p>Жарияланды: 19.02.2021 Жаңартылды: 20.02.2021</p>"}, "19.02.2021", "20.02.2021"),
        ({"before": "<p>Обновлено: 20.02.2021</p>"}, None, "20.02.2021"),
        (
            {"before": "<p>Опубликовано:</p><p>19.02.2021</p><p>Обновлено:</p><p>20.02.2021</p>"},
            "19.02.2021",
            "20.02.2021",
        ),
        (
            {"before": "<div><span>Асқар</span><span>19 ақпан 2021</span><span>Оқылды: 4236</span></div>"},
            "19 ақпан 2021",
            None,
        ),
        ({"before": "<time datetime='2021-02-19T02:30:00+05:00'>19 ақпан</time>"}, "2021-02-19T02:30:00+05:00", None),
        ({"before": "<time class='updated' datetime='2021-02-20'>20.02</time>"}, None, None),
        ({"after": "<p>19.02.2021</p>"}, "19.02.2021", None),
        ({"head": script(datePublished="2021-02-19", dateModified="2021-02-20")}, "2021-02-19", "2021-02-20"),
        ({"head": script(dateModified="2021-02-20")}, None, "2021-02-20"),
        (
            {"head": "<meta property='article:published_time' content='2021-02-19T10:00:00+06:00'>"},
            "2021-02-19T10:00:00+06:00",
            None,
        ),
        # a declared day without a time gives way to the same day with one
        ({"head": script(datePublished="2021-02-19"), "before": "<p>19.02.2021, 14:05</p>"}, "19.02.2021, 14:05", None),
        ({"url": "https://example.kz/2021/02/19/zhanbyr"}, "2021-02-19", None),
        ({"url": "https://example.kz/view/AKR20210219143000051"}, "2021-02-19", None),
        ({"url": "https://example.kz/news/20211245-zhanbyr"}, None, None),
        (
            {
                "after": "<h2>Байланысты жаңалықтар</h2><ul><li>"
                "<a href='/1'>Басқа мақала туралы хабар</a> 24.04.2024</li></ul>"
            },
            None,
            None,
        ),
        ({"after": "<div class='comments'><p>Асқар, 24.04.2024</p></div>"}, None, None),
        ({"before": "<p>Сурет кеше, 24.04.2024 күні, өзен жағасындағы жаңа алаңда түсірілген еді</p>"}, None, None),
        (
            {"before": "<p>on December 27, 2014 at 12:06 PM, updated December 27, 2014 at 12:10 PM</p>"},
            "December 27, 2014 at 12:06 PM",
            "December 27, 2014 at 12:10 PM",
        ),
        (
            {"after": "<div class='post-footer'>Запись опубликована 14 декабря 2015, пятница, в рубрике Қоғам</div>"},
            "14 декабря 2015",
            None,
        ),
        ({"before": "<p>Опубликовано: пятница, 04 июл 2025, 12:00</p>"}, "04 июл 2025, 12:00", None),
        (
            {
                "before": "<p>(18.01.2018) Өзен жағасында нөсер жаңбыр жауды. Қала тұрғындары жаңбырдан кейін көшеге "
                "шығып, су басқан аулаларды бірге тазалады, деді әкімдік өкілі журналистерге берген сұхбатында.</p>"
            },
            "18.01.2018",
            None,
        ),
        ({"url": "https://example.kz/2013/middle_east/8/3/syria.clashes/index.html"}, "2013-08-03", None),
        # the reader's day in the frame of the page
        ({"headline": "<div>Бүгін: 25.05.2024</div><h1>Жайық бойында нөсер жаңбыр жауды</h1>"}, None, None),
        (
            {
                "headline": "<div>25 мамыр 2024</div><div><a href='/a'>Басты</a></div><div><a href='/b'>Қоғам</a></div>"
                "<div><a href='/c'>Спорт</a></div><h1>Жайық бойында нөсер жаңбыр жауды</h1>"
            },
            None,
            None,
        ),
        # Bitrix prints the date at the head of the text
        (
            {
                "before": "<div><span class='news-date-time'>14.12.2020 18:20</span>Өзен жағасында нөсер жаңбыр жауды, "
                "қала тұрғындары жаңбырдан кейін көшеге шығып, су басқан аулаларды бірге тазалады.</div>"
            },
            "14.12.2020 18:20",
            None,
        ),
        ({"before": "<div class='u'><span class='job'>экономист</span><span class='when'>13.12.2022</span></div>"},
         "13.12.2022", None),
        # the number of comments behind the date
        (
            {
                "before": "<p class='meta'>Асқар <span class='date'>12 шілде, 2017</span> "
                "<span class='comments'><a href='#c'>0 пікір</a></span></p>"
            },
            "12 шілде, 2017",
            None,
        ),
        # far below, behind other articles
        (
            {
                "after": "<p>Читайте также:</p><ul><li><a href='/news/1'>Су тасқыны туралы дерек бар</a></li></ul>"
                "<div>Запись опубликована 14 декабря 2015 в 14:48 пользователем Асқар в рубрике Қоғам, Ауа райы.</div>"
            },
            "14 декабря 2015 в 14:48",
            None,
        ),
        # below a post, in a long sentence of its own
        (
            {
                "after": "<div>This entry was posted on Wednesday, December 14th, 2011 at 2:48 pm and is filed under "
                "<a href='/c'>Ауыл</a>. You can follow any responses to this entry through the <a href='/rss'>RSS</a> "
                "feed. You can <a href='#r'>leave a response</a>, or <a href='/t'>trackback</a> from here.</div>"
            },
            "December 14th, 2011 at 2:48 pm",
            None,
        ),
        ({"after": "<p>Esta entrada fue publicada el miércoles 14 de diciembre de 2011 a las 14:48 en Pueblo.</p>"},
         "14 de diciembre de 2011 a las 14:48", None),
        ({"after": "<p>Este artigo foi publicado em quarta-feira, 14 de dezembro de 2011 e arquivado em Aldeia.</p>"},
         "14 de dezembro de 2011", None),
        # a sign parts it from rubric and topics
        (
            {
                "after": "<div>14. Dezember 2011 | Kategorie: <a href='/d'>Dorf</a> | Tags: <a href='/m'>Mühle</a>, "
                "<a href='/k'>Korn</a>, <a href='/b'>Brüder aus dem Tal</a></div>"
            },
            "14. Dezember 2011",
            None,
        ),
        # microformats and their like: the moment in the title of an element that is named for it
        ({"after": "<p>Әсел <abbr class='published' title='2011-12-14T14:48:00+06:00'>14:48</abbr></p>"},
         "2011-12-14T14:48:00+06:00", None),
        ({"before": "<span class='timestamp' title='2011-12-14 14:48:00'>3 жыл бұрын</span>"},
         "2011-12-14 14:48:00", None),
        ({"before": "<abbr class='date' title='2011 жылғы өрт туралы толық баяндама мен суреттер'>сурет</abbr>"},
         None, None),
        # a leaf of a calendar
        ({"before": "<div class='post-date'><b>Dec</b><b>14</b><b>2011</b></div>"}, "Dec 14 2011", None),
        ({"before": "<div class='post-date'><b>Dec</b><b>14</b></div>"}, None, None),
        ({"after": "<p>© 2011 Асқар Нұр</p>"}, None, None),
        *[({"head": f"<meta name='{name}' content='2011-12-14'>"}, "2011-12-14", None)
          for name in ("DC.date.created", "dcterms.available", "citation_date", "article:published", "og:regDate",
                       "prism.publicationDate", "created", "publishedDate")],
        ({"head": "<meta property='og:updated_time' content='2011-12-14'>"}, None, "2011-12-14"),
        # an opinion piece, which many sites call a comment
        (
            {
                "headline": "<header class='article-comment'><h1>Жайық бойында нөсер жаңбыр жауды</h1>"
                "<p>19.02.2021</p></header>"
            },
            "19.02.2021",
            None,
        ),
        ({}, None, None),
    ],
)
def test_choice(parts, published, modified):
    assert dates(**parts) == (published, modified)
