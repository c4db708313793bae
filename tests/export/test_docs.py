"""The lines that docs/datasets.md shows are run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from malim_scraper.export import ADDED, FORMATS, Request, Split, export

DOCS = (Path(__file__).parents[2] / "docs" / "datasets.md").read_text("utf-8")
LINES = re.findall(r"^```python\n(.+)\n```$", DOCS, re.MULTILINE)


@pytest.fixture(scope="module")
def place(dataset, tmp_path_factory):
    pytest.importorskip("pyarrow", reason="Parquet needs the extra 'export'")
    folder = tmp_path_factory.mktemp("docs")
    (folder / "data").symlink_to(dataset)
    for name in ("malim.parquet", "malim.sqlite"):
        export(Request(dataset, str(folder / name)))
    export(Request(dataset, str(folder / "malim-news"), split=Split((0.8, 0.1, 0.1))))
    return folder


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.split(";")[0].removeprefix("import "))
def test_a_line_loads_the_dataset(place, line, monkeypatch):
    module = line.split(";")[0].removeprefix("import ")
    pytest.importorskip(module, reason=f"needs {module}")
    monkeypatch.setenv("HF_HOME", str(place / "cache"))
    code = f"{line}\nassert len(list(articles.fetchall() if hasattr(articles, 'fetchall') else articles)) > 2"
    if module in ("pandas", "polars"):
        code = f"{line}\nassert len(articles) == 300"
    done = subprocess.run([sys.executable, "-c", code], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_docs_name_every_form_and_column_group():
    for name, form in FORMATS.items():
        assert f"`{form.suffix or name}`" in DOCS or f"--format {name}" in DOCS or form.hub, name
    for name in ADDED:
        assert f"`{name}`" in DOCS, name


def test_every_reader_is_shown():
    assert len(LINES) == 6
