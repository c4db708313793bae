"""Endless spaces share a key and are left in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.discovery.traps import Patience, is_trap, space_key

SPACES = {
    "months": [f"/calendar/{1900 + month // 12}/{month % 12 + 1:02}/" for month in range(400)],
    "days": [f"/events/{1900 + day // 360}-{day // 30 % 12 + 1:02}-{day % 30 + 1:02}" for day in range(400)],
    "months and days": [f"/kk/kuntizbe/{2000 + day}" + ("/5/31" if day % 2 else "") for day in range(400)],
    "parameters": [f"/?month={day % 12}&year={day}" for day in range(400)],
    "sessions": [f"/news?token={day:032x}" for day in range(400)],
    "session paths": [f"/s/{day:08x}/news" for day in range(400)],
    "filters": [f"/news?color={day}&sort=a{day % 7}" + ("&size=2" if day % 3 else "") for day in range(400)],
    "deeper": ["/loop" + "/a/b" * depth for depth in range(1, 400)],
    "pages of one list": [f"/news/page/{day}" for day in range(400)],
    "words": [f"/tag/{'abcdefghij'[day % 10] * (day // 10 + 1)}" for day in range(400)],
}


@pytest.mark.parametrize("name", SPACES)
def test_a_space_is_left_after_150_barren_pages(name):
    patience = Patience()
    visits = 0
    for path in SPACES[name]:
        url = "https://malim.kz" + path
        if not patience.is_over(url) and not is_trap(url):
            patience.visited(url)
            visits += 1
    assert visits <= 150


@pytest.mark.parametrize("name", SPACES)
def test_other_spaces_go_on(name):
    patience = Patience()
    for path in SPACES[name]:
        patience.visited("https://malim.kz" + path)
    patience._total = 0
    assert not patience.is_over("https://malim.kz/")
    assert not patience.is_over("https://malim.kz/kk/sayasat/page/2")
    assert not patience.is_over("https://malim.kz/index.php?view=list&page=3")


def test_a_list_that_goes_on_bringing_articles_is_never_left():
    patience = Patience()
    for page in range(5_000):
        url = f"https://malim.kz/news?page={page}"
        assert not patience.is_over(url)
        patience.visited(url)
        if page % 100 == 0:
            patience.rewarded(url)


def test_a_crawl_ends_where_each_page_opens_a_new_space():
    patience = Patience()
    visits = 0
    for number in range(10_000):
        word = "".join(chr(97 + int(digit)) for digit in str(number))
        url = f"https://malim.kz/{word}"
        if not patience.is_over(url):
            patience.visited(url)
            visits += 1
    assert visits == 1_500


def test_what_is_remembered_is_bounded():
    patience = Patience(total_limit=10**9)
    for number in range(30_000):
        patience.visited(f"https://malim.kz/{''.join(chr(97 + int(digit)) for digit in str(number))}/")
    assert len(patience._barren) == 20_000


@pytest.mark.parametrize(("url", "expected"), [
    ("/news/5-bir-eki", False), ("/a/b/a/b/c", False), ("/a/b/a/b/a", True), ("/" + "x/" * 3, True),
    ("/" + "/".join("abcdefghijklm"), True), ("/2024/04/04/04-bir", False), ("/11/11/11/11", False),
    ("/?" + "&".join(f"p{n}=1" for n in range(9)), True), ("/?a=1&b=2", False),
])
def test_is_trap(url, expected):
    assert is_trap("https://malim.kz" + url) is expected


@given(st.text(max_size=80))
def test_never_raises(text):
    for url in (text, "https://malim.kz/" + text):
        space_key(url)
        is_trap(url)
