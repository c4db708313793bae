"""Lines of text as the walk reads them."""

import pytest

from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page


def lines(html):
    root = parse_html(f"<body>{html}</body>")
    assert root is not None
    return [block.text for block in read_page(root, "").blocks]


@pytest.mark.parametrize("silent", [
    "<svg><path d='M0 0'/></svg>", "<script>var a = 1;</script>", "<button>Ашу</button>",
    "<noscript><p>Жоқ</p></noscript>"])
def test_text_behind_a_silent_element_is_read_once(silent):
    assert lines(f"<p>Біз {silent}24 сәуірде <b>келдік</b></p>") == ["Біз 24 сәуірде келдік"]


@pytest.mark.parametrize(("html", "text"), [
    ("<div><span class='author'>Асқар Нұр</span><span class='date'>24.04.2024</span></div>", "Асқар Нұр 24.04.2024"),
    ("<div><span class='date'>Бүгін, 10:09</span><span><a href='/c'>Қала</a></span></div>", "Бүгін, 10:09 Қала"),
    ("<div><b>Автор</b><span class='date'>24.04.2024</span></div>", "Автор 24.04.2024"),
    ("<p><b>Қ</b><span>азақстан</span></p>", "Қазақстан"),                                 # a drop cap
    ("<p><span class='date'>2024</span>, <span>Алматы</span></p>", "2024, Алматы"),
    ("<p><span class='date'>24.04.2024</span></p><p>Мәтін</p>", "24.04.2024"),
])
def test_byline_and_date_are_parts_of_their_own(html, text):
    assert lines(html)[0] == text
