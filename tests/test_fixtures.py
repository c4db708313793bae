"""Saved pages against their expected records: one test per page and field."""

import json
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest

from malim_scraper import extract

FIXTURES = Path(__file__).parent / "fixtures"
INPUTS = {"url", "portal", "crawled_at", "timezone", "content_type"}
KNOWN_FAILURES = {  # "folder/name: field" and why it cannot be right yet
    "region/interview-boxes-kk: images": "a gallery that stands behind the text and the author's card",
}


def _expected():
    for path in sorted(FIXTURES.glob("*/*.json")):
        yield f"{path.parent.name}/{path.stem}", json.loads(path.read_text("utf-8"))


def _marks(name):
    return [pytest.mark.xfail(reason=KNOWN_FAILURES[name])] if name in KNOWN_FAILURES else []


@cache
def _record(name):
    expected = json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))
    article = extract(
        (FIXTURES / f"{name}.html").read_bytes(), url=expected["url"], portal=expected.get("portal"),
        crawled_at=datetime.fromisoformat(expected["crawled_at"]), timezone=expected.get("timezone"),
        content_type=expected.get("content_type"))
    return article.to_dict() if article else None


@pytest.mark.parametrize(("name", "field", "value"), [
    pytest.param(name, field, value, id=f"{name}: {field}", marks=_marks(f"{name}: {field}"))
    for name, expected in _expected() for field, value in expected.items() if field not in INPUTS
])
def test_field(name, field, value):
    record = _record(name)
    assert record is not None, f"{name}: not taken for an article"
    assert record[field] == value


@pytest.mark.parametrize("name", [name for name, _ in _expected()])
def test_body_is_the_text_of_its_blocks(name):
    record = _record(name)
    assert record is not None
    assert record["body"] == "\n\n".join(block["text"] for block in record["blocks"])


@pytest.mark.parametrize("path", sorted((FIXTURES / "not-articles").glob("*.html")), ids=lambda path: path.stem)
def test_page_that_is_no_article(path):
    assert extract(path.read_bytes(), url="https://example.kz/p/4711") is None  # told by its content alone
