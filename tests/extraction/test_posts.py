"""Pages that print several posts in full: the one of the page's address or title, or no article."""

import pytest

from malim_scraper import extract
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.posts import not_of_a_sidebar
from malim_scraper.extraction.walk import read_page
from tests.extraction.test_articlehood import HOST, TEXTS, TITLES, document


def _post(number: int, language: str, tag: str, *, linked: bool) -> str:
    title = TITLES[language][number]
    heading = f"<a href='/blog/{number}-slug-of-post'>{title}</a>" if linked else title
    text = "".join(f"<p>{title}, {part}. {TEXTS[language]}</p>" for part in range(3))
    return f"<article><{tag}>{heading}</{tag}><time>1{number}.03.2024</time>{text}</article>"


def _posts(language: str, tag: str, *, linked: bool = True) -> str:
    return "".join(_post(number, language, tag, linked=linked) for number in range(3))


@pytest.mark.parametrize(("url", "title", "body", "expected"), [
    ("/blog/", "Портал", _posts("ru", "h2"), None),
    ("/blog/", "Портал", _posts("kk", "h2", linked=False), None),
    ("/blog/0-slug-of-post", TITLES["ru"][0], _posts("ru", "h1"), 0),
    ("/blog/1-slug-of-post", TITLES["ru"][1], _posts("ru", "h1"), 1),
    ("/blog/0-slug-of-post", TITLES["kk"][0], _posts("kk", "h1", linked=False), 0),
])
def test_posts_of_a_page(url, title, body, expected):
    article = extract(document(body, title), url=HOST + url)
    if expected is None:
        assert article is None
    else:
        assert article.title == title
        assert [block.text.startswith(title) for block in article.blocks] == [True] * 3


@pytest.mark.parametrize(("short", "begins"), [
    ("<p>Жиын сағат он үште басталады.</p>" * 12, "Жиын"),
    ("<p>Жиын бүгін.</p>", "Бағдарлама"),                      # too little to be all that the page tells
    ("<p class='related'>Жиын сағат он үште басталады.</p>" * 12, "Бағдарлама"),
])
def test_a_short_post_beside_a_longer_box_in_the_sidebar(short, begins):
    box = "".join(f"<p>Бағдарлама {number}. Партия әр ауылда диірмен мен көпір салуды, жолдарды жөндеуді, мектептер "
                  "ашуды және өзендерді тазартуды ұсынады.</p>" for number in range(12))
    root = parse_html(f"<div class='post'><h1 class='post-title'>Жиын туралы хабарландыру осы</h1>{short}</div>"
                      f"<div class='sidebar'>{box}</div>")
    page = read_page(root, "")
    headline = page.blocks[0]
    body = not_of_a_sidebar(page, headline, [block for block in page.blocks if block.text.startswith("Бағдарлама")])
    assert body[0].text.startswith(begins)
