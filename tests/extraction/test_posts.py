"""Pages that print several posts in full: the one of the page's address or title, or no article."""

import pytest

from malim_scraper import extract
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
