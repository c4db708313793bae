"""`malim fixture` and the pytest plugin, as the developer of another project uses them."""

import json

import pytest
from click import unstyle
from click.testing import CliRunner

from malim_scraper.commands.fixture import command
from malim_scraper.fixtures.diff import word_diff

PARAGRAPHS = [
    "Қала әкімдігі жаңа саябақтың құрылысын биыл күзде аяқтайтынын мәлімдеді. Жұмыс көктемде басталған еді.",
    "Саябақта балалар алаңы, кітапхана және велосипед жолы болады. Жоба құны екі миллиард теңгеден асады.",
    "Тұрғындар жобаны қоғамдық тыңдауда талқылады, олардың ұсыныстары жоспарға енді, дейді сәулетші.",
]
PAGE = """<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>Жаңа саябақ күзде ашылады</title></head>
<body><main><article><h1>Жаңа саябақ күзде ашылады</h1><div class="meta"><span class="author">Асқар Нұр</span>
<time datetime="2024-04-24T12:30:00+05:00">24 сәуір 2024, 12:30</time></div><div class="text">
{}</div></article></main></body></html>"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE.format("".join(f"<p>{text}</p>" for text in PARAGRAPHS)), "utf-8")
    return tmp_path


def fixture(*args):
    return CliRunner().invoke(command, list(args))


def add(*args):
    done = fixture("add", "page.html", "--url", "https://example.kz/news/park-2024", "--yes", *args)
    assert done.exit_code == 0, done.output
    return done


def test_add_saves_page_and_record(project):
    add()
    folder = project / "tests/fixtures/example.kz"
    assert (folder / "park-2024.html").read_bytes() == (project / "page.html").read_bytes()
    record = json.loads((folder / "park-2024.json").read_text("utf-8"))
    assert record["title"] == "Жаңа саябақ күзде ашылады"
    assert record["body"] == "\n\n".join(PARAGRAPHS)
    assert record["crawled_at"]


def test_check_passes_then_names_the_field_that_moved(project):
    add()
    assert fixture("check").exit_code == 0
    page = project / "tests/fixtures/example.kz/park-2024.html"
    page.write_text(page.read_text("utf-8").replace("екі миллиард", "үш миллиард"), "utf-8")
    done = fixture("check")
    assert done.exit_code == 1
    assert "example.kz/park-2024: body, blocks" in done.stdout


def test_diff_shows_words_and_accept_takes_them(project):
    add()
    page = project / "tests/fixtures/example.kz/park-2024.html"
    page.write_text(page.read_text("utf-8").replace("екі миллиард", "үш миллиард"), "utf-8")
    done = fixture("diff")
    assert done.exit_code == 1
    assert "[-екі-] {+үш+}" in done.stdout
    assert fixture("accept", "--yes").exit_code == 0
    assert fixture("check").exit_code == 0


def test_page_that_is_no_article_is_not_saved(project):
    (project / "page.html").write_text("<html><body><p>Бет табылмады</p></body></html>", "utf-8")
    done = fixture("add", "page.html", "--url", "https://example.kz/x", "--yes")
    assert done.exit_code != 0
    assert not (project / "tests").exists()


def test_fixture_is_never_overwritten(project):
    add()
    done = fixture("add", "page.html", "--url", "https://example.kz/news/park-2024", "--yes")
    assert "exists" in str(done.exception)


def test_word_diff_shortens_what_is_equal():
    words = [f"w{i}" for i in range(40)]
    assert unstyle(word_diff(" ".join(words), " ".join([*words[:-1], "x"]))) == (
        "w0 w1 w2 w3 w4 w5 … w33 w34 w35 w36 w37 w38 [-w39-] {+x+}")


def test_pytest_plugin_collects_a_test_per_field(pytester, project):
    add()
    folder = project / "tests/fixtures/example.kz"
    html = (folder / "park-2024.html").read_text("utf-8").replace("24 сәуір 2024", "25 сәуір 2024")
    pytester.path.joinpath("park.html").write_text(html.replace("2024-04-24", "2024-04-25"), "utf-8")
    pytester.path.joinpath("park.malim.json").write_bytes((folder / "park-2024.json").read_bytes())
    outcome = pytester.runpytest_subprocess("-p", "no:cacheprovider", str(pytester.path / "park.malim.json"))
    counts = outcome.parseoutcomes()
    assert counts["failed"] >= 1
    assert counts["passed"] >= 15
    outcome.stdout.fnmatch_lines(["*park: date_published*"])
