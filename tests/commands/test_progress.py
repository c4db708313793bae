"""Progress is shown on a terminal, and nowhere else."""

import os
import pty
import subprocess
import sys

import pytest


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "articles.jsonl").write_text("".join(f'{{"id": "a{number}"}}\n' for number in range(500)))
    return tmp_path


def test_on_a_terminal(folder):
    own, its = pty.openpty()
    command = [sys.executable, "-m", "malim_scraper", "export", str(folder), "-o", str(folder / "m.csv")]
    child = subprocess.Popen(command, stderr=its, env={**os.environ, "TERM": "xterm", "COLUMNS": "100"})
    os.close(its)
    shown = b""
    try:
        while part := os.read(own, 65_536):
            shown += part
    except OSError:  # the child has closed its end
        pass
    assert child.wait() == 0
    assert b"choosing" in shown and b"500 records written" in shown
    os.close(own)
