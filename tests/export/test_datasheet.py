"""The datasheet beside an export."""

import json

import pytest
from invented import records

from malim_scraper.export import COLUMNS, Request, Selection, export


@pytest.fixture
def sheet(tmp_path, write_dataset):
    folder = tmp_path / "d"
    write_dataset(folder, records(50))
    counts = {"requests": 70, "left_out": {"foreign-host": 4}}
    run = {"started_at": "2024-05-01T04:00:00+00:00", "portals": {"malim": counts}}
    (folder / "runs.jsonl").write_text(json.dumps(run) + "\n" + json.dumps({"started_at": "x", "portals": None}) + "\n")
    export(Request(folder, str(tmp_path / "m.csv"), selection=Selection(languages=("kk", "ru"), sample=40, seed=3)))
    return (tmp_path / "m.README.md").read_text("utf-8")


def test_it_says_what_when_and_from_whom(sheet):
    assert sheet.startswith("# News articles of ")
    assert "40 records of news articles from 3 portals, published from 2021-01-" in sheet
    assert "| malim | https://malim/ |" in sheet
    assert "| 1 | 70 | 4 |" in sheet
    assert "grants no licence" in sheet


def test_every_column_has_its_row(sheet):
    for column in COLUMNS:
        assert f"| `{column.name}` |" in sheet


def test_it_says_how_to_make_it_again(sheet):
    assert "malim export DIR -o m.csv --language kk --language ru --sample 40 --seed 3" in sheet
    assert "Settings hash: `" in sheet
    assert "## How to cite" in sheet


def test_the_hash_is_of_the_settings_alone(tmp_path):
    one = Request(tmp_path, "a.csv", fields=("id",)).settings_hash()
    assert one == Request(tmp_path / "elsewhere", "b.parquet", fields=("id",)).settings_hash()
    assert one != Request(tmp_path, "a.csv", fields=("id", "url")).settings_hash()
    assert one != Request(tmp_path, "a.csv", fields=("id",), selection=Selection(seed=1)).settings_hash()
