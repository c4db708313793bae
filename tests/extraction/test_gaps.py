"""What stands between two paragraphs of the body."""

import pytest

from malim_scraper import extract
from malim_scraper.extraction.gaps import with_gaps_filled
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page


@pytest.mark.parametrize(("between", "score", "filled"), [
    ("<ul><li>Бірінші күн</li><li>Екінші күн</li></ul>", -0.5, True),
    ("<h3>Шешім бар ма</h3>", -1.0, True),
    ("<p>Иә.</p>", -1.0, True),
    ("<p>Иә.</p>", -3.0, False),                                       # too unlikely by itself
    ("<p><a href='/2'>Басқа мақала</a></p>", -0.5, False),             # a link to another page
    ("<p class='advert'>Дүкен ашылды</p>", -0.5, False),               # says what it is
    ("<div><p>Жазылыңыз</p></div>", -0.5, False),                      # in an element of its own
    ("<p>Қар</p>" * 20, -0.5, False),                                  # too much
])
def test_gap(between, score, filled):
    root = parse_html(f"<body><div><p>Бірінші азат жол.</p>{between}<p>Соңғы азат жол.</p></div></body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    body = [blocks[0], blocks[-1]]
    judged = [(block, 1.0 if block in body else score) for block in blocks]
    assert with_gaps_filled(judged, body) == (blocks if filled else body)


@pytest.mark.parametrize(("behind", "filled"), [
    ("<ul><li>Терезені жабыңыз</li></ul>", True),
    ("<blockquote><p>Біз дайынбыз.</p></blockquote><p>Жиын аяқталды.</p>", True),
    ("<p><a href='/2'>Басқа мақала</a></p>", False),
    ("<div>Бөлісу</div>", False),
])
def test_rest_of_an_element_of_text_alone(behind, filled):
    root = parse_html(f"<body><div><p>Бірінші азат жол.</p><p>Екінші азат жол.</p>{behind}</div><p>Басқа</p></body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    judged = [(block, 1.0 if block in blocks[:2] else -1.6) for block in blocks]
    assert with_gaps_filled(judged, blocks[:2]) == (blocks[:-1] if filled else blocks[:2])


LONG = "Бұл азат жол ұзақ, сондықтан мәтіннің соңын жолдары бойынша табу оңай болады, деп жазады авторлар. " * 9


@pytest.mark.parametrize(("items", "filled"), [
    ("<li>Бірінші</li><li>Екінші</li><li>Үшінші</li>", True),
    ("<li>Бірінші</li><li>Екінші</li><li><a href='/2'>Басқа мақала</a></li>", False),    # a list of links
    ("<li>Бірінші</li><li>Екінші</li><li class='share'>Бөлісу</li>", False),             # says what it is
])
@pytest.mark.parametrize("behind", ["", "<div><p>Соңғы азат жол.</p></div>"])
def test_rest_of_a_list(items, filled, behind):
    root = parse_html(f"<body><div><p>{LONG}</p><ul>{items}</ul></div>{behind}</body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    body = [*blocks[:2], *blocks[4:]]
    judged = [(block, 1.0 if block in body else -1.6) for block in blocks]
    assert with_gaps_filled(judged, body) == (blocks if filled else body)


@pytest.mark.parametrize(("behind", "filled"), [
    ("<pre>stone.turn()</pre>", True),
    ("<dl><dt>Арық</dt><dd>Су жүретін жол.</dd></dl>", True),
    ("<pre class='share'>stone.turn()</pre>", False),
    ("<p>Жазылыңыз</p>", False),
])
def test_code_and_terms_behind_the_last_paragraph(behind, filled):
    root = parse_html(f"<body><div><p>{LONG}</p><p>Соңғы азат жол.</p>{behind}</div></body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    judged = [(block, 1.0 if block in blocks[:2] else -3.5) for block in blocks]
    assert with_gaps_filled(judged, blocks[:2]) == (blocks if filled else blocks[:2])


def test_text_between_paragraphs_that_has_no_element_of_its_own():
    root = parse_html("<body><div><p>Бірінші азат жол.</p>Диірменшінің әні:<br>ән<p>Соңғы азат жол.</p></div></body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    body = [blocks[0], blocks[-1]]
    assert with_gaps_filled([(block, 1.0 if block in body else -1.1) for block in blocks], body) == blocks


def test_terms_and_what_the_whole_body_is_called():
    root = parse_html("<body><div class='ad-test'><p>Бірінші азат жол.</p><dl><dt>Артықшылығы</dt><dd>Арзан</dd>"
                      "<dd>Жеңіл</dd></dl><p>Соңғы азат жол.</p></div></body>")
    assert root is not None
    blocks = read_page(root, "").blocks
    body = [blocks[0], blocks[1], blocks[-1]]
    assert with_gaps_filled([(block, 1.0 if block in body else -1.1) for block in blocks], body) == blocks


def test_no_body_has_no_gaps():
    assert with_gaps_filled([], []) == []


def test_boxes_of_a_page_builder_are_no_sidebar():
    """Elementor calls each box a widget: headings and short lines in them are the text's as any other."""
    lines = ["Ағайындылар ескі диірменді қалай қалпына келтірді", "Дөңгелек", "Ол самырсыннан жасалды.", LONG, "Шатыр",
             "Шатыр да ауыстырылды. " + LONG]
    boxes = "".join(f"<div class='elementor-element elementor-widget'><div class='elementor-widget-container'>"
                    f"<{tag}>{line}</{tag}></div></div>" for tag, line in zip(("h1", "h2", "p", "p", "h2", "p"), lines,
                                                                             strict=True))
    article = extract(f"<html><body><div class='site-content'>{boxes}</div></body></html>", url="https://a.example/b/7")
    assert [block.text for block in article.blocks] == [line.strip() for line in lines[1:]]
