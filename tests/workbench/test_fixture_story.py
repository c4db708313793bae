"""A portal in markup that the project has not seen, from a saved page to a red check that names the field."""

import json
import subprocess
import sys

import pytest

from tests.tiny_portal import TinyPortal, article_page, serving

TITLES = ("Ауруханаға рентген аппараты келді", "Балықшылар мұз үстінде жарысты")
TEXT = ("Аудандық ауруханаға жаңа рентген аппараты әкелінді. Бұған дейін науқастар облысқа баруға мәжбүр болатын.",
        "Бас дәрігердің айтуынша, аппарат күніне алпыс адамды қарай алады. Құжаттар электронды түрде сақталады.",
        "Келесі айда зертхана да жаңарады, оған үш маман оқуға жіберілді.")
PAGE = f"""<!doctype html><html><head><meta charset="utf-8"><title>{TITLES[0]} - Дала жаршысы</title></head><body>
<table><tr><td class="m"><a href="/">Басты бет</a> <a href="/a?a=1">Қоғам</a></td></tr></table>
<div class="zag">{TITLES[0]}</div><div class="inf"><span class="kim">Сәуле Ержан</span>
<span class="kash">11 наурыз 2025, 10:20</span></div><div class="mtn">{"<br><br>".join(TEXT)}</div>
<div class="kk"><div>Осыны да көріңіз</div>
<div><a href="/oqigha?n=43"><span>{TITLES[1]}</span></a><em>04.03.2025</em></div></div>
</body></html>"""
PROFILE = """name = "dala"
timezone = "Asia/Almaty"
[labels]
related = ["Осыны да көріңіз"]
[selectors]
authors = ".kim"
"""


def malim(*args, cwd, code=0):
    done = subprocess.run([sys.executable, "-m", "malim_scraper", *args], capture_output=True, text=True, timeout=60,
                          cwd=cwd)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture
def portal():
    with serving(TinyPortal()) as running:
        running.pages["/oqigha?n=41"] = PAGE
        yield running


@pytest.fixture
def project(portal, tmp_path):
    (tmp_path / "dala.toml").write_text(PROFILE, "utf-8")
    malim("fixture", "add", f"{portal.base}/oqigha?n=41", "--portal", "dala.toml", "--yes", cwd=tmp_path)
    return tmp_path


def test_the_page_is_kept_with_record_and_headers(project):
    folder = project / "tests/fixtures/dala"
    assert sorted(path.name for path in folder.iterdir()) == [
        "oqigha-n-41.headers.json", "oqigha-n-41.html", "oqigha-n-41.json"]
    assert (folder / "oqigha-n-41.html").read_text("utf-8") == PAGE
    record = json.loads((folder / "oqigha-n-41.json").read_text("utf-8"))
    assert (record["portal"], record["title"], record["authors"]) == ("dala", TITLES[0], ["Сәуле Ержан"])
    assert record["date_published"] == "2025-03-11T10:20:00+05:00"
    assert [(item["title"], item["date_published"]) for item in record["related"]] == [(TITLES[1], "2025-03-04")]
    assert record["body"] == "\n\n".join(TEXT)


def test_a_renamed_class_turns_the_check_red_and_the_diff_names_the_field(project):
    malim("fixture", "check", cwd=project)
    page = project / "tests/fixtures/dala/oqigha-n-41.html"
    page.write_text(PAGE.replace('class="kim"', 'class="x1"'), "utf-8")
    assert "dala/oqigha-n-41: authors, " in malim("fixture", "check", cwd=project, code=1).stdout
    assert "  authors\n    - Сәуле Ержан\n" in malim("fixture", "diff", cwd=project, code=1).stdout


def test_a_profile_elsewhere_is_copied_beside_the_fixture(project, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    args = ("--url", "https://dala.example/oqigha?n=41", "--portal", str(project / "dala.toml"), "--yes")
    (other / "page.html").write_text(PAGE, "utf-8")
    malim("fixture", "add", "page.html", *args, cwd=other)
    assert (other / "tests/fixtures/dala/dala.toml").read_text("utf-8") == PROFILE
    malim("fixture", "check", cwd=other)


@pytest.mark.parametrize(("page", "told"), [
    (404, "HTTP 404"), ("<html><body><p>Бет табылмады</p></body></html>", "no article was found"),
    ("<?xml version='1.0'?><rss/>", "no HTML page (application/xml)"),
])
def test_what_cannot_be_kept_is_one_line(portal, tmp_path, page, told):
    portal.pages["/x"] = page
    assert told in malim("fixture", "add", f"{portal.base}/x", "--yes", cwd=tmp_path, code=1).stderr
    assert not list(tmp_path.iterdir())


def test_the_address_is_read_from_the_page(tmp_path):
    html = article_page(1, canonical="https://dala.example/news/1-sayabaq")
    (tmp_path / "page.html").write_text(html, "utf-8")
    malim("fixture", "add", "page.html", "--yes", cwd=tmp_path)
    assert (tmp_path / "tests/fixtures/dala.example/1-sayabaq.html").exists()
