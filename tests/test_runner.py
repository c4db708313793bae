"""`run_crawl` and `crawl()` in programs of their own, as a script or a notebook calls them."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tiny_portal import TinyPortal, article_page, listing_page, runs, serving

from malim_scraper.dataset import Run
from malim_scraper.errors import UsageError
from malim_scraper.runner import Result, make_settings

SCRIPT = """
import json, sys
from pathlib import Path
from malim_scraper.runner import run_crawl
from malim_scraper.spiders.arguments import Options, read_target
found, ticks = [], []
result = run_crawl([read_target(sys.argv[1])], out=Path(sys.argv[2]), options=Options(limit=2),
                   settings={"DOWNLOAD_DELAY": "0"}, on_article=lambda article, crawler: found.append(article.title),
                   on_progress=ticks.append)
print(json.dumps([result.exit_code, result.run.outcome, found, bool(ticks)], ensure_ascii=False))
"""
STREAM = """
import asyncio, sys
from malim_scraper import crawl
async def in_a_notebook():
    return [article.title for article in crawl(sys.argv[1], since="2024-05-01", settings={"DOWNLOAD_DELAY": 0})]
print(asyncio.run(in_a_notebook()))
for article in crawl(sys.argv[1], settings={"DOWNLOAD_DELAY": 0.3}):
    break
print(article.portal, flush=True)
sys.stdin.read()
"""


@pytest.fixture
def portal():
    with serving(TinyPortal()) as running:
        paths = running.add_articles(range(4))
        running.pages["/news/9-sayabaq-ashyldy-qalada"] = article_page(9, day="2024-05-02")
        running.pages["/"] = listing_page([*paths, "/news/9-sayabaq-ashyldy-qalada"])
        yield running


def script(text, *args):
    done = subprocess.run([sys.executable, "-c", text, *args], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_crawl_in_a_script(portal, tmp_path):
    code, outcome, found, has_ticked = json.loads(script(SCRIPT, portal.base, str(tmp_path / "data"))[-1])
    assert (code, outcome, len(found), has_ticked) == (0, "limit", 2, True)
    run, = runs(tmp_path / "data")
    assert (run["outcome"], run["options"], run["portals"][portal.name]["stored"]) == ("limit", {"limit": 2}, 2)


def children_of(pid):
    """The processes that a process has started and that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def test_articles_come_in_a_running_loop_and_leaving_it_leaves_no_process(portal):
    with subprocess.Popen([sys.executable, "-c", STREAM, portal.base], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          text=True) as child:
        assert child.stdout.readline() == "['Нөмірі 9 жаңалық: саябақ ашылды']\n"
        assert child.stdout.readline() == f"{portal.name}\n"
        left, asked = children_of(child.pid), len(portal.asked)
        time.sleep(0.5)
        assert left == [], "leaving the loop left the crawl running"
        assert len(portal.asked) == asked
        child.stdin.close()
        assert child.wait(30) == 0


@pytest.mark.parametrize(("result", "code"), [
    (Result(Run("")), 0),
    (Result(Run("", alarms=["p: errors"])), 3),
    (Result(Run("", alarms=["p: errors"]), failures=["p: nothing could be fetched"]), 1),
    (Result(Run(""), stopped_by=2, failures=["x"]), 130),
    (Result(Run(""), stopped_by=15), 143),
])
def test_exit_codes(result, code):
    assert result.exit_code == code


@pytest.mark.parametrize("name", ["DOWNLOAD_DELAY", "CONCURRENT_REQUESTS", "ROBOTSTXT_OBEY"])
def test_a_setting_that_cannot_be_read_is_wrong_usage(name):
    with pytest.raises(UsageError, match=f"-s {name}=soon"):
        make_settings({name: "soon"})


def test_settings_of_the_command_line_win():
    settings = make_settings({"DOWNLOAD_DELAY": "0.5", "MINE": "kept"})
    assert (settings.getfloat("DOWNLOAD_DELAY"), settings["MINE"]) == (0.5, "kept")
    assert settings.getbool("ROBOTSTXT_OBEY")
