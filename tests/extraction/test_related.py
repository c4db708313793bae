"""Related items: invented pages, each the smallest of its class."""

import pytest

from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.related import find_related
from malim_scraper.extraction.walk import read_page
from malim_scraper.items import RelatedItem

URL = "https://kala.example/news/2024/100-kala-kuni"
PARAGRAPH = "Қала күніне орай орталық алаңда жәрмеңке өтті, оған мыңнан астам тұрғын келді, деп хабарлады әкімдік. " * 2
ONE, TWO, THREE = "Жаңа мектеп ашылды ауылда", "Көпір жөндеуден өтті қалада", "Су деңгейі төмендеп келеді"


def related(behind: str, *, inside: str = "", before: str = "") -> list[RelatedItem]:
    html = (f"<html><body>{before}<main><article><h1>Қала күні тойланды</h1><p>{PARAGRAPH}</p>{inside}"
            f"<p>{PARAGRAPH}</p></article>{behind}</main></body></html>")
    root = parse_html(html)
    assert root is not None
    found = list(find_related(read_page(root, URL)))
    assert len(found) <= 1
    return found[0].value if found else []


def titles(behind: str, **parts: str) -> list[str]:
    return [item.title for item in related(behind, **parts)]


LIST = f'<ul><li><a href="/news/2024/1-a">{ONE}</a></li><li><a href="/news/2024/2-b">{TWO}</a></li></ul>'


@pytest.mark.parametrize("heading", [
    "<h3>Байланысты жаналықтар</h3>",       # as the portal spells it
    "<h3>Байланысты жаңалықтар</h3>",
    "<h4>СОНДАЙ-АҚ, ОҚЫҢЫЗ:</h4>",
    "<div class=title>Читайте также</div>",
    "<p><b>Ещё по теме:</b></p>",
    "<h2>Читайте также по теме</h2>",
    "<h2>Related stories</h2>",
    "<h2>More on Kazakhstan</h2>",
    "<span>Окшош жаңылыктар</span>",
    "<h5>Mavzuga oid yangiliklar</h5>",
    "<h3>ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ</h3>",            # capitals lose their accents
    "<h3>【関連記事】</h3>",
    "<h3>ۇقساس جاڭالىقتار</h3>",
])
def test_a_label_opens_a_block(heading):
    assert titles(f"<section>{heading}{LIST}</section>") == [ONE, TWO]
    assert titles(f"{heading}{LIST}") == [ONE, TWO]


@pytest.mark.parametrize("heading", [
    "<h3>Соңғы жаңалықтар</h3>", "<h3>Ең көп оқылған</h3>", "<h3>Новости партнёров</h3>", "<h3>Популярное</h3>",
    "<h3>More from Politics</h3>", "<h3>Latest in Sport</h3>", "<h3>Anzeige</h3>", "<h3>人気記事</h3>",
    "<h3>Aviation</h3>",
])
def test_other_headings_open_none(heading):
    assert titles(f"<section>{heading}{LIST}</section>") == []
    marked = titles(f"<section class='related-posts'>{heading}{LIST}</section>")
    assert marked == ([ONE, TWO] if "Aviation" in heading else [])    # no known label: the marker decides


@pytest.mark.parametrize(("block", "expected"), [
    (f'<section class="related-posts">{LIST}</section>', [ONE, TWO]),
    (f'<aside aria-label="Verwandte Artikel">{LIST}</aside>', [ONE, TWO]),
    (f'<div id="similarNews">{LIST}</div>', [ONE, TWO]),
    (f'<div class="read-more-links">{LIST}</div>', [ONE, TWO]),
    (f'<div class="trending related">{LIST}</div>', []),
    (f'<div class="OUTBRAIN related">{LIST}</div>', []),
    (f'<div class="sidebar">{LIST}</div>', []),
    (f"<nav><h4>Сондай-ақ оқыңыз</h4>{LIST}</nav>", []),
    (f"<footer><h4>See also</h4>{LIST}</footer>", []),
])
def test_markers_and_frames(block, expected):
    assert titles(block) == expected


@pytest.mark.parametrize("line", [
    f'<p>Оқи отырыңыз: <a href="/news/2024/1-a">{ONE}</a></p>',
    f'<p><strong>ЧИТАЙТЕ ТАКЖЕ:</strong> <a href="/news/2024/1-a">{ONE}</a></p>',
    f'<p><a href="/news/2024/1-a">Read also: {ONE}</a></p>',
    f'<p>Сондай-ақ оқыңыз</p><p><a href="/news/2024/1-a">{ONE}</a></p>',
    f'<aside><h3>MORE:</h3><a href="/news/2024/1-a">{ONE}</a></aside>',
])
def test_a_line_between_paragraphs(line):
    assert titles("", inside=line) == [ONE]


def test_links_of_the_text_and_of_menus_are_none():
    text = f'<p>{PARAGRAPH} <a href="/news/2024/9-z">бұл туралы бұрын жаздық</a>, деді ол.</p>'
    assert titles("", inside=text, before=f"<div><h3>Читайте также</h3>{LIST}</div>") == []


OTHER = '<ul><li><a href="/w/2024-05-05">Ертең күн жылы болады екен</a></li></ul>'


@pytest.mark.parametrize(("behind", "expected"), [
    (f"<h3>Related</h3>{LIST}<h3>Weather</h3>{OTHER}", [ONE, TWO]),
    (f"<h3>Related</h3>{LIST}<h4>Latest news</h4>{OTHER}", [ONE, TWO]),
    (f"<div><h3>Related</h3><div>{LIST}</div></div>{OTHER}", [ONE, TWO]),
    (f"<h3>Related</h3><div></div><p>Ертең: {PARAGRAPH}</p><p>Кеше: {PARAGRAPH}</p>{LIST}", []),  # a script fills it
])
def test_extent(behind, expected):
    assert titles(behind) == expected


@pytest.mark.parametrize(("card", "expected"), [
    ('<a href="/news/2024/1-a"><img src=x></a><div class=cat><a href="/tag/su">Су</a></div>'
     f'<h3><a href="/news/2024/1-a?utm_source=block">{ONE}</a></h3><a href="/news/2024/1-a">Толығырақ</a>', ONE),
    (f'<a href="/news/2024/1-a"><span class=badge>Жаңа</span><span class=title>{ONE}</span></a>', ONE),
    (f'<a href="/news/2024/1-a"><h4>{ONE}</h4><p>{PARAGRAPH}</p></a>', ONE),
    (f'<div><a class=cover href="/news/2024/1-a"></a><h4>{ONE}</h4></div>', ONE),
    (f'<a href="/news/2024/1-a">{ONE} 24.04.2024</a>', ONE),
    ('<a href="/news/2024/1-a">Толығырақ</a>', None),
    ('<a href="/arch/2024-04-24">24 сәуір 2024</a>', None),
    (f'<a href="/author/asqar">{ONE}</a>', None),
    (f'<a href="https://www.facebook.com/sharer?u=1">{ONE}</a>', None),
    (f'<a href="{URL}#comments">{ONE}</a>', None),
    (f'<a href="mailto:a@b.example">{ONE}</a>', None),
    (f'<a href="http://[bad">{ONE}</a>', None),
])
def test_titles_of_cards(card, expected):
    other = f'<div><a href="/news/2024/2-b">{TWO}</a></div>'
    found = titles(f"<h2>Читайте также</h2><div class=list><div>{card}</div>{other}</div>")
    assert found == ([expected, TWO] if expected else [TWO])


def test_foreign_links_alone_are_an_advertisement():
    assert titles(f'<h3>You may like</h3><p><a href="https://shop.example.org/x1234">{ONE}</a></p>') == []
    assert titles(f'<h3>Related</h3><p><a href="https://sport.kala.example/x1234">{ONE}</a></p>') == [ONE]


DATES = ["24.04.2024", "23 сәуір 2024, 12:30", "кеше, 18:40"]
SHAPES = {
    "elements": lambda n, t, d: f'<div><a href="/n/100{n}">{t}</a><span class=date>{d}</span></div>',
    "date first": lambda n, t, d: f'<li><p>{d}</p><p><a href="/n/100{n}">{t}</a></p></li>',
    "flat": lambda n, t, d: f'<p><a href="/n/100{n}">{t}</a></p><p>{d}</p>',
    "flat, date first": lambda n, t, d: f'<p>{d}</p><p><a href="/n/100{n}">{t}</a></p>',
    "one link": lambda n, t, d: f'<a href="/n/100{n}"><div>{t}</div><div>{d}</div></a>',
    "breaks": lambda n, t, d: f'<a href="/n/100{n}">{t}</a><br>{d}<br>',
    "table": lambda n, t, d: f'<tr><td>{d}</td><td><a href="/n/100{n}">{t}</a></td></tr>',
}


@pytest.mark.parametrize("shape", SHAPES)
def test_dates_of_cards(shape):
    cards = "".join(SHAPES[shape](n, t, d) for n, (t, d) in enumerate(zip((ONE, TWO, THREE), DATES, strict=True)))
    cards = f"<table>{cards}</table>" if shape == "table" else cards
    found = related(f"<div><h3>Байланысты жаңалықтар</h3>{cards}</div>")
    assert [item.title for item in found] == [ONE, TWO, THREE]
    assert [item.date_published_raw for item in found] == DATES
    assert [item.url for item in found] == [f"https://kala.example/n/100{n}" for n in range(3)]


SUMMARIES = ["Бұл туралы білім басқармасы жұма күні қалада өткен жиында айтты.",
             "Жол қозғалысы дүйсенбі күні таңертең қайта ашылады деп күтіледі."]
SECOND_BLOCKS = {
    "linked": lambda n, t, s: f'<div><div><a href="/n/100{n}">{t}</a></div><div>{s}</div></div>',
    "plain": lambda n, t, s: f"<div><div>{t}</div><div>{s}</div></div>",
    "flat": lambda n, t, s: f"<h4>{t}</h4><p>{s}</p>",
    "one link": lambda n, t, s: f'<a href="/n/100{n}"><h4>{t}</h4><p>{s}</p></a>',
    "one line": lambda n, t, s: f'<div><a href="/n/100{n}">{t}</a> <span>{s}</span></div>',
}


@pytest.mark.parametrize("shape", SECOND_BLOCKS)
def test_a_second_block_gives_the_summaries(shape):
    rows = list(enumerate(zip((ONE, TWO), DATES, SUMMARIES, strict=False)))
    first = "".join(f'<li><a href="/n/100{n}">{title}</a><em>{date}</em></li>' for n, (title, date, _) in rows)
    second = "".join(SECOND_BLOCKS[shape](n, title, summary) for n, (title, _, summary) in rows)
    found = related(f"<h3>Байланысты жаналықтар</h3><ul>{first}</ul><h3>KalaBlocks</h3>{second}")
    assert [(item.title, item.date_published_raw, item.summary) for item in found] == [row for _, row in rows]


def test_each_item_once_and_in_page_order():
    again = f'<div class="related-posts"><a href="/news/2024/2-b/">{TWO}</a><a href="/news/2024/3-c">{THREE}</a></div>'
    assert titles(f"<section><h3>Related</h3>{LIST}</section>{again}") == [ONE, TWO, THREE]


def test_titles_without_links_are_found_by_the_block_that_links_them():
    plain = f"<h3>Байланысты жаналықтар</h3><p>{ONE}</p><p>24.04.2024</p><p>{TWO}</p><p>23.04.2024</p>"
    links = "".join(f'<h4><a href="/n/100{n}">{title}</a></h4><p>{summary}</p>'
                    for n, (title, summary) in enumerate(zip((ONE, TWO), SUMMARIES, strict=True)))
    found = related(f"<section>{plain}</section><section><h3>KalaBlocks</h3>{links}</section>")
    assert [(item.title, item.url[-4:], item.date_published_raw, item.summary) for item in found] == [
        (ONE, "1000", "24.04.2024", SUMMARIES[0]), (TWO, "1001", "23.04.2024", SUMMARIES[1])]


@pytest.mark.parametrize(("links", "expected"), [
    ('["/news/2024/1-a", "https://kala.example/news/2024/8-unseen"]', [ONE]),
    ('{"@type": "WebPage", "url": "/news/2024/2-b"}', [TWO]),
    ('[null, 5, {"url": []}, [["x"]], "http://[bad"]', []),
])
def test_declared_links_take_their_titles_from_the_page(links, expected):
    script = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Қала күні тойланды",' \
             f' "relatedLink": {links}}}</script>'
    assert titles(f"<div>{script}{LIST}</div>") == expected
