import json

import pytest

from malim_scraper.extraction.jsonld import first_text, is_article_type, parse_json, read_jsonld, texts, types_of
from tests.extraction.pages import page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', {"a": 1}),
        ('{"a": [1, 2,], }', {"a": [1, 2]}),
        ('{"a": "x\ny\tz"}', {"a": "x\ny\tz"}),
        (r'{"a": "it\'s"}', {"a": r"it\'s"}),
        ('{"a": 1};', {"a": 1}),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1', {"a": 1}),
        ("{&quot;a&quot;: 1}", {"a": 1}),
        (
            '{"@type": "NewsArticle", "headline": "Say "hi"", "datePublished": "2024-04-24"}',
            {"@type": "NewsArticle", "headline": "Say ", "datePublished": "2024-04-24"},
        ),
        ("", None),
        ("null", None),
        ("not json", None),
        ("[" * 5_000, None),
    ],
)
def test_parse_json(text, expected):
    assert parse_json(text) == expected


def test_half_a_character_can_be_stored():
    found = parse_json('{"a": "x\\ud83d", "b": "\\ud83d\\ude00"}')
    assert json.dumps(found, ensure_ascii=False).encode()
    assert found["b"] == "😀"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("A &amp; B", ["A & B"]),
        ({"name": "A"}, ["A"]),
        ([{"name": "A"}, "B", None, 5], ["A", "B"]),
        (None, []),
        ({"x": 1}, []),
        ({"@type": "Person", "name": ["A", "B"]}, ["A", "B"]),
    ],
)
def test_texts(value, expected):
    assert list(texts(value)) == expected
    assert first_text(value) == (expected[0] if expected else "")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("NewsArticle", True),
        (["Thing", "http://schema.org/BlogPosting"], True),
        ("ReportageNewsArticle", True),
        ("WebPage", False),
        (None, False),
        ([5], False),
    ],
)
def test_article_types(kind, expected):
    assert is_article_type(types_of({"@type": kind})) is expected


def script(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


HEADLINE = "Жайық бойында нөсер жаңбыр жауды"


def test_references_into_the_graph_are_followed():
    found = page(
        head=script(
            {
                "@graph": [
                    {"@type": "NewsArticle", "headline": HEADLINE, "author": {"@id": "#1"}},
                    {"@type": "Person", "@id": "#1", "name": "Асқар Нұр"},
                ]
            }
        )
    ).declared
    assert [first_text(value) for _, value in found.values("author")] == ["Асқар Нұр"]


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        (
            [
                {"@type": "NewsArticle", "headline": "Басқа мақала", "datePublished": "2024-01-01"},
                {"@type": "NewsArticle", "headline": HEADLINE},
            ],
            [HEADLINE],
        ),
        ([{"@type": "NewsArticle", "headline": "Бірінші"}, {"@type": "NewsArticle", "headline": "Екінші"}], []),
        (
            [
                {
                    "@type": "NewsArticle",
                    "headline": "Бірінші",
                    "url": "https://example.kz/qogam/4711-zhanbyr?utm_source=x",
                },
                {"@type": "NewsArticle", "headline": "Екінші"},
            ],
            ["Бірінші"],
        ),
        ([{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": HEADLINE}]}], []),
    ],
)
def test_the_node_of_this_page_is_chosen(nodes, expected):
    assert [value for _, value in page(head=script(nodes)).declared.values("headline")] == expected


def test_a_node_that_says_nothing_of_the_page_is_left_out():
    site = {"@type": "NewsArticle", "headline": "Порталдың басты парағы", "datePublished": "2024-04-25"}
    assert page(head=script(site), before="<p>19.02.2021</p>").declared.nodes == []


def test_hostile_nodes_do_no_harm():
    for data in (
        [None, 5, "x"],
        {"@graph": None},
        {"@type": {}},
        {"@type": "NewsArticle", "@id": 5},
        {"@graph": [[[[[]]]]]},
    ):
        read_jsonld([("application/ld+json", json.dumps(data))])
