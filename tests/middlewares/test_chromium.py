"""Which browser is taken, and how it is started."""

import os

import pytest
from scrapy.settings import Settings

from malim_scraper.errors import MalimError, UsageError
from malim_scraper.middlewares import chromium
from malim_scraper.profiles import Portal


@pytest.fixture
def nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "cache"))
    monkeypatch.setattr(chromium, "_PLACES", {})
    return tmp_path


def add_program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("name", ["bin/chromium", "bin/google-chrome-stable", "bin/msedge",
                                  "cache/chromium-1187/chrome-linux/chrome"])
def test_a_browser_is_found(nowhere, name):
    program = add_program(nowhere / name)
    assert chromium.require_browser(Settings()) == program


def test_places_hold_variables_and_the_home_folder(nowhere, monkeypatch):
    monkeypatch.setenv("HOME", str(nowhere))
    monkeypatch.setenv("PROGRAMS", str(nowhere / "programs"))
    monkeypatch.setattr(chromium, "_PLACES", {chromium.sys.platform: ("~/Apps/Chromium", "$PROGRAMS/chrome")})
    program = add_program(nowhere / "programs" / "chrome")
    assert chromium.require_browser(Settings()) == program
    assert chromium.require_browser(Settings({"BROWSER_EXECUTABLE": str(program)})) == program


def test_none_is_found(nowhere):
    with pytest.raises(MalimError, match="BROWSER_EXECUTABLE=PATH") as error:
        chromium.require_browser(Settings())
    assert error.value.exit_code == 1


def test_the_extra_is_missing(monkeypatch):
    monkeypatch.setitem(chromium.sys.modules, "scrapy_playwright", None)
    with pytest.raises(UsageError, match=r"pip install 'malim_scraper\[browser\]'"):
        chromium.require_browser(Settings())


@pytest.mark.parametrize(("portal", "given", "is_asked"), [
    (Portal("a"), {}, False), (Portal("a", render=True), {}, True), (Portal("a", render="auto"), {}, True),
    (Portal("a"), {"RENDER": "always"}, True), (Portal("a", render=True), {"RENDER": "never"}, False),
    (Portal("a", settings={"RENDER": "auto"}), {}, True),
])
def test_a_browser_is_asked_for_only_where_one_is_needed(nowhere, portal, given, is_asked):
    settings = Settings(given, priority="cmdline")
    if is_asked:
        with pytest.raises(MalimError, match="no Chromium"):
            chromium.check_browser(settings, [Portal("b"), portal])
    else:
        chromium.check_browser(settings, [Portal("b"), portal])


@pytest.mark.parametrize(("uid", "given", "is_boxed"), [
    (1000, None, True), (1000, "0", False), (0, None, False), (0, "0", False), (0, "1", True),
])
def test_sandbox(monkeypatch, uid, given, is_boxed):
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    options = chromium.launch_options(chromium.Path("/usr/bin/chromium"), Settings({"BROWSER_SANDBOX": given}))
    assert options["chromium_sandbox"] is is_boxed


def test_the_browser_gets_no_secret_of_the_environment(monkeypatch):
    monkeypatch.setenv("NEWS_PASSWORD", "geheim")
    assert "NEWS_PASSWORD" not in chromium.launch_options(chromium.Path("/usr/bin/chromium"), Settings())["env"]
