"""Which block is the headline, on invented pages."""

from __future__ import annotations

import pytest

from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

TITLE = "Шахматшы қыз әлем чемпионатында жеңіске жетті"
TEXT = ("<p>Он жасар шахматшы қыз әлем чемпионатында барлық қарсыласын ұтты. Келесі ойын күзде өтеді.</p>"
        "<p>Жаттықтырушысы оның күніне төрт сағат ойнайтынын айтты. Отбасы да шахматқа құмар екен.</p>")


@pytest.mark.parametrize(("head", "body", "expected"), [
    (f"<title>{TITLE} | Портал</title>", f"<h1>{TITLE}</h1>{TEXT}", TITLE),
    (f"<title>{TITLE}</title>", f"<h1>Портал жаңалықтары</h1><h2>{TITLE}</h2>{TEXT}", TITLE),     # h1 is the site's
    (f"<title>Портал » {TITLE}</title>", f"<div><b>{TITLE}</b></div>{TEXT}", TITLE),              # no heading at all
    (f"<title>Портал</title><meta property='og:title' content='{TITLE}'>", f"<h3>{TITLE}</h3>{TEXT}", TITLE),
    ("<title>Портал</title>", f"<div class='news-title'>{TITLE}</div><div>01.02.2012</div>{TEXT}", TITLE),
    (f"<title>{TITLE}</title>", f"<ul><li><a href='/2'>{TITLE} бейне</a></li></ul><h1>{TITLE}</h1>{TEXT}", TITLE),
    ("<title>Портал</title>", TEXT, None),
])
def test_headline(head: str, body: str, expected: str | None) -> None:
    root = parse_html(f"<html><head>{head}</head><body>{body}</body></html>")
    assert root is not None
    headline = read_page(root).layout.headline
    assert (headline.text if headline is not None else None) == expected
