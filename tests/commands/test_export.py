"""`malim export`, as a script sees it."""

import json
import signal
import subprocess
import sys
import time

import pytest


def malim(*args):
    return subprocess.run([sys.executable, "-m", "malim_scraper", *args], capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    record = {"id": "a", "title": "Тақырып", "portal": "malim", "date_published": "2024-05-01", "body": "Бір екі"}
    lines = [record, {**record, "id": "b", "portal": "other"}, {**record, "revision": 2, "title": "Жаңа"}]
    (folder / "articles.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder


def test_a_file_and_its_datasheet(folder, tmp_path):
    done = malim("export", str(folder), "-o", str(tmp_path / "m.jsonl"), "--portal", "malim", "--fields", "id,title",
                 "--since", "2024-05-01", "--until", "2024-05-01")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"1 record written to {tmp_path / 'm.jsonl'}\n"      # and no progress: no terminal
    assert json.loads((tmp_path / "m.jsonl").read_text("utf-8")) == {"id": "a", "title": "Жаңа"}
    sheet = (tmp_path / "m.README.md").read_text("utf-8")
    command = "malim export DIR -o m.jsonl --portal malim --since 2024-05-01 --until 2024-05-01 --fields id,title"
    assert command in sheet
    assert sorted(path.name for path in tmp_path.iterdir()) == ["m.README.md", "m.jsonl"]


@pytest.mark.parametrize(("args", "code", "words"), [
    (["-o", "m.doc"], 2, "no form has this suffix. Known: .parquet"),
    (["-o", "m.csv", "--fields", "titel"], 2, "Did you mean 'title'"),
    (["-o", "m.csv", "--split", "0.5"], 2, "shares"),
    (["-o", "-", "--format", "csv"], 2, "Name a file or folder"),
    (["-o", "m.csv", "--since", "1.5.2024"], 2, "--since"),
    (["-o", "m.csv", "--since", "2024-05-02", "--until", "2024-05-01"], 2, "no day is both"),
    (["-o", "m.csv", "--sample", "0"], 2, "--sample"),
    (["-o", "m.csv", "--format", "doc"], 2, "--format"),
    ([], 2, "--output"),
])
def test_wrong_usage(folder, tmp_path, args, code, words):
    args = [str(tmp_path / arg) if arg.startswith("m.") else arg for arg in args]
    done = malim("export", str(folder), *args)
    assert done.returncode == code
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_options_that_match_no_record_are_told(folder, tmp_path):
    done = malim("export", str(folder), "-o", str(tmp_path / "m.csv"), "--portal", "nobody")
    assert done.returncode == 0
    assert done.stderr.endswith(f"; none in {folder} is what the options ask for\n")


@pytest.mark.parametrize("command", ["export", "report", "duplicates"])
def test_a_damaged_dataset_is_a_failure(tmp_path, command):
    (tmp_path / "articles.jsonl").write_bytes(b"\x00\xff no record\n" * 9)
    target = ["-o", str(tmp_path / "m.html" if command == "report" else tmp_path / "m.csv")]
    done = malim(command, str(tmp_path), *(target if command != "duplicates" else []))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"Error: {tmp_path}: no line of its files is a record.")
    assert done.stderr.count("\n") == 1


def test_a_folder_without_records_is_a_failure(tmp_path):
    done = malim("export", str(tmp_path), "-o", str(tmp_path / "m.csv"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {tmp_path}: no articles.jsonl here.")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_stopped_export_clears_up(tmp_path, number, code):
    data, out = tmp_path / "data", tmp_path / "out"
    data.mkdir()
    lines = (json.dumps({"id": f"a{n}", "body": "сөз " * 200}) + "\n" for n in range(20_000))
    (data / "articles.jsonl").write_text("".join(lines), encoding="utf-8")
    child = subprocess.Popen([sys.executable, "-m", "malim_scraper", "export", str(data), "-o", str(out / "m.sqlite")])
    while not (out.is_dir() and any(out.iterdir())):
        assert child.poll() is None
        time.sleep(0.02)
    child.send_signal(number)
    assert child.wait() == code
    assert list(out.iterdir()) == []
