"""`articles.jsonl`: what a crash leaves is mended, and no whole record is lost."""

import json
import subprocess
import sys

import pytest

from malim_scraper.dataset.records import RecordFile, iter_records

ONE, TWO = b'{"id":"a","title":"\xd0\x96\xd0\xb0\xd2\xa3\xd0\xb0"}\n', b'{"id":"b"}\n'


@pytest.mark.parametrize(("content", "kept", "aside"), [
    (b"", b"", None),
    (ONE + TWO, ONE + TWO, None),
    (ONE + TWO[:-4], ONE, TWO[:-4]),                       # cut in the middle of a line
    (ONE + TWO[:-1], ONE + TWO, None),                     # only the line feed is missing: a whole record
    (ONE + b"\x00" * 500, ONE, b"\x00" * 500),             # what a power loss leaves on some file systems
    (ONE + b"garbage\n", ONE, b"garbage\n"),
    (ONE + b"garbage\n\xff\xfe\n{", ONE, b"garbage\n\xff\xfe\n{"),
    (ONE + b"garbage\n" + TWO, ONE + b"garbage\n" + TWO, None),  # not the tail: left as it is, passed over when read
    (b"[1]\n", b"", b"[1]\n"),
    (b'{"id":5}\n', b"", b'{"id":5}\n'),
    (b"\n\n", b"", b"\n\n"),
    (TWO[:5], b"", TWO[:5]),
])
def test_repair(tmp_path, content, kept, aside):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(content)
    records = RecordFile(path)
    records.close()
    assert path.read_bytes() == kept
    assert records.size == len(kept)
    assert (records.set_aside.read_bytes() if records.set_aside else None) == aside


def test_appended_records_are_read_again(tmp_path):
    path = tmp_path / "articles.jsonl"
    records = RecordFile(path)
    for number in range(3):
        records.append({"id": str(number), "title": "Қала\nкөше \ud800"})
    records.sync()
    records.close()
    assert path.read_bytes().count(b"\n") == 3
    assert [record["id"] for record in iter_records(path)] == ["0", "1", "2"]
    second = path.read_bytes().index(b"\n") + 1
    assert [record["id"] for record in iter_records(path, start=second)] == ["1", "2"]


def test_lines_that_are_no_records_are_passed_over(tmp_path):
    path = tmp_path / "articles.jsonl"
    path.write_bytes(ONE + b"garbage\n" + b"[" * 100_000 + b"\n" + TWO)
    assert [record["id"] for record in iter_records(path)] == ["a", "b"]
    assert list(iter_records(tmp_path / "missing")) == []


FULL_DISK = """
import resource, sys
from pathlib import Path
from malim_scraper.dataset.records import RecordFile
from malim_scraper.errors import DatasetError
records = RecordFile(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (250, 250))
try:
    for number in range(10):
        records.append({"id": str(number), "body": "x" * 80})
except DatasetError as error:
    print(error)
"""


def test_a_write_that_fails_leaves_whole_lines(tmp_path):
    path = tmp_path / "articles.jsonl"
    done = subprocess.run([sys.executable, "-c", FULL_DISK, str(path)], capture_output=True, text=True)
    assert "articles.jsonl: cannot be written (File too large)." in done.stdout, done.stderr
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["0", "1"]
