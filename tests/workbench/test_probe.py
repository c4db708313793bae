"""`malim probe`: a dozen requests at most, what it finds, what it says is to be done."""

import json
import subprocess
import sys

import pytest

from malim_scraper.commands.probe import command
from malim_scraper.demo import Replica, serve
from malim_scraper.errors import UsageError
from malim_scraper.profiles import load_portal
from tests.tiny_portal import article_page, listing_page

SCRIPTS = ('<html><head><title>Қосымша</title></head><body><div id="root"></div><script src="/a.js"></script>'
           "<noscript>JavaScript қажет</noscript></body></html>")
PICTURE = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n")


def probe(*args, code=0):
    done = subprocess.run([sys.executable, "-m", "malim_scraper", "probe", *args, "-s", "DOWNLOAD_DELAY=0"],
                          capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def replica():
    with serve(Replica()) as running:
        yield running


@pytest.fixture(scope="module")
def report(replica, tmp_path_factory):
    draft = tmp_path_factory.mktemp("probe") / "replica.toml"
    done = probe(replica.replica.base + "/", "--json", "--write", str(draft))
    return {**json.loads(done.stdout), "draft": draft, "asked": replica.traffic.requests.total()}


def test_it_sends_a_dozen_requests_at_most(report):
    assert report["requests"] == report["asked"] <= 12


def test_it_finds_sitemaps_and_feeds(report):
    kinds = {source["kind"] for source in report["sources"]}
    assert {"sitemap index", "news sitemap", "sitemap", "feed"} <= kinds
    assert report["robots"]["crawl_delay"] == 0.05


@pytest.mark.parametrize(("kind", "regex"), [
    ("article_patterns", r"/kz/[^/?]+/[0-9]+-[^/?]+$"), ("article_patterns", r"/ru/[^/?]+/[0-9]+\.html$"),
    ("listing_patterns", "/kz/[^/?]+/$"),
])
def test_it_tells_addresses(report, kind, regex):
    assert regex in [pattern["regex"] for pattern in report[kind]]


def test_it_reads_two_articles_of_different_form(report):
    records = [sample["record"] for sample in report["samples"]]
    assert len(records) == 2
    assert {record["language"] for record in records} == {"kk", "ru"}
    rows = {row["field"]: row for row in report["samples"][0]["rows"]}
    assert rows["title"]["value"] == records[0]["title"]
    assert rows["date_published"]["evidence"]


def test_it_tells_language_and_zone_with_the_reason(report):
    assert report["timezone"]["value"] == "Asia/Almaty"
    assert "+05:00" in report["timezone"]["why"]


def test_the_draft_is_a_profile_that_works(report):
    portal = load_portal(str(report["draft"]))
    assert portal.name == "replica"
    assert portal.timezone == "Asia/Almaty"
    assert r"/ru/[^/?]+/[0-9]+\.html$" in portal.article_urls


def test_for_people(replica):
    done = probe(replica.replica.base + "/")
    for word in ("robots.txt", "Sitemaps and feeds", "Addresses of articles", "What to do", "malim fixture add"):
        assert word in done.stdout
    assert done.stderr == ""                                                      # no progress: no terminal


def test_robots_txt_is_obeyed(portal):
    portal.pages |= {"/": article_page(1), "/robots.txt": "User-agent: *\nDisallow: /\n"}
    assert "robots.txt forbids it" in probe(portal.base + "/", code=1).stderr
    assert portal.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("page", "told"), [
    (403, "HTTP 403. The portal turns programs away"), (404, "HTTP 404"), (PICTURE, "no page"),
    ((302, {"Location": "http://other.invalid/"}, ""), "leads to http://other.invalid/, another host"),
    ((302, {"Location": "http://10.0.0.1/"}, ""), "inside a private network"),
])
def test_what_keeps_it_out_is_one_line(portal, page, told):
    portal.pages["/"] = page
    done = probe(portal.base + "/", code=1)
    assert told in done.stderr
    assert done.stdout == ""


def test_an_unreachable_portal():
    assert "connection refused" in probe("http://127.0.0.1:9/", code=1).stderr


def test_a_site_that_needs_a_browser_is_named(portal):
    portal.pages["/"] = SCRIPTS
    done = probe(portal.base + "/", code=3)
    assert "needs a browser" in done.stdout
    assert len(portal.asked) <= 12


def test_a_portal_of_lists_alone(portal):
    portal.pages["/"] = listing_page(portal.add_articles(range(1, 9)))
    done = probe(portal.base + "/")
    assert "Neither sitemap nor feed" in done.stdout
    assert "/news/[0-9]+-[^/?]+$" in done.stdout
    assert len(portal.asked) <= 12


def test_fields_that_are_missing_are_told(portal):
    line = "абзац: қала тұрғындары жаңа саябақтың ашылуына жиналып, ағаш отырғызды."
    text = "".join(f"<p>{number}-{line}</p>" for number in range(9))
    path = "/news/1-sayabaq-ashyldy-qalada"
    portal.pages |= {"/": listing_page([path]),
                     path: f"<html><body><h1>Қалада жаңа саябақ ашылды</h1>{text}</body></html>"}
    done = probe(portal.base + "/")
    assert "No date_published on 1 of 1 pages" in done.stdout
    assert "No authors on 1 of 1 pages. Many portals name none." in done.stdout


@pytest.mark.parametrize(("target", "told"), [("page.html", "1, 1 of them articles"), (".", "3, 2 of them articles")])
def test_saved_pages(place, capsys, target, told):
    for number in (1, 2):
        (place / f"{'page' * number}.html").write_text(article_page(number), "utf-8")
    (place / "other.html").write_text("<html><body><p>Бет табылмады</p></body></html>", "utf-8")
    assert command.main([target], standalone_mode=False) == 0
    assert told in capsys.readouterr().out


def test_a_saved_page_without_an_article(place, capsys):
    (place / "app.html").write_text(SCRIPTS, "utf-8")
    assert command.main(["app.html", "--url", "https://example.org/a"], standalone_mode=False) == 3
    assert "needs a browser" in capsys.readouterr().out


@pytest.mark.parametrize(("args", "told"), [
    (["nowhere.html"], "is no file or folder"), (["malim"], "https://malim.kz/ --portal malim"),
    (["ftp://example.org/"], "must begin with http"),
    ([".", "--url", "https://example.org/"], "several"), (["a.html", "--write", "b.html"], "exists"),
    (["http://127.0.0.1:9/", "--portal", "malin"], "Did you mean 'malim'"),
])
def test_wrong_usage(place, args, told):
    for name in ("a.html", "b.html"):
        (place / name).touch()
    with pytest.raises(UsageError, match=told):
        command.main(args, standalone_mode=False)
