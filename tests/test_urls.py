"""Addresses: one spelling, one key, one owner."""

import doctest
import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.urls import Site, absolute, article_id, article_url, fold_url, is_file, is_own, is_private, url_key

CYRILLIC = "https://malim.kz/%D0%B6%D0%B0%D2%A3%D0%B0-%D1%81%D3%A9%D0%B7"


@pytest.mark.parametrize(("url", "expected"), [
    ("https://malim.kz", "https://malim.kz/"),
    ("HTTPS://WWW.Malim.KZ:443/News/5", "https://www.malim.kz/News/5"),
    ("http://malim.kz:8080/a", "http://malim.kz:8080/a"),
    ("http://user:word@malim.kz./a", "http://malim.kz/a"),
    ("https://malim.kz/a#comments", "https://malim.kz/a"),
    ("https://malim.kz//a/./b/../c//", "https://malim.kz/a/c/"),
    ("https://malim.kz/../../a", "https://malim.kz/a"),
    ("https://malim.kz/жаңа-сөз", CYRILLIC),
    ("https://malim.kz/%d0%b6%d0%b0%d2%a3%d0%b0-%d1%81%d3%a9%d0%b7", CYRILLIC),
    ("https://malim.kz/%7Euser/%41", "https://malim.kz/~user/A"),
    ("https://malim.kz/100%", "https://malim.kz/100%25"),
    ("https://малім.қаз/a", "https://xn--80awbc3k.xn--80ao21a/a"),
    ("https://malim.kz/?utm_source=x&UTM_Medium=y&id=5&fbclid=z", "https://malim.kz/?id=5"),
    ("https://malim.kz/a?gclid=1&yclid=2&_openstat=3&ysclid=4", "https://malim.kz/a"),
    ("https://malim.kz/a?PHPSESSID=0af3&p=123", "https://malim.kz/a?p=123"),
    ("https://malim.kz/a;jsessionid=1A2B.node1?id=5", "https://malim.kz/a?id=5"),
    ("https://malim.kz/(S(lit3py55t21z5v55vlm25s55))/a.aspx", "https://malim.kz/a.aspx"),
    ("https://malim.kz/a?sid=a93bf0", "https://malim.kz/a"),
    ("https://malim.kz/a?sid=17", "https://malim.kz/a"),
    ("https://malim.kz/modules.php?name=News&file=article&sid=17",           # PHP-Nuke: the story's number
     "https://malim.kz/modules.php?name=News&file=article&sid=17"),
    ("https://malim.kz/a?ref=main&from=rss", "https://malim.kz/a"),
    ("https://malim.kz/list?from=20", "https://malim.kz/list?from=20"),
    ("https://malim.kz/a?", "https://malim.kz/a"),
    ("https://malim.kz/a?b=%20c&&d", "https://malim.kz/a?b=+c&d"),
    (" https://malim.kz/\n a ", "https://malim.kz/a"),
    ("mailto:a@malim.kz", "mailto:a@malim.kz"),
    ("http://[bad/", "http://[bad/"),
    ("http://malim.kz:99999/", "http://malim.kz:99999/"),
    ("", ""),
])
def test_fold_url(url, expected):
    assert fold_url(url) == expected


@pytest.mark.parametrize("url", [
    "https://malim.kz/news/5", "http://malim.kz/news/5", "https://www.malim.kz/news/5", "https://malim.kz/news/5/",
    "https://malim.kz/news/5/index.html", "https://malim.kz/news/5?utm_campaign=x", "HTTPS://MALIM.KZ:443//news/5#a",
])
def test_one_key(url):
    assert url_key(url) == "malim.kz/news/5"
    assert article_id(url) == article_id("https://malim.kz/news/5")


@pytest.mark.parametrize(("one", "other"), [
    ("https://malim.kz/?id=5", "https://malim.kz/?id=6"),
    ("https://malim.kz/?p=123", "https://malim.kz/"),
    ("https://malim.kz/index.php?article=9", "https://malim.kz/index.php?article=8"),
    ("https://malim.kz/a", "https://malim.kz/A"),
    ("https://malim.kz:8080/a", "https://malim.kz/a"),
    ("https://lat.malim.kz/a", "https://malim.kz/a"),
    ("https://malim.kz/a%2Fb", "https://malim.kz/a/b"),
])
def test_kept_apart(one, other):
    assert article_id(one) != article_id(other)


def test_key_ignores_the_order_of_parameters():
    assert url_key("https://malim.kz/?b=2&a=1") == url_key("https://malim.kz/?a=1&b=2")


@pytest.mark.parametrize(("url", "expected"), [
    ("https://malim.kz/news/5-zhana/amp/", "https://malim.kz/news/5-zhana/"),
    ("https://malim.kz/news/5-zhana/amp", "https://malim.kz/news/5-zhana"),
    ("https://malim.kz/amp/news/5-zhana", "https://malim.kz/news/5-zhana"),
    ("https://malim.kz/news/5.amp", "https://malim.kz/news/5"),
    ("https://malim.kz/news/5.amp.html", "https://malim.kz/news/5.html"),
    ("https://amp.malim.kz/news/5", "https://malim.kz/news/5"),
    ("https://malim.kz/news/5?amp=1&utm_source=x", "https://malim.kz/news/5"),
    ("https://malim.kz/?id=5&amp", "https://malim.kz/?id=5"),
    ("https://malim.kz/news/5?outputType=amp", "https://malim.kz/news/5"),
    ("https://malim.kz/print/news/5", "https://malim.kz/news/5"),
    ("https://malim.kz/news/5/print/", "https://malim.kz/news/5/"),
    ("https://malim.kz/news/5?print=1", "https://malim.kz/news/5"),
    ("https://malim.kz/index.php?id=5&tmpl=component&print=1", "https://malim.kz/index.php?id=5"),
    ("https://malim.kz/2024/print:page,1,17-zhana.html", "https://malim.kz/2024/17-zhana.html"),
    ("https://malim.kz/print/5", "https://malim.kz/print/5"),
    ("https://malim.kz/amp/", "https://malim.kz/amp/"),
    ("https://malim.kz/print", "https://malim.kz/print"),
    ("https://malim.kz/amp-station", "https://malim.kz/amp-station"),
    ("https://m.malim.kz/news/5", "https://m.malim.kz/news/5"),
    ("https://amp.kz/news/5", "https://amp.kz/news/5"),
    ("nonsense", "nonsense"),
])
def test_article_url(url, expected):
    assert article_url(url) == expected
    assert article_url(expected) == expected


def test_mobile_hosts_only_when_asked():
    assert article_url("https://m.malim.kz/a", mobile_hosts=True) == "https://malim.kz/a"


@pytest.mark.parametrize(("href", "expected"), [
    ("/news/5", "https://malim.kz/news/5"),
    ("6", "https://malim.kz/list/6"),
    ("?page=2", "https://malim.kz/list/?page=2"),
    ("//malim.kz/a", "https://malim.kz/a"),
    ("http://other.kz/a b", "http://other.kz/a%20b"),
    ("  /a\r\n", "https://malim.kz/a"),
    ("java\tscript:alert(1)", None),
    ("\\a\\b", "https://malim.kz/a/b"),
    ("#top", "https://malim.kz/list/"),
    ("mailto:a@malim.kz", None),
    ("tel:+77270000000", None),
    ("data:text/html,x", None),
    ("ftp://malim.kz/a", None),
    ("file:///etc/hosts", None),
    ("http://", None),
    ("http://[::1", None),
    ("http://malim.kz:port/", None),
    ("/" + "a" * 3_000, None),
    ("", None),
])
def test_absolute(href, expected):
    assert absolute(href, "https://malim.kz/list/") == expected


@pytest.mark.parametrize(("url", "expected"), [
    ("https://malim.kz/a.jpg", True), ("https://malim.kz/a.PDF?v=1", True), ("https://malim.kz/a.mp4#t=1", True),
    ("https://malim.kz/a.zip", True), ("https://malim.kz/a.html", False), ("https://malim.kz/a", False),
    ("https://malim.kz/a.jpg/", False), ("https://malim.kz/?file=a.jpg", False),
    ("https://malim.kz/sitemap.xml", False), ("https://malim.kz/sitemap.xml.gz", False), ("nonsense.jpg", False),
])
def test_is_file(url, expected):
    assert is_file(url) is expected


@pytest.mark.parametrize(("url", "port", "expected"), [
    ("https://malim.kz/a", None, True), ("http://www.malim.kz/a", None, True), ("https://WWW.MALIM.KZ/", None, True),
    ("https://malim.kz:443/", None, True), ("http://malim.kz:8080/", None, False), ("https://m.malim.kz/", None, False),
    ("https://malim.kz.evil.kz/", None, False), ("https://malim.kz@evil.kz/", None, False),
    ("ftp://malim.kz/", None, False), ("http://malim.kz:8080/", 8080, True),
    ("http://malim.kz/", 8080, False), ("https:malim.kz", None, False),
    ("https://evil.kz\\@malim.kz/", None, False), ("https://evilmalim.kz/", None, False),
])
def test_is_own(url, port, expected):
    assert is_own(url, {"malim.kz"}, port) is expected


@pytest.mark.parametrize("host", [
    "localhost", "a.localhost", "printer.local", "127.0.0.1", "127.1", "0", "0.0.0.0", "2130706433", "0x7f000001",
    "0x7f.1", "017700000001", "0177.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
    "::1", "[::1]", "::", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:7f00:1", "::127.0.0.1", "64:ff9b::10.0.0.1", "2002:7f00:1::", "LOCALHOST.", "",
])
def test_is_private(host):
    assert is_private(host)


@pytest.mark.parametrize("host", [
    "malim.kz", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "10.kz", "1.2.3.4.5", "localhost.kz",
    "0xyz", "09.1.1.1",
])
def test_is_public(host):
    assert not is_private(host)


@pytest.mark.parametrize(("start", "hosts", "url", "expected"), [
    ("https://malim.kz/", [], "http://www.malim.kz/a", True),
    ("https://www.malim.kz/", [], "http://malim.kz/a", True),
    ("https://malim.kz/", ["lat.malim.kz"], "https://lat.malim.kz/a", True),
    ("https://malim.kz/", ["10.0.0.1"], "https://10.0.0.1/a", False),
    ("http://127.0.0.1:8000/", [], "http://127.0.0.1:8000/a", True),
    ("http://127.0.0.1:8000/", [], "https://127.0.0.1:8000/a", True),
    ("http://127.0.0.1:8000/", [], "http://127.0.0.1:8001/a", False),
    ("http://127.0.0.1:8000/", [], "http://localhost:8000/a", False),
    ("http://127.0.0.1:8000/", [], "http://127.1:8000/a", False),
    ("http://[::1]:8000/", [], "http://[::1]:8000/a", True),
])
def test_site(start, hosts, url, expected):
    assert Site.of([start], hosts).owns(url) is expected


ADDRESSES = st.text(max_size=60) | st.builds(
    "{}://{}{}?{}#{}".format, st.sampled_from(("http", "https", "HTTP", "ftp", "")), st.text(max_size=12),
    st.text(alphabet="/.%;=()Saжә 2fFeE", max_size=20) | st.text(max_size=10),
    st.text(alphabet="a=&%2+?жsid5 ", max_size=20), st.text(max_size=5))


@given(ADDRESSES)
def test_folding_never_raises_and_is_idempotent(url):
    for fold in (fold_url, article_url):
        once = fold(url)
        assert fold(once) == once
    assert url_key(fold_url(url)) == url_key(url)
    assert len(article_id(url)) == 16
    is_file(url)
    is_own(url, {"malim.kz"})
    is_private(url)


@given(ADDRESSES, ADDRESSES)
def test_absolute_never_raises(href, base):
    found = absolute(href, base)
    assert found is None or found.startswith(("http://", "https://"))


@pytest.mark.parametrize("module", ["fold", "forms", "homes", "hosts", "parameters", "resolve"])
def test_examples(module):
    assert doctest.testmod(importlib.import_module(f"malim_scraper.urls.{module}")).failed == 0
