"""The page about a dataset."""

import json
import random
import re
import subprocess
import sys
from datetime import date
from html.parser import HTMLParser

import pytest
from invented import near_copy, record

from malim_scraper.errors import DatasetError
from malim_scraper.report import write_report
from malim_scraper.report.charts import bars, chart, shorten
from malim_scraper.report.periods import periods
from malim_scraper.report.related import relate
from malim_scraper.report.survey import hash_of, survey

pytest.importorskip("matplotlib", reason="the report needs the extra 'report'")
pytest.importorskip("networkx", reason="the report needs the extra 'report'")

EVIL = "<script>alert(1)</script> $x^2 & \"quoted\" ]]>"
VOID = {"meta", "br", "use", "path", "rect"}


def write(folder, some, runs=()):
    folder.mkdir()
    for name, lines in (("articles.jsonl", some), ("runs.jsonl", runs)):
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    rng = random.Random(1)
    some = [record(number) for number in range(150)]
    some[0]["title"] = some[0]["section"] = EVIL
    some[0]["authors"] = [EVIL]
    some[1]["canonical_url"] = "javascript:alert(1)"
    some[1]["warnings"] = ["date-conflict"]
    for number, one in enumerate(some):
        others = [rng.randrange(number // 10 * 10, number // 10 * 10 + 10) for _ in range(4)]
        one["related"] = [{"title": "x", "url": some[other]["canonical_url"]} for other in others]
    some.append({**some[5], "id": "copy", "body": near_copy(some[5]["body"], rng, some[5]["language"], changed=0.05)})
    runs = [{"started_at": f"2024-05-{day:02}T04:00:00+00:00", "ended_at": None, "outcome": "finished", "message": None,
             "portals": {"malim": {"requests": 40, "stored": 12, "errors": 1}}} for day in range(1, 9)]
    folder = write(tmp_path_factory.mktemp("report") / "d", some, runs)
    write_report(folder, folder / "report.html")
    return (folder / "report.html").read_text("utf-8")


class Checker(HTMLParser):
    """Collects what a page must not have, and what each figure has."""

    def __init__(self):
        super().__init__()
        self.open, self.loads, self.figures, self.ids = [], [], [], []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.ids += [attrs["id"]] if "id" in attrs else []
        self.loads += [(tag, key, attrs[key]) for key in ("src", "href", "xlink:href", "srcset", "action")
                       if key in attrs and not (attrs[key] or "").startswith("#") and tag != "a"]
        if tag == "a":
            assert attrs["href"].startswith(("#", "https://", "http://")), attrs
        if tag == "script":
            self.loads.append((tag, "", ""))
        if tag == "figure":
            self.figures.append({"labels": 0, "tables": 0, "captions": 0})
        if self.figures and "figure" in [*self.open, tag]:
            self.figures[-1]["labels"] += tag == "svg" and attrs.get("role") == "img" and len(attrs["aria-label"]) > 20
            self.figures[-1]["tables"] += tag == "table"
            self.figures[-1]["captions"] += tag == "figcaption"
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass


def test_the_page_needs_nothing_else(page):
    checker = Checker()
    checker.feed(page)
    assert checker.loads == []
    assert "url(http" not in page and "@import" not in page
    assert len(page.encode()) < 3_000_000


def test_every_chart_has_words_and_a_table(page):
    checker = Checker()
    checker.feed(page)
    assert len(checker.figures) >= 9
    assert all(figure == {"labels": 2, "tables": 1, "captions": 1} for figure in checker.figures), checker.figures


def test_what_portals_print_is_text(page):
    assert "<script" not in page
    assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_the_page_tells_what_the_dataset_holds(page):
    for words in ("151", "2021-01", "date-conflict", "Асқар Нұрлан", "links to stored", "8 finished", "1 nearly"):
        assert words in page, words


def test_charts_follow_the_colours_of_the_page(page):
    charts = "".join(re.findall(r"<svg.*?</svg>", page, re.DOTALL))
    assert "var(--ink)" in charts and "var(--s1)" in charts
    assert not re.findall(r"(?:fill|stroke|color): ?#(?!000000)\w+", charts)


def test_a_dataset_of_one_bare_record_has_a_page(tmp_path):
    folder = write(tmp_path / "d", [{"id": "a"}])
    write_report(folder, tmp_path / "report.html")
    assert "tells of no run" in (tmp_path / "report.html").read_text("utf-8")


def test_a_large_dataset_is_not_compared(tmp_path, monkeypatch):
    monkeypatch.setattr("malim_scraper.report.MOST_COMPARED", 1)
    folder = write(tmp_path / "d", [{"id": "a"}, {"id": "b"}])
    write_report(folder, tmp_path / "report.html")
    assert "ask malim duplicates" in (tmp_path / "report.html").read_text("utf-8")


def test_no_records_no_page(tmp_path):
    folder = write(tmp_path / "d", [])
    with pytest.raises(DatasetError, match="no records"):
        write_report(folder, tmp_path / "report.html")


def test_clusters_of_related_articles():
    pages = {name: f"https://x.kz/{name}" for name in "abcdef"}
    some = [{"id": name, "title": name, "canonical_url": pages[name],
             "related": [{"url": pages.get(other, "https://x.kz/z")} for other in group + "-" if other != name]}
            for group in ("abc", "def") for name in group]
    related = relate(survey(some))
    assert (related.pointing, related.links, related.outside) == (6, 12, 6)
    assert [size for _, size in related.clusters] == [3, 3]
    assert {count for _, _, count in related.most} == {2}
    assert len(related.drawing) == 6 and len(related.lines) == 6


@pytest.mark.parametrize(("one", "other"), [
    ("https://x.kz/a", "http://www.x.kz/a/"),
    ("https://x.kz/a?id=1", "https://x.kz/a?id=1"),
])
def test_the_same_page_by_another_address(one, other):
    assert hash_of(one) == hash_of(other)


@pytest.mark.parametrize(("days", "unit", "first", "count"), [
    ({}, "day", None, 0),
    ({date(2024, 1, 1): 1}, "day", "2024-01-01", 1),
    ({date(2024, 1, 1): 1, date(2024, 2, 1): 1}, "day", "2024-01-01", 32),
    ({date(2024, 1, 1): 1, date(2024, 12, 31): 1}, "week", "2024-01-01", 53),
    ({date(2020, 1, 1): 1, date(2024, 12, 31): 1}, "month", "2020-01", 60),
    ({date(2012, 1, 1): 1, date(2024, 12, 31): 1}, "quarter", "2012-Q1", 52),
    ({date(1, 1, 1): 1, date(2024, 12, 31): 1}, "year", "1963", 62),
    ({date(1970, 1, 1): 1, date(2024, 1, 1): 500, date(2024, 1, 5): 500, date(2099, 1, 1): 1}, "day", "earlier", 7),
])
def test_periods(days, unit, first, count):
    found, name, labels = periods(days)
    assert (found, len(labels)) == (unit, count)
    assert labels[:1] == ([first] if first else [])
    assert not days or name(max(days)) == labels[-1]


def test_a_drawing_is_the_same_each_time():
    draw = bars(["Қоғам", "$a$ & <b>"], [3, 1])
    assert chart(draw, text="Бір & екі") == chart(draw, text="Бір & екі")
    assert shorten("ә" * 50, 10) == "ә" * 9 + "…"


def test_the_command(tmp_path):
    folder = write(tmp_path / "d", [record(1)])
    command = [sys.executable, "-m", "malim_scraper", "report", str(folder), "-o", str(tmp_path / "r.html")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"Report written to {tmp_path / 'r.html'}\n"
