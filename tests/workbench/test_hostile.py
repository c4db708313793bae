"""What a hostile page holds costs neither the probe nor the explanation their run."""

import random
from datetime import UTC, datetime

import pytest

from malim_scraper.demo import Replica
from malim_scraper.demo.routes import answer
from malim_scraper.explaining import render_page
from malim_scraper.extraction import explain
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.probe.patterns import find_patterns
from malim_scraper.probe.places import guess_language, guess_zone
from malim_scraper.probe.samples import Read
from malim_scraper.probe.saved import read_saved
from malim_scraper.probe.sources import read_source
from malim_scraper.profiles import Portal, parse_portal
from malim_scraper.profiles.draft import draft_profile
from tests.extraction.hostile_pages import NAMES, hostile_page

NOW = datetime(2026, 1, 31, tzinfo=UTC)
URL = "https://example.kz/news/1"


def mangled(seed):
    dice = random.Random(seed)
    page = bytearray(answer(Replica(), "/kz/ekonomika/509-zhun-bagasy").body)
    for _ in range(60):
        at = dice.randrange(len(page))
        piece = dice.choice([b"", b"<", b">", b'"', b"\xff", b"</div>", b"<script>", b"\x00"])
        page[at:at + dice.randrange(40)] = piece
    return bytes(page)


PAGES = [*(mangled(seed) for seed in range(40)),
         *(hostile_page(name, 0.01).encode("utf-8", "replace") for name in NAMES),
         b"", b"\x00" * 99, b"<html lang='a\n\x1b[31m\"'><p>x"]


@pytest.mark.parametrize("number", range(len(PAGES)))
def test_no_page_ends_a_probe_or_an_explanation(number):
    body = PAGES[number]
    found = read_saved("page", [Read("page", URL, body)], None, NOW)
    report = found.report()
    notes = {"timezone": report.timezone.why, "languages": report.language.why, "selectors": "\n".join(report.advice)}
    patterns = tuple(pattern.regex for pattern in report.article_patterns)
    portal = Portal("a", languages=("kk",), article_urls=patterns)
    assert parse_portal(draft_profile(portal, notes, report.url), source="draft") == portal
    root = parse_html(body)
    if root is not None:
        document = render_page("page", read_page(root, URL), explain(body, url=URL))
        assert "<script" not in document


@pytest.mark.parametrize("body", [b"", b"<rss>", b"{", b"\x1f\x8b\x00", b"<urlset><url><loc>x</loc></url></urlset>", b"http://"])
def test_no_document_ends_a_probe(body):
    assert read_source(body, "https://example.kz/sitemap.xml", NOW) is None or body.startswith(b"<urlset")


@pytest.mark.parametrize(("urls", "regexes"), [
    (["https://a.kz/2024/05/01/su-tasqyny", "https://a.kz/2023/11/30/nan-bagasy"],
     ["/(?:19|20)[0-9]{2}/[0-9]+/[0-9]+/[^/?]+$"]),
    (["https://a.kz/a.php?id=5", "https://a.kz/a.php?id=77"], [r"/a\.php\?id=[0-9]+"]),
    (["https://a.kz/su-tasqyny-12.html", "https://a.kz/nan-bagasy-7.html"], [r"/[^/?]+-[0-9]+\.html$"]),
    (["https://a.kz/kz/n/5", "https://a.kz/ru/n/6"], ["/kz/n/[0-9]+$", "/ru/n/[0-9]+$"]),
    (["https://a.kz/(a+)+$/1", "nothing", ""], [r"/\(a\+\)\+\$/[0-9]+$"]),
    ([], []),
])
def test_patterns(urls, regexes):
    assert [pattern.regex for pattern in find_patterns(urls)] == regexes


@pytest.mark.parametrize(("host", "language", "moments", "zone"), [
    ("a.kz", None, [], "Asia/Almaty"), ("a.org", "kk", ["2024-05-05T12:00:00+05:00"], "Asia/Almaty"),
    ("a.kz", "ru", ["2023-05-05T12:00:00+06:00"], "Asia/Almaty"), ("a.kz", "kk", ["2024-05-05T12:00:00-07:00"], None),
    ("a.ru", "ru", ["2024-05-05T12:00:00+03:00"], "Europe/Moscow"),
    ("a.ru", "ru", ["2024-05-05T12:00:00+07:00"], "Asia/Novosibirsk"),
    ("a.org", "en", ["2024-05-05T12:00:00+01:00"], None), ("127.0.0.1", "kk", [], "Asia/Almaty"), ("", None, [], None),
])
def test_zone(host, language, moments, zone):
    assert guess_zone(host, language, map(datetime.fromisoformat, moments)).value == zone


def test_language():
    assert guess_language(["kk", "ru", "kk", "und"], "").value == "kk"
    assert guess_language([], "kk-KZ").value == "kk"
    assert guess_language([], "").value is None
