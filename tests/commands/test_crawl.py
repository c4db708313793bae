"""`malim crawl`: what a person or a script sees of it."""

import json
import subprocess
import sys

import forked
import pytest
from click.testing import CliRunner
from tiny_portal import TinyPortal, crawl, listing_page, records, runs, serving

from malim_scraper.cli import cli


def malim(*args, **options):
    return forked.run("crawl", *args, **options)


@pytest.mark.parametrize(("args", "words"), [
    (["ftp://example.kz/", "--out", "data"], "must begin with http:// or https://"),
    (["mailim", "--out", "data"], "Did you mean 'malim'?"),
    (["missing.toml", "--out", "data"], "missing.toml: cannot be read"),
    (["http://", "--out", "data"], "is no address"),
    (["malim", "--out", "data", "--limit", "0"], "limit: '0'"),
    (["malim", "--out", "data", "--limit", "ten"], "limit: 'ten'"),
    (["malim", "--out", "data", "--since", "someday"], "'someday' is no day"),
    (["malim", "--out", "data", "--refresh", "-1"], "refresh: '-1'"),
    (["malim", "--out", "data", "--timezone", "Asia/Almata"], "unknown time zone 'Asia/Almata'"),
    (["malim", "--out", "data", "-s", "DOWNLOAD_DELAY"], "write it as NAME=VALUE"),
    (["malim", "--out", "data", "-s", "DOWNLOAD_DELAY=fast"], "DOWNLOAD_DELAY"),
    (["malim", "--out", "data", "-s", "ROBOTSTXT_OBEY=maybe"], "ROBOTSTXT_OBEY"),
    (["malim"], "--out"),
])
def test_wrong_usage_is_told_in_one_line(args, words, tmp_path):
    done = malim(*args, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(("out", "words"), [("no/folder", "there is no folder no"), ("taken", "is a file")])
def test_a_folder_that_cannot_be_made_is_told_with_a_remedy(out, words, tmp_path):
    (tmp_path / "taken").touch()
    done = malim("malim", "--out", out, cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {out}: {words}")
    assert done.stderr.count("\n") == 1


def test_a_profile_names_the_portal_and_its_zone(tmp_path):
    portal = TinyPortal()
    with serving(portal):
        portal.pages["/start"] = listing_page(portal.add_articles([1, 2], day="2024-04-24T10:00:00"))
        profile = tmp_path / "mine.toml"
        profile.write_text(f'name = "mine"\nstart_urls = ["{portal.base}/start"]\ntimezone = "Asia/Almaty"\n'
                           "[settings]\nDOWNLOAD_DELAY = 0\nUSER_AGENT = \"from the profile\"\n")
        done = malim(str(profile), "--out", str(tmp_path / "data"), "-s", "USER_AGENT=from the command line")
    assert done.returncode == 0, done.stderr
    assert {record["portal"] for record in records(tmp_path / "data")} == {"mine"}
    assert {record["date_published"] for record in records(tmp_path / "data")} == {"2024-04-24T10:00:00+05:00"}
    assert {headers["User-Agent"] for _, headers, _ in portal.asked} == {"from the command line"}


def test_several_portals_share_a_folder(tmp_path):
    one, two = TinyPortal(), TinyPortal()
    with serving(one), serving(two):
        profiles = []
        for name, portal in (("one", one), ("two", two)):
            portal.pages["/"] = listing_page(portal.add_articles(range(4)))
            profile = tmp_path / f"{name}.toml"
            profile.write_text(f'name = "{name}"\nstart_urls = ["{portal.base}/"]\n')
            profiles.append(str(profile))
        done = malim(*profiles, "--out", str(tmp_path / "data"), "-s", "DOWNLOAD_DELAY=0")
    assert done.returncode == 0, done.stderr
    found = [(record["portal"], record["url"]) for record in records(tmp_path / "data")]
    assert len(found) == len(set(found)) == 8
    assert set(runs(tmp_path / "data")[-1]["portals"]) == {"one", "two"}


def test_scrapy_users_find_what_they_expect(tmp_path):
    (tmp_path / "scrapy.cfg").write_text("[settings]\ndefault = malim_scraper.settings\n")
    scrapy = [sys.executable, "-m", "scrapy"]
    listed = subprocess.run([*scrapy, "list"], cwd=tmp_path, capture_output=True, text=True)
    assert listed.stdout.split() == ["malim", "portal"]
    portal = TinyPortal()
    with serving(portal):
        portal.pages["/"] = listing_page(portal.add_articles(range(5)))
        for args in (["-O", "articles.jsonl"], ["-s", "DATASET_DIR=data"]):
            done = subprocess.run([*scrapy, "crawl", "portal", "-a", f"url={portal.base}", "-a", "limit=3", "-s",
                                   "DOWNLOAD_DELAY=0", *args], cwd=tmp_path, capture_output=True, text=True, timeout=60)
            assert done.returncode == 0, done.stderr
            assert "WARNING" not in done.stderr
    exported = [json.loads(line) for line in (tmp_path / "articles.jsonl").read_text("utf-8").splitlines()]
    assert len(exported) == len(records(tmp_path / "data")) == 3
    assert list(exported[0]) == list(records(tmp_path / "data")[0])
    assert runs(tmp_path / "data")[-1]["portals"][portal.name]["stored"] == 3


def test_the_summary_tells_what_happened(tmp_path):
    portal = TinyPortal()
    with serving(portal):
        portal.pages["/"] = listing_page([*portal.add_articles(range(3)), "/news/missing-page-of-that-name"])
        done = crawl(portal, tmp_path / "data")
    assert f"{portal.name}: 3 stored, 0 revised, 0 unchanged, 1 other pages, 1 not found;" in done.stderr
    assert done.stderr.splitlines()[-1] == f"Records: {tmp_path / 'data' / 'articles.jsonl'}"


def test_an_unhealthy_run_is_told(tmp_path):
    portal, folder = TinyPortal(), tmp_path / "data"
    with serving(portal):
        paths = portal.add_articles(range(30))
        portal.pages["/"] = listing_page(paths)
        crawl(portal, folder)
        line = (folder / "runs.jsonl").read_text().replace('"options": {}', '"options": {"full": true}')
        (folder / "runs.jsonl").write_text(line * 5)
        for path in paths:
            portal.pages[path] = portal.pages[path].replace("Айгүл Серік", "")
        done = crawl(portal, folder, "--full", code=3)
    assert f"Unhealthy: {portal.name}: authors in 0% of 30 articles, 100% before" in done.stderr
    assert "authors" in runs(folder)[-1]["alarms"][0]


@pytest.mark.parametrize(("name", "told"), [
    ("DOWNLOAD_DELY", "Did you mean DOWNLOAD_DELAY?"),
    ("download_delay", "Did you mean DOWNLOAD_DELAY?"),
    ("MY_PART", "unless a part of yours reads it"),
])
def test_a_setting_that_nobody_knows_is_told(name, told):
    done = CliRunner().invoke(cli, ["crawl", "https://example.org/", "--out", "missing/data", "-s", f"{name}=1"])
    assert done.stderr.startswith(f"Warning: -s {name}: ")
    assert told in done.stderr.splitlines()[0]


@pytest.mark.parametrize("name", ["DOWNLOAD_DELAY", "WARC_MAX_BYTES", "DATASET_DIR", "PLAYWRIGHT_LAUNCH_OPTIONS"])
def test_a_setting_that_is_known_is_not(name):
    done = CliRunner().invoke(cli, ["crawl", "https://example.org/", "--out", "missing/data", "-s", f"{name}=1"])
    assert "Warning" not in done.stderr
