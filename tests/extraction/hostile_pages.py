"""Pages that are large, deep or broken in one way each, at full size or smaller."""

PARAGRAPH = "Қала күніне орай орталық алаңда жәрмеңке өтті, оған мыңнан астам тұрғын келді, деп хабарлады әкімдік. "
HEAD = f"<html><body><h1>Қала күні тойланды</h1><p>{PARAGRAPH}</p>"
_NESTED = ("div", "a href=/x", "span", "table", "ul", "li", "blockquote", "b", "p", "section class=related", "h1",
           "form", "font", "article", "tr", "td", "dl", "select", "button", "svg", "object", "nobr", "x-tag")
_LD = "<script type=application/ld+json>"
_LINK = "<a href=/n/1234>Көпір жөндеуден өтті қалада</a>"

# What is repeated: before, piece, how often at full size, behind.
_REPEATED: dict[str, tuple[str, str, int, str]] = {
    **{f"nested {tag}": ("", f"<{tag}>", 100_000, "Қала күні") for tag in _NESTED},
    "nested cells": ("", "<table><tr><td>", 33_000, ""),
    "nested markers": ("", f"<div class=related><h3>Related</h3>{_LINK}", 30_000, ""),
    "one tag": ("", "<p>", 3_300_000, ""),
    "breaks": ("", "<br>", 2_500_000, ""),
    "lines": ("", "Сөз тағы<br>", 500_000, ""),
    "links": ("", _LINK, 100_000, ""),
    "list of links": ("<ul>", f"<li>{_LINK}</li>", 100_000, "</ul>"),
    "related links": ("<h3>Related</h3>", f"<p>{_LINK}</p>", 100_000, ""),
    "related headings": ("", f"<h3>Related</h3><p>{_LINK}</p>", 50_000, ""),
    "related lines": ("", f"<p>Оқи отырыңыз: {_LINK}</p>", 50_000, ""),
    "related plain titles": (_LINK, "<h3>Related</h3><p>Көпір жөндеуден өтті қалада</p>", 50_000, _LINK),
    "related markers": ("", f"<div class=related>{_LINK}</div>", 50_000, ""),
    "attributes named alike": ("<p ", "class=related ", 1_000_000, ">Сөз"),
    "long attribute": ('<p class="', "related title ", 700_000, '">Сөз'),
    "long text": ("<p>", "Қала күні тойланды. ", 500_000, ""),
    "long word": ("<p>", "а", 10_000_000, ""),
    "spaces": ("<p>", " ", 10_000_000, "a"),
    "digits": ("<p>", "12.04.", 1_600_000, ""),
    "paragraphs": ("", f"<p>{PARAGRAPH}</p>", 40_000, ""),
    "headlines": ("", "<h1>Қала күні тойланды</h1>", 100_000, ""),
    "dates": ("", "<time datetime=2024-04-24>24 сәуір 2024</time> ", 100_000, ""),
    "authors": ("", "<p class=author>Автор: Асқар Нұр және Айгүл Сәрсен</p>", 50_000, ""),
    "pictures": ("", "<figure><img src=/a.jpg><figcaption>Алаң</figcaption></figure>", 50_000, ""),
    "tags": ("", "<a rel=tag href=/tag/qala>Қала</a> ", 100_000, ""),
    "meta": ("", "<meta property=og:title content=Қала>", 200_000, ""),
    "comments": ("", "<!-- ", 1_000_000, ""),
    "entities": ("", "&amp;", 2_000_000, ""),
    "open quotes": ("", '<a href="', 1_000_000, ""),
    "less than": ("", "<", 10_000_000, ""),
    "NUL": ("", "\0", 10_000_000, ""),
    "deep JSON lists": (_LD, "[", 1_000_000, "</script>"),
    "deep JSON objects": (_LD, '{"a":', 300_000, "</script>"),
    "deep graph": (_LD, '{"@type":"NewsArticle","@graph":[', 900, "1" + "]}" * 900 + "</script>"),
    "long number": (_LD + '{"@type":"NewsArticle","datePublished": ', "9", 1_000_000, "}</script>"),
    "trailing commas": (_LD + '{"@type":"NewsArticle"', ",   ", 500_000, "}</script>"),
    "scripts": ("", _LD + '{"@type":"NewsArticle","headline":"Қала"}</script>', 50_000, ""),
    "hydration": ("<script id=__NEXT_DATA__ type=application/json>", "[", 1_000_000, "</script>"),
    "microdata": ("", "<div itemscope itemtype=https://schema.org/NewsArticle itemprop=author>", 50_000, ""),
}
_ONCE = {
    "closed again": "<div>" * 20_000 + "</div>" * 20_000,
    "infinite number": _LD + '{"@type":"NewsArticle","datePublished":1e999,"author":-1e999}</script>',
    "lone surrogates": "<p>\ud83d " * 1000 + "\udc00" * 1000,
    "XML declaration": "<?xml version='1.0' encoding='windows-1251'?><p>" + PARAGRAPH,
}
NAMES = [*_REPEATED, "attributes", *_ONCE]


def hostile_page(name: str, scale: float = 1.0) -> str:
    """Return the page of this name; scale: how much of its full size."""
    if name in _ONCE:
        return _ONCE[name]
    if name == "attributes":
        return "<p " + " ".join(f"a{number}=1" for number in range(int(1_000_000 * scale))) + ">Сөз"
    before, piece, times, behind = _REPEATED[name]
    return before + piece * max(1, int(times * scale)) + behind
