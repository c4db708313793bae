"""The folder for the Hugging Face hub, its card and its Croissant description."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from malim_scraper.export import Request, Split, export
from malim_scraper.export.parquet import write_shards

pytest.importorskip("pyarrow", reason="Parquet needs the extra 'export'")


@pytest.fixture(scope="module")
def hub(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub") / "news"
    export(Request(dataset, str(folder), split=Split((0.8, 0.2))))
    return folder


def test_the_card_names_languages_and_parts(hub):
    lines = (hub / "README.md").read_text("utf-8").split("---\n")[1].splitlines()
    front = {key: json.loads(value) for key, _, value in (line.partition(": ") for line in lines)}
    assert front["language"] == ["kk", "ru"]
    assert front["size_categories"] == ["n<1K"]
    assert [part["split"] for part in front["configs"][0]["data_files"]] == ["train", "test"]
    assert front["license"] == "other"


@pytest.mark.filterwarnings("ignore")
def test_croissant_is_valid_and_loads(hub):
    pytest.importorskip("mlcroissant", reason="needs mlcroissant")
    script = Path(sys.executable).with_name("mlcroissant")
    file = str(hub / "croissant.json")
    done = subprocess.run([script, "validate", "--jsonld", file], capture_output=True, text=True)
    assert (done.returncode, "error" in done.stderr.lower()) == (0, False), done.stderr
    done = subprocess.run([script, "load", "--jsonld", file, "--record_set", "train", "--num_records", "1"],
                          capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "train/blocks" in done.stdout


def test_many_records_are_shards(dataset, tmp_path, monkeypatch):
    monkeypatch.setattr("malim_scraper.export.parquet.SHARD", 2)
    write_shards(iter([{"id": name} for name in "abcde"]), tmp_path / "data" / "train", ())
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == [
        f"train-0000{number}-of-00003.parquet" for number in range(3)]
