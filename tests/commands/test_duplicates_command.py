"""`malim duplicates`, as a script sees it."""

import csv
import io
import json
import subprocess
import sys

import pytest

pytest.importorskip("rensa", reason="finding duplicates needs the extra 'duplicates'")


def test_a_list_on_standard_output(tmp_path):
    body = " ".join(f"сөз{number}" for number in range(60))
    some = [{"id": "a", "body": body, "date_published": "2024-05-01", "title": "=1+1"}, {"id": "b", "body": body},
            {"id": "c", "body": body + " соңы"}, {"id": "d", "body": "басқа"}]
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(one) + "\n" for one in some), encoding="utf-8")
    command = [sys.executable, "-m", "malim_scraper", "duplicates", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stderr == "4 articles: 1 repeat another exactly, 1 nearly\n"
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert {ident: (row["kept_id"], row["exact"]) for ident, row in rows.items()} == {
        "b": ("a", "true"), "c": ("a", "false")}
    assert rows["b"]["kept_title"] == "'=1+1"
