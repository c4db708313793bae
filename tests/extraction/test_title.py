import pytest
from lxml import html

from malim_scraper.extraction.evidence import choose
from malim_scraper.extraction.title import find_title, without_kickers, without_site
from tests.extraction.pages import page, values

NAMES = frozenset({"malimkz", "malim", "exampletimes"})
HEADLINE = "Жайық бойында нөсер жаңбыр жауды"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Жаңбыр жауады | Malim.kz", "Жаңбыр жауады"),
        ("Жаңбыр жауады | Қоғам | Malim.kz", "Жаңбыр жауады"),
        ("Malim.kz – Бүгін қалада қатты жаңбыр жауады", "Бүгін қалада қатты жаңбыр жауады"),
        ("A storm - and what it left - Example Times", "A storm - and what it left"),
        ("A storm: what it left", "A storm: what it left"),
        ("Storm hits Ural-Caspian region", "Storm hits Ural-Caspian region"),
        ("Жаңбыр жауады", "Жаңбыр жауады"),
        ("", ""),
    ],
)
def test_without_site(title, expected):
    assert without_site(title, NAMES) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<h1><span class='kicker'>Ауа райы</span> Жаңбыр</h1>", "Жаңбыр"),
        ("<h1><span class='dachzeile'>Ауа райы</span><span> - </span><span>Жаңбыр</span></h1>", "Жаңбыр"),
        ("<h1>Жаңбыр <span class='badge'>Жаңа</span></h1>", "Жаңбыр"),
        ("<h1>Жаңбыр <em>жауды</em></h1>", ""),  # nothing to leave out
        ("<h1>Жаңбыр</h1>", ""),
    ],
)
def test_without_kickers(markup, expected):
    assert without_kickers(html.fragment_fromstring(markup)) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", HEADLINE),
        (f"<title>{HEADLINE} | Example</title>", HEADLINE),
        ("<title>Example.kz</title><meta property='og:title' content='Example.kz'>", HEADLINE),
        # declared by all, but with no word of the headline: the site's own
        (
            "<title>Порталдың басты парағы</title><meta property='og:title' content='Порталдың басты парағы'>"
            '<script type=\'application/ld+json\'>{"@type": "NewsArticle", '
            '"headline": "Порталдың басты парағы"}</script>',
            HEADLINE,
        ),
        # one other title alone loses, two that agree win
        ("<meta property='og:title' content='Нөсер: Жайық бойы'>", HEADLINE),
        (
            "<meta property='og:title' content='Нөсер: Жайық бойы'><script type='application/ld+json'>"
            '{"@type": "NewsArticle", "headline": "Нөсер: Жайық бойы"}</script>',
            "Нөсер: Жайық бойы",
        ),
    ],
)
def test_choice(head, expected):
    assert choose(page(head=head), "title", []).chosen.value == expected


def test_title_without_heading():
    found = page(
        headline="<td class='ttl'><b>Жайық бойында нөсер жаңбыр жауды</b></td>",
        head="<title>Жайық бойында нөсер жаңбыр жауды - Example.kz</title>",
    )
    assert choose(found, "title", []).chosen.value == HEADLINE


@pytest.mark.parametrize(("title", "expected"), [
    ("Мекен ауылының шежіресі | Malim.kz", "Мекен ауылының шежіресі"),
    ("Malim.kz", "Malim.kz"),                       # all that the page says of itself
    ("", None),
])
def test_window_title_where_nothing_else_is_printed(title, expected):
    """Old pages print no headline; the site's name in the page's frame, a link to its front, is none."""
    name = "<div><a href='https://malim.kz/'>Malim.kz</a></div>"
    read = page(head=f"<title>{title}</title>", headline=name, url="https://malim.kz/node/12")
    chosen = choose(read, "title", []).chosen
    assert (chosen.value if chosen else None) == expected


def test_words_glued_by_the_markup_are_parted_as_declared():
    found = page(
        headline="<h1><span>Жайық бойында</span><span>нөсер жаңбыр жауды</span></h1>",
        head="<meta property='og:title' content='Жайық бойында / нөсер жаңбыр жауды'>",
    )
    assert choose(found, "title", []).chosen.value == "Жайық бойында / нөсер жаңбыр жауды"


def test_candidates_say_where():
    found = {(candidate.evidence, candidate.where) for candidate in find_title(page(head=f"<title>{HEADLINE}</title>"))}
    assert found == {("headline", "h1"), ("title-tag", "title")}
    assert values(find_title(page()), "headline") == [HEADLINE]


@pytest.mark.parametrize(
    "headline",
    [
        f"<h1><span>{HEADLINE}</span><a href='/'>Example Times</a></h1>",
        f"<h1><b>Ауа райы</b><span>{HEADLINE}</span></h1>",
    ],
)
def test_headline_with_something_glued_to_it(headline):
    found = choose(page(head=f"<title>{HEADLINE}</title>", headline=headline), "title", []).chosen
    assert found.value == HEADLINE
