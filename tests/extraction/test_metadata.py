"""Fields of one finder each: section, tags, lead, images, free access, canonical address."""

import pytest

from malim_scraper.extraction.evidence import choose
from malim_scraper.items import Image
from tests.extraction.pages import URL, page

HEADLINE = "Жайық бойында нөсер жаңбыр жауды"


def value(field, **parts):
    chosen = choose(page(**parts), field, []).chosen
    return chosen.value if chosen else None


def script(pairs):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{HEADLINE}", {pairs}}}</script>'


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"head": script('"articleSection": "Қоғам"')}, "Қоғам"),
        ({"head": script('"articleSection": ["Қоғам", "Басты"]')}, "Қоғам"),
        ({"head": "<meta property='article:section' content='Қоғам'>"}, "Қоғам"),
        ({"headline": f"<p class='rubric'><a href='/q'>Қоғам</a></p><h1>{HEADLINE}</h1>"}, "Қоғам"),
        ({"headline": f"<p>Қоғам • 19 Ақпан, 2021</p><h1>{HEADLINE}</h1>"}, "Қоғам"),
        (
            {
                "headline": f"<nav class='breadcrumb'><a href='/'>Басты бет</a> <a href='/q'>Қоғам</a></nav>"
                f"<h1>{HEADLINE}</h1>"
            },
            "Қоғам",
        ),
        ({"headline": f"<div><a href='/'>Главная</a> / <a href='/q'>Қоғам</a></div><h1>{HEADLINE}</h1>"}, "Қоғам"),
        ({"head": "<meta property='article:section' content='Example'>"}, None),  # the site's name
        (
            {
                "head": '<script type="application/ld+json">{"@type": "BreadcrumbList", '
                '"itemListElement": [{"name": "Басты бет"},'
                f'{{"item": {{"name": "Қоғам"}}}}, {{"name": "{HEADLINE}"}}]}}</script>'
            },
            "Қоғам",
        ),
        ({}, None),
    ],
)
def test_section(parts, expected):
    assert value("section", **parts) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"head": script('"keywords": "Жайық, жаңбыр"')}, ["Жайық", "жаңбыр"]),
        ({"head": script('"keywords": ["Жайық", "жаңбыр", "Жайық"]')}, ["Жайық", "жаңбыр"]),
        ({"head": script('"keywords": ["Category: Weather", "NLP Entity: x", "Жайық"]')}, ["Weather", "Жайық"]),
        (
            {"head": "<meta property='article:tag' content='Жайық'><meta property='article:tag' content='жаңбыр'>"},
            ["Жайық", "жаңбыр"],
        ),
        ({"head": "<meta name='keywords' content='жаңбыр, Жайық, нөсер'>"}, ["жаңбыр", "Жайық", "нөсер"]),
        ({"head": "<meta name='keywords' content='жаңалықтар порталы, спорт, футбол, бокс, автомобиль'>"}, None),
        ({"after": "<div>Тегтер: <a href='/t/1'>Жайық</a> <a href='/t/2'>жаңбыр</a></div>"}, ["Жайық", "жаңбыр"]),
        ({"after": "<div><a rel='tag' href='/t/1'>Жайық</a></div>"}, ["Жайық"]),
        ({"after": "<div class='post-tags'><a href='/t/1'>#Жайық</a></div>"}, ["Жайық"]),
        ({"head": script('"keywords": ["8ae9ab2d-fe1b-4230-acb8-a59b52877682", "100312362", "Жайық"]')}, ["Жайық"]),
        ({}, None),
    ],
)
def test_tags(parts, expected):
    assert value("tags", **parts) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"head": "<meta name='description' content='Екі сағат ішінде бір айлық жаңбыр жауды.'>"},
            "Екі сағат ішінде бір айлық жаңбыр жауды.",
        ),
        (
            {"before": "<p class='lead'>Екі сағат ішінде бір айлық жаңбыр жауды.</p>"},
            "Екі сағат ішінде бір айлық жаңбыр жауды.",
        ),
        ({"head": f"<meta name='description' content='{HEADLINE}'>"}, None),
        ({}, None),
    ],
)
def test_lead(parts, expected):
    assert value("lead", **parts) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"before": "<figure><img src='/i/1.jpg'><figcaption>Өзен. Фото: Асқар</figcaption></figure>"},
            [Image("https://example.kz/i/1.jpg", "Өзен. Фото: Асқар")],
        ),
        ({"before": "<img src='data:image/gif;base64,R0' data-src='/i/1.jpg'>"}, [Image("https://example.kz/i/1.jpg")]),
        (
            {"before": "<img src='/i/1-s.jpg' srcset='/i/1-m.jpg 600w, /i/1-l.jpg 1200w'>"},
            [Image("https://example.kz/i/1-l.jpg")],
        ),
        ({"before": "<img src='/i/logo.png'><img src='/i/2.jpg' width='32' height='32'>"}, None),
        ({"after": "<div class='related'><a href='/2'><img src='/i/2.jpg'></a></div>"}, None),
        ({"head": "<meta property='og:image' content='/i/1.jpg'>"}, [Image("https://example.kz/i/1.jpg")]),
        (
            {"head": script('"image": {"url": "https://example.kz/i/1.jpg", "caption": "Өзен"}')},
            [Image("https://example.kz/i/1.jpg", "Өзен")],
        ),
        ({"head": "<meta property='og:image' content='/img/og-default.png'>"}, None),
        ({"before": "<img src='http://[bad'>"}, None),
    ],
)
def test_images(parts, expected):
    assert value("images", **parts) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ('"isAccessibleForFree": true', True),
        ('"isAccessibleForFree": "False"', False),
        ('"isAccessibleForFree": "http://schema.org/True"', True),
        ('"hasPart": {"isAccessibleForFree": false, "cssSelector": ".paywall"}', False),
        ('"isAccessibleForFree": "maybe"', None),
        ('"hasPart": [null]', None),
    ],
)
def test_free_access(pairs, expected):
    assert value("free_access", head=script(pairs)) is expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("", URL),
        ("<link rel='canonical' href='/qogam/4711'>", "https://example.kz/qogam/4711"),
        ("<link rel='canonical' href='https://example.kz/amp/qogam/4711'>", "https://example.kz/qogam/4711"),
        ("<link rel='canonical' href='https://example.kz/'>", URL),
        ("<link rel='canonical' href='https://other.kz/qogam/4711'>", URL),
        ("<link rel='canonical' href='https://example.kz/qogam/'>", URL),
        (
            "<meta property='og:url' content='https://www.example.kz/qogam/4711?utm_source=x'>",
            "https://www.example.kz/qogam/4711",
        ),
        ("<link rel='canonical' href='http://[bad'>", URL),
    ],
)
def test_canonical(head, expected):
    assert value("canonical_url", head=head) == expected
