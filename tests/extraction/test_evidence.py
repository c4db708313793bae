"""The one place that chooses: weights, agreement, failing finders, profile selectors, the whole record."""

from datetime import UTC, datetime

import pytest

from malim_scraper.extraction import evidence, explain, extract
from malim_scraper.extraction.agreement import same_day, same_title
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.evidence import RULES, Rule, choose, rank
from malim_scraper.profiles import Portal
from tests.extraction.pages import TEXT, URL, page

HTML = (
    f"<html lang='kk'><head><title>Жайық бойында нөсер жаңбыр жауды</title>"
    "<meta name='robots' content='noindex, noarchive'></head>"
    f"<body><article><h1>Жайық бойында нөсер жаңбыр жауды</h1><p>Автор: Асқар Нұр</p><p>Бүгін, 10:09</p>"
    f"{TEXT}</article></body></html>"
)


def rule(**weights):
    return Rule(lambda page: (), {name.replace("_", "-"): weight for name, weight in weights.items()})


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([("a", "strong"), ("b", "weak")], "a"),
        ([("a", "strong"), ("b", "weak"), ("b", "fair")], "b"),  # two that agree outweigh one
        ([("a", "strong"), ("b", "weak"), ("b", "weak")], "a"),  # the same kind of evidence counts once
        ([("a", "unknown")], None),
        ([("a", "weak"), ("b", "weak")], "a"),  # the first of equals
        ([("a", "strong"), ("b", "profile")], "b"),
        ([], None),
    ],
)
def test_rank(candidates, expected):
    choice = rank([Candidate(value, value, kind, "") for value, kind in candidates], rule(strong=4, fair=3, weak=2))
    assert (choice.chosen and choice.chosen.value) == expected
    assert len(choice.ranked) == len(candidates)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2024-04-24", "24.04.2024", True),
        ("2024-04-24", "25.04.2024", False),
        ("2024-04-23T20:30:00Z", "24.04.2024 01:30", True),
        ("2024-04-23T20:30:00+05:00", "24.04.2024", False),
        ("кеше", "кеше", True),
        ("кеше", "бүгін", False),
    ],
)
def test_same_day(one, other, expected):
    assert same_day(one, other) is expected


def test_a_longer_title_supports_the_shorter_one_only():
    assert same_title("Жаңбыр жауды", "Жаңбыр жауды – Қоғам")
    assert not same_title("Жаңбыр жауды – Қоғам", "Жаңбыр жауды")
    assert not same_title("Жаңбыр жауды", "Жаңбыр жауды деп айтты")


def test_a_finder_that_fails_costs_its_field_alone(monkeypatch):
    def fail(page):
        yield Candidate(["Асқар Нұр"], "", "label", "")
        raise RuntimeError

    monkeypatch.setitem(evidence.RULES, "tags", Rule(fail, {"label": 1}))
    article = extract(HTML, url=URL)
    assert "failed-tags" in article.warnings
    assert article.authors == ["Асқар Нұр"]


@pytest.mark.parametrize(
    ("field", "selector", "expected"),
    [
        ("title", "h1", "Жайық бойында нөсер жаңбыр жауды"),
        ("authors", ".who", ["Асқар Нұр"]),
        ("authors", "//p[@class='who']/text()", ["Асқар Нұр"]),
        ("date_published", "time", "2021-02-19"),
        ("date_published", "time::attr(datetime)", "2021-02-19"),
        ("tags", ".t", ["Жайық", "жаңбыр"]),
        ("section", ".absent", None),
    ],
)
def test_profile_selectors(field, selector, expected):
    portal = Portal("example", selectors={field: selector})
    read = page(
        before="<p class='who'>асқар нұр</p>".replace("асқар нұр", "Асқар Нұр")
        + "<time datetime='2021-02-19'>x</time><i class='t'>Жайық</i><i class='t'>жаңбыр</i>",
        portal=portal,
    )
    chosen = [c for _, c in choose(read, field, []).ranked if c.evidence == "profile"]
    assert (chosen[0].value if chosen else None) == expected


def test_a_selector_that_cannot_be_read_is_a_warning():
    article = extract(HTML, url=URL, portal=Portal("example", selectors={"title": "h1["}))
    assert article.title == "Жайық бойында нөсер жаңбыр жауды"
    assert "selector-missed:title" in article.warnings


def test_record():
    article = extract(
        HTML.encode(),
        url=URL + "?utm_source=x",
        crawled_at=datetime(2024, 5, 20, 12, tzinfo=UTC),
        timezone="Asia/Almaty",
    )
    assert article.date_published == "2024-05-20T10:09:00+05:00"
    assert article.date_published_raw == "Бүгін, 10:09"
    assert article.canonical_url == URL
    assert article.portal == "example.kz"
    assert article.language == "kk"
    assert article.provenance["authors"] == "label"
    assert article.warnings == ["noindex", "noarchive"]
    assert article.body == "\n\n".join(block.text for block in article.blocks)


def test_without_a_clock_a_relative_date_stays_null():
    article = extract(HTML, url=URL)
    assert article.date_published is None
    assert "no-date" in article.warnings


def test_conflicting_dates_are_told():
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-04-24"}</script>'
    html = HTML.replace("</head>", head + "</head>").replace("Бүгін, 10:09", "Жарияланды: 19.02.2021")
    assert "date-conflict" in extract(html, url=URL).warnings


def test_explanation_keeps_those_that_lost():
    found = explain(HTML, url=URL).to_dict()
    assert set(found["fields"]) == {*RULES, "body"}
    title = found["fields"]["title"]["candidates"]
    assert [row["evidence"] for row in title] == ["headline", "title-tag"]
    assert [row["chosen"] for row in title] == [True, False]


@pytest.mark.parametrize("html", ["", "<", "<p>", b"\xff\xfe", b"\x00" * 100, "<html></html>", "<!-- -->", "\ud800"])
def test_no_article(html):
    assert extract(html) is None
