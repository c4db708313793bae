"""Profiles: what is wrong is told with file, line, key and remedy; a draft is read again."""

import re
from dataclasses import fields

import pytest

from malim_scraper.errors import ProfileError, UsageError
from malim_scraper.items import Article
from malim_scraper.labels import labels
from malim_scraper.profiles import LABELS, SELECTABLE, Portal, load_portal, parse_portal, portal_names
from malim_scraper.profiles.draft import draft_profile

FULL = """# A portal with every key.
name = "ulken-ai"
start_urls = ["https://ulken-ai.example/", "https://ulken-ai.example/kz/"]
hosts = ["ulken-ai.example", "m.ulken-ai.example"]
languages = ["kk", "kk-Latn", "ru"]
timezone = "Asia/Almaty"
article_urls = ['/news/[0-9]+-[^/]+$']
listing_urls = ["/tag/"]
never_urls = ["[?]print="]

[labels]
related = ["Осыған орай"]

[selectors]
title = "h1.t::text"
authors = "//span[@class='by']"

[settings]
DOWNLOAD_DELAY = 2
PLAYWRIGHT_BROWSER_TYPE = "chromium"
"""


@pytest.mark.parametrize("name", portal_names())
def test_packaged_profiles_are_valid(name):
    portal = load_portal(name)
    assert portal.name == name
    assert portal.hosts
    assert portal.timezone


def test_every_key_is_read():
    portal = parse_portal(FULL, source="a.toml")
    assert portal.hosts == ("ulken-ai.example", "m.ulken-ai.example")
    assert portal.labels == {"related": ("Осыған орай",)}
    assert portal.selectors["authors"] == "//span[@class='by']"
    assert portal.settings["DOWNLOAD_DELAY"] == 2


@pytest.mark.parametrize(("changed", "to", "line", "told"), [
    ("hosts =", "host =", 4, "unknown key 'host'. Did you mean 'hosts'?"),
    ("never_urls =", "titel =", 9, "unknown key 'titel'. Did you mean 'title'? Selectors of fields stand under"),
    ('"https://ulken-ai.example/kz/"', '"ulken-ai.example/kz/"', 3, "'start_urls' holds 'ulken-ai.example/kz/'"),
    ('"m.ulken-ai.example"', '"https://m.ulken-ai.example/"', 4, "Write 'm.ulken-ai.example': no scheme"),
    ('"m.ulken-ai.example"', '"www.ulken-ai.example"', 4, "Write 'ulken-ai.example'"),
    ('"m.ulken-ai.example"', '"ulken-ai.example:8080"', 4, "no bare host"),
    ('"ru"', '"kz"', 5, "'languages' holds 'kz', which is no language of BCP 47. Did you mean 'kk'?"),
    ('"ru"', '"qq"', 5, "Use one such as kk"),
    ('"Asia/Almaty"', '"Almaty"', 6, "unknown time zone. Did you mean 'Asia/Almaty'?"),
    ('"Asia/Almaty"', "5", 6, "'timezone' must be a string"),
    ("[0-9]+-[^/]+$", "([0-9]+", 7, "which is no regular expression: missing ), unterminated subpattern"),
    ('["/tag/"]', '"/tag/"', 8, "'listing_urls' must be a list of strings"),
    ("related =", "releated =", 12, "unknown kind of label 'releated' in [labels]. Did you mean 'related'?"),
    ('["Осыған орай"]', '"Осыған орай"', 12, "'related' must be a list"),
    ("authors =", "author =", 16, "unknown field 'author' in [selectors]. Did you mean 'authors'?"),
    ("h1.t::text", "h1..t", 15, "'title' is 'h1..t', which is no CSS selector"),
    ("[@class='by']", "[@class='by'", 16, "which is no XPath"),
    ("DOWNLOAD_DELAY", "DOWNLOAD_DELY", 19, "'DOWNLOAD_DELY' in [settings]. Did you mean 'DOWNLOAD_DELAY'?"),
    ("DOWNLOAD_DELAY", "download_delay", 19, "Did you mean 'DOWNLOAD_DELAY'?"),
    ("DOWNLOAD_DELAY = 2", "DOWNLOAD_DELAY = ", 19, "this is not TOML"),
    ('"ulken-ai"', '"../ulken-ai"', 2, "'name' is '../ulken-ai'"),
])
def test_what_is_wrong_is_told(changed, to, line, told):
    assert changed in FULL
    with pytest.raises(ProfileError, match=re.escape(told)) as error:
        parse_portal(FULL.replace(changed, to, 1), source="a.toml")
    assert str(error.value).startswith(f"a.toml, line {line}: ")


def test_a_profile_without_a_name_says_how_to_give_one():
    with pytest.raises(ProfileError, match="Add: name = "):
        parse_portal('timezone = "UTC"', source="a.toml")


@pytest.mark.parametrize(("content", "told"), [(None, "cannot be read"), (b"name = '\xff'", "not UTF-8")])
def test_a_file_that_cannot_be_read(tmp_path, content, told):
    path = tmp_path / "a.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProfileError, match=told):
        load_portal(str(path))


def test_an_unknown_name_says_what_is_known():
    with pytest.raises(UsageError, match="Did you mean 'malim'"):
        load_portal("malin")


def test_labels_of_a_profile_are_kinds_that_there_are():
    assert all(labels(kind) for kind in LABELS)


def test_selectable_fields_are_fields_of_the_record():
    assert set(SELECTABLE) <= {field.name for field in fields(Article)}


@pytest.mark.parametrize("portal", [Portal("leer"), parse_portal(FULL, source="a.toml")], ids=["empty", "full"])
def test_a_draft_is_read_again(portal):
    text = draft_profile(portal, {"timezone": 'Found:\n"it".', "selectors": "No lead.\nNo date."}, "Line 1\nLine 2")
    assert parse_portal(text, source="draft") == portal
    assert 'Found: "it".' in text


def test_the_examples_of_a_draft_are_valid():
    text = draft_profile(Portal("leer"), {}, "")
    uncommented = re.sub(r"^# (?=\[|[a-zA-Z_]+ = )", "", text, flags=re.MULTILINE)
    portal = parse_portal(uncommented, source="draft")
    assert portal.selectors
    assert portal.settings
    assert portal.never_urls


@pytest.mark.parametrize(("written", "settings"), [
    ("true", {"RENDER": "always"}), ('"auto"', {"RENDER": "auto"}), ("false", {}),
])
def test_render_becomes_a_setting(written, settings):
    assert parse_portal(f'name = "a"\nrender = {written}', source="a.toml").all_settings() == settings


@pytest.mark.parametrize("written", ['"always"', "1", "[true]", "{ auto = true }"])
def test_other_values_of_render_are_told(written):
    with pytest.raises(ProfileError, match=re.escape('a.toml, line 2: \'render\' is ')):
        parse_portal(f'name = "a"\nrender = {written}', source="a.toml")
