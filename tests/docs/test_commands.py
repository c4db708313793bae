"""Every command that the docs of the workbench show is run against the replica, in its order; so are the profiles."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from malim_scraper.demo import Replica, serve
from malim_scraper.profiles import parse_portal

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("portals.md", "fixtures.md")
BASE = "http://127.0.0.1:8750"
_CODE = re.compile(r"  # exit code (\d)$")


def blocks(page, kind):
    return re.findall(rf"^```{kind}\n(.+?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)


def commands(page):
    return [line[2:] for block in blocks(page, "console") for line in block.splitlines() if line.startswith("$ ")]


@pytest.fixture
def replica():
    with serve(Replica()) as running:
        yield running.replica.base


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page, replica, tmp_path):
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("malim_scraper", "scrapy", "pytest"):
        program = programs / name.removesuffix("_scraper")
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m {name} "$@"\n')
        program.chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "SCRAPY_SETTINGS_MODULE": "malim_scraper.settings"}
    place = tmp_path / "work"
    place.mkdir()
    for command in commands(page):
        expected = int(found[1]) if (found := _CODE.search(command)) else 0
        line = _CODE.sub("", command).replace(BASE, replica)
        fast = re.sub(r"malim (crawl|probe) ", r"malim \1 -s DOWNLOAD_DELAY=0 ", line)
        done = subprocess.run(["sh", "-c", fast], cwd=place, env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == expected, f"{command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, command


@pytest.mark.parametrize("page", PAGES)
def test_toml_is_valid(page):
    for block in blocks(page, "toml"):
        if "tool.pytest" in block:
            assert tomllib.loads(block)
        else:
            assert parse_portal(block, source=page).selectors


@pytest.mark.parametrize("page", [path.name for path in DOCS.glob("*.md")])
def test_links_and_pictures_are_there(page):
    for target in re.findall(r"\]\(([^)#:]+)\)", (DOCS / page).read_text("utf-8")):
        assert (DOCS / target).exists(), target
