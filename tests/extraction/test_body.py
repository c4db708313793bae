"""The body of invented pages: which lines are the article's, of which type, from which evidence."""

from __future__ import annotations

import json

import pytest

from malim_scraper.extraction.body import choose_body, find_body
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.page import Page, parse_html
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import Block

TITLE = "Өзен үстіне жаңа көпір салынады"
ONE = "Қала әкімдігі өзен үстіне жаңа көпір салуды бастады. Жұмыс екі жылға созылады, деді бас құрылысшы."
TWO = "Көпірдің ұзындығы төрт жүз метр болады. Оның бойымен трамвай жүріп, жаяу жүргіншілер де өте алады."
THREE = "Бұрынғы көпір алпыс жыл бұрын салынған еді. Ол жөнделіп, тек жаяу жүргіншілерге қалдырылады."
FOUR = "Қаражат республикалық бюджеттен бөлінді. Мердігер байқау арқылы таңдалды, оған жеті компания қатысты."
PARAGRAPHS = [ONE, TWO, THREE, FOUR]


def page_of(body: str, head: str = "") -> Page:
    root = parse_html(f"<html><head><title>{TITLE} | Портал</title>{head}</head><body><header><ul>"
                      + "".join(f"<li><a href='/{n}'>Айдар {n}</a></li>" for n in range(6))
                      + f"</ul></header><div class='wrap'>{body}</div><footer><p>© Портал, 2024. Барлық құқықтар "
                      "қорғалған. Материалды пайдаланғанда сілтеме міндетті.</p></footer></body></html>")
    assert root is not None
    return read_page(root, "https://portal.example/news/1-zhana-kopir")


def chosen(body: str, head: str = "") -> Candidate[list[Block]]:
    candidate = choose_body(list(find_body(page_of(body, head))))
    assert candidate is not None
    return candidate


def tag(name: str, *texts: str) -> str:
    return "".join(f"<{name}>{text}</{name}>" for text in texts)


RELATED = ("<div class='related'><h3>Байланысты жаңалықтар</h3><ul>" + "".join(
    f"<li><a href='/news/{n}'>Мектепте жаңа оқу жылы басталды, нөмірі {n}</a></li>" for n in range(5)) + "</ul></div>")
COMMENTS = ("<div class='comments'><h3>Пікірлер</h3><div class='comment'><b>Асан</b>"
            "<p>Жақсы жаңалық екен, рақмет!</p></div></div>")
SHARE = "<div class='share'><a href='#'>Facebook</a> <a href='#'>Telegram</a></div>"
FIGURE = "<figure><img src='/a.jpg'><figcaption>Көпірдің сызбасы. Фото: әкімдік</figcaption></figure>"

BUILDS = [
    ("paragraphs", f"<h1>{TITLE}</h1><div class='text'>{tag('p', *PARAGRAPHS)}</div>"),
    ("the rest of a page around them", f"<h1>{TITLE}</h1><div class='date'>19.02.2024</div>{SHARE}{FIGURE}"
                                       f"<div class='text'>{tag('p', *PARAGRAPHS)}</div>{SHARE}{RELATED}{COMMENTS}"),
    ("lines of a br text", f"<h1>{TITLE}</h1><div>{'<br><br>'.join(PARAGRAPHS)}</div>{RELATED}"),
    ("lines of a br text, one br each", f"<h1>{TITLE}</h1><div>{'<br>'.join(PARAGRAPHS)}</div>"),
    ("divs", f"<h1>{TITLE}</h1><div><div>{tag('div', *PARAGRAPHS)}</div></div>{COMMENTS}"),
    ("two containers", f"<h1>{TITLE}</h1><div class='text'>{tag('p', ONE, TWO)}</div>{SHARE}"
                       f"<div class='text'>{tag('p', THREE, FOUR)}</div>{RELATED}"),
    ("pictures between paragraphs", f"<h1>{TITLE}</h1><div>{FIGURE.join(tag('p', text) for text in PARAGRAPHS)}</div>"),
    ("a table for layout", f"<table><tr><td><h1>{TITLE}</h1>{tag('p', *PARAGRAPHS)}</td><td>{RELATED}</td></tr>"
                           "</table>"),
    ("a copy for print", f"<h1>{TITLE}</h1><div>{tag('p', *PARAGRAPHS)}</div>"
                         f"<div class='print'>{' '.join(PARAGRAPHS)}</div>"),
]


@pytest.mark.parametrize("body", [row[1] for row in BUILDS], ids=[row[0] for row in BUILDS])
def test_paragraphs(body: str) -> None:
    found = chosen(body)
    assert [block.text for block in found.value] == PARAGRAPHS
    assert {block.type for block in found.value} == {"paragraph"}
    assert found.evidence == "text-blocks"


def test_types() -> None:
    text = (f"<p>{ONE}</p><h2>Құрылыс кестесі</h2><p>{TWO}</p><p><strong>Қаражат қайдан</strong></p><p>{THREE}</p>"
            f"<blockquote><p>{FOUR}</p></blockquote><ul><li>{ONE[:50]} бірінші тармақ.</li>"
            f"<li>{TWO[:50]} екінші тармақ.</li></ul>")
    found = chosen(f"<h1>{TITLE}</h1><div class='article-body'>{text}</div>").value
    assert [block.type for block in found] == ["paragraph", "heading", "paragraph", "heading", "paragraph", "quote",
                                               "list_item", "list_item"]


def test_lines_of_one_sentence_are_joined() -> None:
    broken = ONE.replace("жаңа көпір ", "жаңа көпір<br>")
    found = chosen(f"<h1>{TITLE}</h1><div>{broken}<br><br>{TWO}<br><br>{THREE}</div>").value
    assert [block.text for block in found] == [ONE, TWO, THREE]


def ld(text: str) -> str:
    data = {"@type": "NewsArticle", "headline": TITLE, "articleBody": text}
    return f"<script type='application/ld+json'>{json.dumps(data)}</script>"


@pytest.mark.parametrize(("printed", "declared", "evidence", "expected"), [
    (PARAGRAPHS, "\n".join(PARAGRAPHS), "text-blocks", PARAGRAPHS),
    ([ONE], "\n\n".join(PARAGRAPHS), "json-ld", PARAGRAPHS),              # the rest behind a paywall
    ([ONE], tag("p", *PARAGRAPHS), "json-ld", PARAGRAPHS),                # declared as HTML
    (PARAGRAPHS, ONE, "text-blocks", PARAGRAPHS),                         # declares less
])
def test_json_ld(printed: list[str], declared: str, evidence: str, expected: list[str]) -> None:
    found = chosen(f"<h1>{TITLE}</h1><div>{tag('p', *printed)}</div>", ld(declared))
    assert found.evidence == evidence
    assert [block.text for block in found.value] == expected


NEXT = json.dumps({"props": {"article": {"title": TITLE, "body": tag("p", *PARAGRAPHS)}}})
PARTS = json.dumps({"blocks": [{"kind": "paragraph", "content": text} for text in PARAGRAPHS]})
PLAIN = json.dumps({"post": {"content": tag("p", *PARAGRAPHS)}}, ensure_ascii=False)
PUSHED = json.dumps(json.dumps({"detail": {"contentHtml": tag("p", *PARAGRAPHS)}}))


@pytest.mark.parametrize("script", [
    f"<script id='__NEXT_DATA__' type='application/json'>{NEXT}</script>",
    f"<script>window.__NUXT__={PARTS};</script>",
    f"<script>self.__next_f.push([1,{PUSHED}])</script>",
    f"<script>window.state={PLAIN}</script>",
], ids=["a JSON script", "an assignment, one string a paragraph", "JSON in a string", "letters as they are"])
def test_hydration(script: str) -> None:
    found = chosen(f"<h1>{TITLE}</h1><div id='app'></div>{script}")
    assert found.evidence == "hydration"
    assert [block.text for block in found.value] == PARAGRAPHS


@pytest.mark.parametrize("html", ["", "<h1></h1>", "<script>{\"body\": \"", "<p>" * 50])
def test_no_body(html: str) -> None:
    root = parse_html(f"<html><body>{html}</body></html>")
    assert root is not None
    assert list(find_body(read_page(root))) == []
