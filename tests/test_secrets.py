"""Headers, logins and proxies of a profile: what is refused, what is read from the environment."""

import pytest

from malim_scraper.errors import MalimError, ProfileError, UsageError
from malim_scraper.profiles import parse_portal
from malim_scraper.profiles.draft import draft_profile
from malim_scraper.profiles.secrets import names_variables_only, read_access
from malim_scraper.spiders.arguments import read_portal

WORD = "geheim1"


@pytest.mark.parametrize("text", [
    '[headers]\nAuthorization = "Bearer geheim1"',
    '[headers]\nCookie = "session=geheim1"',
    '[headers]\nX-Api-Key = "geheim1"',
    '[headers]\nX-Session = "geheim1$A"',
    '[headers]\nCookie = "a=geheim1; b=$B"',
    '[login]\nuser = "$USER"\npassword = "geheim1"',
    '[login]\npassword = "prefix-geheim1$A"',
    'proxy = "http://me:geheim1@proxy.example:3128"',
    'start_urls = ["https://me:geheim1@example.kz/"]',
    '[settings]\nHTTPAUTH_PASS = "geheim1"',
    '[settings]\nMY_API_KEY = "geheim1"',
    '[settings]\nDEFAULT_REQUEST_HEADERS = {Cookie = "geheim1"}',
])
def test_a_secret_in_a_file_is_refused_in_one_line_without_it(text):
    with pytest.raises(ProfileError, match="must not stand in a file") as refused:
        parse_portal(f'name = "x"\n{text}\n' if not text.startswith(("proxy", "start")) else f'{text}\nname = "x"\n',
                     source="x.toml")
    assert WORD not in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "x.toml, line " in str(refused.value)


@pytest.mark.parametrize(("text", "words"), [
    ('proxy = "socks5://proxy:1080"', "is no address of a proxy"),
    ("[headers]\n\"bad name\" = \"x\"", "no name of a header"),
    ('[headers]\nX-Client = "5 $ a day"', 'Write "$$"'),
    ("[headers]\nX-Client = 5", "must be a string"),
    ('[login]\nname = "$USER"', "unknown key 'name'"),
])
def test_what_cannot_be_read_is_told(text, words):
    with pytest.raises(ProfileError, match=", line ") as refused:
        parse_portal(f'{text}\nname = "x"' if text.startswith("proxy") else f'name = "x"\n{text}', source="x.toml")
    assert words in str(refused.value)


@pytest.mark.parametrize(("value", "is_clean"), [
    ("$A", True), ("${A}", True), ("Bearer $A", True), ("a=$A; b=${B}", True), ("sess=$A", True),
    ("", False), ("plain", False), ("Bearer abc", False), ("abc$A", False), ("$A abc", False), ("a=b; c=$C", False),
])
def test_names_of_variables(value, is_clean):
    assert names_variables_only(value) is is_clean


def access(text, **environment):
    return read_access(parse_portal(f'name = "x"\n{text}', source="x.toml"), environment)


def test_access_is_read_from_the_environment():
    found = access('proxy = "$PROXY"\n[headers]\nX-Client = "costs 5 $$"\nCookie = "s=$SESSION"\n'
                   '[login]\nuser = "$WHO"\npassword = "$WORD"', PROXY="http://me:p%40ss@proxy:3128", SESSION="1f ",
                   WHO="me", WORD="geheim1\n")
    assert found.plain == {"X-Client": "costs 5 $"}
    assert found.secret == {"Cookie": "s=1f", "Authorization": "Basic bWU6Z2VoZWltMQ=="}
    assert (found.proxy, found.proxy_login) == ("http://proxy:3128", "Basic bWU6cEBzcw==")
    assert "1f" not in repr(found)
    assert "bWU6" not in repr(found)


@pytest.mark.parametrize(("text", "environment", "words"), [
    ('[headers]\nCookie = "s=$NEWS"', {}, "names the environment variable NEWS, which is not set"),
    ('[login]\nuser = "$NEWS"', {"NEWS": ""}, "an environment variable that is empty"),
    ('[login]\nuser = "$NEWS"', {"NEWS": "geheim1\r\nX: y"}, "a line break or another control character"),
    ('proxy = "$NEWS"', {"NEWS": "geheim1"}, "'proxy' holds no address of a proxy"),
    ('[headers]\nAuthorization = "$NEWS"\n[login]\nuser = "$NEWS"', {"NEWS": "geheim1"}, "exclude each other"),
])
def test_a_variable_that_cannot_be_used_is_wrong_usage(text, environment, words):
    with pytest.raises(UsageError) as refused:
        access(text, **environment)
    assert words in str(refused.value)
    assert WORD not in str(refused.value)


def test_an_address_with_a_password_is_refused_without_it():
    with pytest.raises(MalimError, match="must hold no name or password") as refused:
        read_portal(None, "https://me:geheim1@example.kz/")
    assert WORD not in str(refused.value)


def test_a_draft_keeps_headers_logins_and_proxy():
    portal = parse_portal('name = "x"\nproxy = "$PROXY"\n[headers]\nX-Client = "me"\n"X.Y!" = "$KEY"\n'
                          '[login]\nuser = "$WHO"\n', source="x.toml")
    assert parse_portal(draft_profile(portal, {}, ""), source="draft") == portal
