"""A dataset folder of invented records, made once."""

import json

import pytest
from invented import records


@pytest.fixture(scope="session")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dataset")
    write(folder, records(300))
    with (folder / "articles.jsonl").open("ab") as file:
        file.write(b'{"id": "torn", "title": "\xd0')  # what a crawl killed in the middle of a write leaves
    return folder


def write(folder, some):
    folder.mkdir(exist_ok=True)
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in some)
    (folder / "articles.jsonl").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def write_dataset():
    return write
