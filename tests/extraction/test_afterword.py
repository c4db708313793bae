"""What follows the article under a label of its own."""

import pytest

from malim_scraper.extraction.afterword import without_afterword
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

TEXT = "Өзендегі су деңгейі бір тәулікте отыз сантиметрге төмендеді, дегенмен кезекшілік әлі бір апта жалғасады."
TEASER = "Құтқарушылар бөгетті нығайтты."


@pytest.mark.parametrize(("html", "kept"), [
    (f"<div><p>{TEXT}</p><p>{TEXT}</p></div><h3>Читайте также</h3><p>{TEASER}</p>", 2),
    (f"<div><p>{TEXT}</p></div><section><h2>Байланысты жаналықтар</h2><p>{TEASER}</p></section>", 1),
    (f"<div><p>{TEXT}</p></div><h3>Соңғы жаңалықтар</h3><p>{TEASER}</p>", 1),
    (f"<div><p>{TEXT}</p><p>Оқи отырыңыз:</p><p>{TEASER}</p></div>", 2),              # among the paragraphs
    (f"<div><p>{TEXT}</p></div><h3>Читайте также</h3><p>{TEXT}</p><p>{TEXT}</p>", 3),  # most of the text is behind it
    (f"<div><p>{TEASER}</p></div><h3>Читайте также</h3><h4><a href='/2'>Бөгет</a></h4><p>{TEXT}</p>", 1),  # a teaser
    (f"<div><p>{TEXT}</p></div><h3>Қалай дайындалу керек</h3><p>{TEASER}</p>", 2),
])
def test_without_afterword(html, kept):
    root = parse_html(f"<body>{html}</body>")
    assert root is not None
    page = read_page(root, "")
    body = [block for block in page.blocks if block.text in (TEXT, TEASER)]
    assert without_afterword(page, body) == body[:kept]


def test_no_body_has_no_afterword():
    assert without_afterword(read_page(parse_html("<body></body>"), ""), []) == []
