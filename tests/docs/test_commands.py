"""Every command that the README and the docs of the workbench show is run against the replica, in its order."""

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest

from malim_scraper.demo import Replica, serve
from malim_scraper.profiles import parse_portal

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("portals.md", "fixtures.md", "extraction.md")
ARTICLE = "/kz/ekonomika/509-zhun-bagasy"
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


@pytest.fixture
def shell(tmp_path):
    """Runs a command in an empty folder, with `malim`, `scrapy` and `pytest` of this environment."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("malim_scraper", "scrapy", "pytest"):
        program = programs / name.removesuffix("_scraper")
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m {name} "$@"\n')
        program.chmod(0o755)
    env = {**os.environ, "PATH": f"{programs}:{os.environ['PATH']}", "SCRAPY_SETTINGS_MODULE": "malim_scraper.settings"}
    place = tmp_path / "work"
    place.mkdir()

    def run(command, expected=0):
        fast = re.sub(r"malim (crawl|probe) ", r"malim \1 -s DOWNLOAD_DELAY=0 ", command)
        done = subprocess.run(
            ["sh", "-c", fast], cwd=place, env=env, capture_output=True, text=True, input="y\n", timeout=60)
        assert done.returncode == expected, f"{command}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr, command

    run.place = place
    return run


@pytest.mark.parametrize("page", PAGES)
def test_commands_run(page, replica, shell):
    for command in commands(page):
        expected = int(found[1]) if (found := _CODE.search(command)) else 0
        shell(_CODE.sub("", command).replace(BASE, replica), expected)


def test_the_ten_minutes_of_the_readme_run(replica, shell):
    """The replica stands for the live portals, a page of it for the saved one."""
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    minutes = readme[readme.index("## Ten minutes for an operator"):]
    (shell.place / "page.html").write_bytes(urlopen(replica + ARTICLE).read())
    stands_for = {"crawl malim": f"crawl {replica}/", "https://example.org/news/1": replica + ARTICLE,
                  "https://example.org/": f"{replica}/"}
    lines = [line for block in re.findall(r"^```sh\n(.+?)^```", minutes, re.MULTILINE | re.DOTALL)
             for line in block.splitlines()]
    assert len(lines) >= 10
    for line in lines:
        for live, local in stands_for.items():
            line = line.replace(live, local)
        shell(line)


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
