"""The explanation as a page: what became what is marked, and nothing of a hostile page executes."""

import re
import subprocess
import sys

import pytest
from lxml import html

from malim_scraper.explaining import render_page
from malim_scraper.extraction import explain
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

URL = "https://example.kz/news/park-2024"
TEXT = ["Қала әкімдігі жаңа саябақтың құрылысын биыл күзде аяқтайтынын мәлімдеді. Жұмыс көктемде басталған еді.",
        "Саябақта балалар алаңы, кітапхана және велосипед жолы болады. Жоба құны екі миллиард теңгеден асады."]
PAGE = f"""<html lang="kk"><head><title>Жаңа саябақ күзде ашылады</title></head><body>
<nav>{"<a href=/m>Мәзір</a><br>" * 9}</nav>
<article><h1>Жаңа саябақ күзде ашылады</h1><p class="author">Авторы: Асқар Нұр</p><p>24 сәуір 2024, 12:30</p>
{"".join(f"<p>{text}</p>" for text in TEXT)}</article>
<h3>Байланысты жаңалықтар</h3>
<ul><li><a href="/news/kopir">Өзен үстіндегі көпір жөнделді</a> 20.04.2024</li></ul></body></html>"""
HOSTILE = PAGE.replace("Асқар Нұр", '<b onclick="x()">Асқар Нұр</b>').replace(
    "<h3>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;</p><script>alert(3)</script>"
            '<h3 class="&quot;&gt;&lt;script&gt;">')


def render(source):
    page = read_page(parse_html(source), URL)
    return render_page("page.html", page, explain(source, url=URL))


@pytest.mark.parametrize(("role", "texts"), [
    ("title", ["Жаңа саябақ күзде ашылады"]), ("body", TEXT), ("author", ["Асқар Нұр"]),
    ("date", ["24 сәуір 2024, 12:30"]), ("related", ["Өзен үстіндегі көпір жөнделді"]),
])
def test_what_became_a_field_has_its_colour(role, texts):
    tree = html.fromstring(render(PAGE))
    marked = [element.text_content() for element in tree.xpath(f"//*[@class='text']//*[@class='{role}']")]
    assert all(any(text in mark for mark in marked) for text in texts), marked


def test_record_and_evidence_stand_beside_it():
    record = html.fromstring(render(PAGE)).xpath("//*[@class='record']")[0].text_content()
    assert "2024-04-24T12:30:00" in record
    assert "headline at h1" in record


def test_long_menus_are_folded_away():
    assert "lines that became nothing" in render(PAGE)


@pytest.mark.parametrize("source", [PAGE, HOSTILE, "<p>бет табылмады", HOSTILE.replace("<h1>", "<h1>&lt;style&gt;")])
def test_nothing_executes_or_loads(source):
    document = render(source)
    tree = html.fromstring(document)
    assert not tree.xpath("//script|//img|//iframe|//link|//form|//object|//a|//@src|//@href|//@style")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert len(tree.xpath("//style")) == 1
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert re.fullmatch(r"default-src 'none'; style-src 'sha256-[A-Za-z0-9+/=]{44}'; form-action 'none'", policy)
    assert "<script" not in document


@pytest.mark.parametrize(("args", "code", "told"), [
    (["page.html", "--explain", "--html", "out.html"], 0, "Written: out.html"),
    (["page.html", "--html", "out.html"], 2, "Add --explain"),
    ([".", "--explain", "--html", "out.html"], 2, "several"),
    (["page.html", "--explain", "--html", "no/out.html"], 1, "cannot be written"),
])
def test_the_command(tmp_path, args, code, told):
    for name in ("page.html", "two.html"):
        (tmp_path / name).write_text(PAGE, "utf-8")
    done = subprocess.run([sys.executable, "-m", "malim_scraper", "extract", *args], cwd=tmp_path, capture_output=True,
                          text=True)
    assert (done.returncode, done.stdout) == (code, "")
    assert told in done.stderr
    assert (tmp_path / "out.html").exists() == (code == 0)
