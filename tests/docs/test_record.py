"""docs/record.md names every field in its order, with examples that are true."""

import json
import re
from dataclasses import fields
from pathlib import Path

import pytest

from malim_scraper.demo import Replica
from malim_scraper.demo.routes import answer
from malim_scraper.extraction import extract
from malim_scraper.extraction.evidence import RULES
from malim_scraper.items import Article

DOCS = (Path(__file__).parents[2] / "docs" / "record.md").read_text("utf-8")
ROWS = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| `(.+)` \|$", DOCS, re.MULTILINE)
BASE = "http://127.0.0.1:8750"
PATH = "/kz/ekonomika/509-zhun-bagasy"


@pytest.fixture(scope="module")
def record():
    replica = Replica()
    replica.base = BASE
    return extract(answer(replica, PATH).body, url=BASE + PATH, timezone="Asia/Almaty").to_dict()


def test_every_field_has_a_row_in_record_order():
    assert [name for name, _ in ROWS] == [field.name for field in fields(Article)]


def test_every_evidence_is_explained():
    assert [word for rule in RULES.values() for word in rule.weights if f"`{word}`" not in DOCS] == []


@pytest.mark.parametrize(("name", "example"), ROWS)
def test_the_example_is_what_the_page_gives(record, name, example):
    value = record[name]
    if "…" not in example:
        assert json.loads(example) == value
    elif isinstance(value, str):
        assert value.startswith(json.loads(example).removesuffix("…").rstrip())
    elif isinstance(value, dict):
        shown = json.loads(example.replace(", …", ""))
        assert {key: value[key] for key in shown} == shown
    else:
        assert all(item in value for item in json.loads(example.replace(", …", "")))
