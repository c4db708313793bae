"""Which links of a page a crawl follows, and in which order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.discovery.addresses import UrlShapes, is_barren, likeness, page_number, part_number, url_shape
from malim_scraper.discovery.links import find_links
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.urls import Site

SITE = Site.of(["https://malim.kz/"])
LISTING = """<html><head><link rel="next" href="/news?page=2"><link rel="stylesheet" href="/a.css"></head><body>
<nav><a href="/">Басты бет</a><a href="/sport">Спорт</a><a href="/login">Кіру</a><a href="/search?q=">Іздеу</a></nav>
<ul><li><a
href="/news/5-almaty-kalasynda-zhanbyr-zhaudy?utm_source=main">Алматы қаласында жаңбыр жауды</a> 19.02.2021</li>
<li><a href="/news/6-kar#comments">Қар</a></li><li><a href="/amp/news/5-almaty-kalasynda-zhanbyr-zhaudy">AMP</a></li>
<li><a href="/news/7.jpg">Сурет</a></li><li><a href="https://stranger.kz/news/8-bir-eki-ush-tort">Бөтен</a></li>
<li><a href="mailto:a@malim.kz">Хат</a></li><li><a href="http://malim.kz:8080/x">Басқа порт</a></li></ul>
<div><a href="?page=2">2</a><a href="?page=3">3</a><a href="/news?page=90">»</a><a href="/eski">Келесі бет</a></div>
<footer><a href="/tag/auyl">ауыл</a><a href="/author/asan">Асан</a></footer></body></html>"""


def links(html, url="https://malim.kz/news", **kwargs):
    return find_links(read_page(parse_html(html), url), SITE, **kwargs)


def addresses(found):
    return [one.url.removeprefix("https://malim.kz") for one in found]


def test_a_listing():
    found = links(LISTING)
    assert addresses(found.articles) == ["/news/5-almaty-kalasynda-zhanbyr-zhaudy"]
    assert addresses(found.listings)[0] == "/news/6-kar"
    assert set(addresses(found.listings)) == {"/news/6-kar", "/", "/sport", "/tag/auyl", "/author/asan"}
    assert addresses(found.pages) == ["/eski", "/news?page=2", "/news?page=3", "/news?page=90"]


def test_what_a_portals_addresses_turned_out_to_be():
    shapes = UrlShapes()
    for number in range(5):
        shapes.learn(f"https://malim.kz/news/{number}-bir", is_article=True)
        shapes.learn(f"https://malim.kz/oqigalar/uzyn-atty-aidar-{number}", is_article=False)
    found = links(LISTING, shapes=shapes)
    assert addresses(found.articles) == ["/news/5-almaty-kalasynda-zhanbyr-zhaudy", "/news/6-kar"]
    assert shapes.likeness("https://malim.kz/oqigalar/uzyn-atty-aidar-9") < -1
    assert UrlShapes.of({shape: tuple(pair) for shape, pair in shapes.counts.items()}) == shapes


def test_a_page_that_forbids_it():
    assert addresses(links('<meta name="robots" content="noindex, NOFOLLOW"><a href="/news/5">5</a>').listings) == []


def test_base():
    assert addresses(links('<base href="https://malim.kz/kk/"><a href="news/5-bir-eki-ush-tort">x</a>').articles) == [
        "/kk/news/5-bir-eki-ush-tort"]


@pytest.mark.parametrize("url", [
    "/news/12345-almaty-kalasynda-zhanbyr", "/2024/04/24/zhanbyr-zhaudy", "/kz/zhanbyr-zhaudy-bugin_a4022345",
    "/news/zhanbyr-zhaudy-bugin-3fa9c1/", "/politics/12345-slug.html", "/?p=12345", "/index.php?article=9",
    "/a/32412345.html", "/zhanbyr-zhaudy-almaty-kalasynda-98765/", "/article/398/", "/modules.php?name=News&sid=17",
    "/%D0%B6%D0%B0%D2%A3%D0%B1%D1%8B%D1%80-%D0%B6%D0%B0%D1%83%D0%B4%D1%8B-%D0%B1%D2%AF%D0%B3%D1%96%D0%BD-%D1%82%D0%B0%D2%A3",
])
def test_addresses_of_articles(url):
    assert likeness("https://malim.kz" + url) >= 1


@pytest.mark.parametrize("url", [
    "/", "/sport", "/tag/uzyn-tirkestin-bir-aty", "/category/12345", "/author/asan-usenov-bir-eki", "/news?page=2",
    "/news/page/123/", "/archive/2024/04/", "/kk/",
])
def test_addresses_of_listings(url):
    assert likeness("https://malim.kz" + url) < 1


@pytest.mark.parametrize(("url", "expected"), [
    ("/login", True), ("/wp-admin/", True), ("/?s=x", True), ("/news?sort=views", True), ("/kk/search/", True),
    ("/news/5", False), ("/calendar/2024/05", False), ("/news?page=2", False), ("/login-parolderi-urlandy", False),
    ("/?id=5", False),
])
def test_is_barren(url, expected):
    assert is_barren("https://malim.kz" + url) is expected


@pytest.mark.parametrize(("url", "expected"), [
    ("/news/page/3", 3), ("/news/page3.html", 3), ("/news?page=3&x=1", 3), ("/?PAGEN_1=3", 3), ("/news/p-3", 3),
    ("/news/bet/3/", 3), ("/news?start=20", 20), ("/news/3", None), ("/?id=3", None), ("/page", None),
    ("/shop/2024", None),
])
def test_page_number(url, expected):
    assert page_number("https://malim.kz" + url) == expected


@pytest.mark.parametrize(("url", "here", "expected"), [
    ("/bir/2/", "/bir/", 2), ("/bir/3/", "/bir/2/", 3), ("/bir_2.html", "/bir.html", 2), ("/a/bir-2", "/a/bir", 2),
    ("/bir?page=2", "/bir", 2), ("/bir?page=3", "/bir?page=2", 3), ("/bir/page/2", "/bir", 2),
    ("/index.php?id=5&page=2", "/index.php?id=5", 2), ("/index.php?id=6&page=2", "/index.php?id=5", None),
    ("/bir/1234", "/bir/", None), ("/eki/2/", "/bir/", None), ("/bir/4/", "/bir/2/", None), ("/bir/", "/bir/", None),
])
def test_part_number(url, here, expected):
    assert part_number("https://malim.kz" + url, "https://malim.kz" + here) == expected


@pytest.mark.parametrize(("html", "url", "pages", "others"), [
    ('<a href="/bir/2/">2</a><a href="/bir/3/">3</a>', "/bir/", ["/bir/2/", "/bir/3/"], 0),
    ('<a href="/a_2.html">Келесі</a>', "/a.html", ["/a_2.html"], 0),
    ('<a href="/news/2">Екінші жаңалықтың тақырыбы</a>', "/news", [], 1),                     # an article, not a page
    ('<link rel=next href="/news/6-alma-terekke-shyqty"><a rel=next href="/news/6-alma-terekke-shyqty">Келесі</a>',
     "/news/5-bir", [], 1),                                                                    # the next article
    ('<a href="/news?page=2">Алғашқы</a>', "/news", ["/news?page=2"], 0),
    ('<a href="/eski">Келесі бет</a>', "/news", ["/eski"], 0),
])
def test_pages_and_others(html, url, pages, others):
    found = links(html, "https://malim.kz" + url)
    assert addresses(found.pages) == pages
    assert len(found.articles + found.listings) == others


@pytest.mark.parametrize(("one", "other"), [
    ("/news/5-bir-eki", "/news/12345-almaty-kalasynda-zhanbyr"), ("/2024/04/bir.html", "/1999/12/eki-ush.html"),
    ("/?p=5", "/?p=123"), ("/kz/bir_a40223", "/kz/eki-ush_a12345"),
])
def test_shapes_that_are_one(one, other):
    assert url_shape("https://malim.kz" + one) == url_shape("https://malim.kz" + other)


@pytest.mark.parametrize(("one", "other"), [
    ("/news/5-bir", "/tag/5-bir"), ("/news/bir.html", "/news/bir"), ("/?p=5", "/?cat=5"), ("/news/5", "/news/bir"),
])
def test_shapes_that_differ(one, other):
    assert url_shape("https://malim.kz" + one) != url_shape("https://malim.kz" + other)


@given(st.text(max_size=80), st.text(max_size=30))
def test_links_never_raise(href, text):
    escaped = href.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    root = parse_html(f'<html><base href="{escaped}"><a href="{escaped}">x</a><a href="/5">{text}</a>')
    if root is not None:
        find_links(read_page(root, "https://malim.kz/"), SITE)
    for judge in (is_barren, likeness, page_number, url_shape):
        judge("https://malim.kz/" + href)
        judge(href)
    part_number("https://malim.kz/" + href, "https://malim.kz/" + text)
