"""Which portals a crawl goes to: lists in files, each portal once."""

import io

import pytest

from malim_scraper.commands.targets import read_targets
from malim_scraper.errors import UsageError


@pytest.fixture
def written(tmp_path):
    def write(text, **profiles):
        for name, toml in profiles.items():
            (tmp_path / f"{name}.toml").write_text(toml)
        file = tmp_path / "portals.txt"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(file)

    return write


def names(targets):
    return [portal.name for portal, _ in targets]


def test_a_list_in_a_file(written, tmp_path):
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "mine.toml").write_text('name = "mine"\nstart_urls = ["https://mine.kz/"]\n')
    file = written("\ufeff# our portals\r\n\r\nhttps://one.kz/  # the first\r\nmalim\r\n  more/mine.toml\r\n"
                   "http://two.kz:8080/#top\r\n")
    targets, notes = read_targets((), [file])
    assert names(targets) == ["one.kz", "malim", "mine", "two.kz:8080"]
    assert [is_profile for _, is_profile in targets] == [False, True, True, False]
    assert notes == []


def test_a_portal_that_is_named_twice_is_crawled_once_and_told(written):
    file = written("https://www.one.kz/\nhttps://malim.kz/qogam\nhttps://one.kz/sport/\nmine.toml\nhttp://mine.kz/x\n",
                   mine='name = "mine"\nstart_urls = ["https://mine.kz/"]\n')
    targets, notes = read_targets(["malim", "http://one.kz"], [file])
    assert names(targets) == ["malim", "one.kz", "mine"]
    assert targets[0][0].start_urls == ("https://malim.kz/", "https://malim.kz/qogam")
    assert targets[1][0].start_urls == ("http://one.kz/", "https://one.kz/sport/")
    assert targets[2][0].start_urls == ("https://mine.kz/", "http://mine.kz/x")
    assert [note.partition(": ")[0].rpartition("/")[2] for note in notes] == [
        "portals.txt, line 1", "portals.txt, line 2", "portals.txt, line 3", "portals.txt, line 5"]
    assert notes[3].endswith("mine.toml (" + file + ", line 4): crawled once.")


def test_ports_and_profiles_of_one_host_stay_apart(written):
    mine = 'name = "{}"\nstart_urls = ["https://one.kz/{}/"]\n'
    file = written("http://one.kz:81/\nhttp://one.kz:82/\na.toml\nb.toml\n", a=mine.format("a", "a"),
                   b=mine.format("b", "b"))
    assert names(read_targets((), [file])[0]) == ["one.kz:81", "one.kz:82", "a", "b"]


@pytest.mark.parametrize(("text", "words"), [
    ("https://one.kz/\n\nftp://two.kz/\n", "line 3: 'ftp://two.kz/' is no address"),
    ("two.kz\n", "line 1: unknown portal 'two.kz'."),
    ("gone.toml\n", "line 1: "),
    ("# nobody\n", "names no portal"),
    (b"https://\xff.kz/\n", "is not UTF-8"),
    ("a.toml\n", "line 1: "),
    ("https://me:geheim1@one.kz/", "line 1: an address must hold no name or password"),
    ("b.toml\nc.toml", "are both named 'same'. Give one profile another name."),
])
def test_what_is_wrong_is_told_with_file_and_line(written, text, words):
    same = 'name = "same"\nstart_urls = ["https://{}.kz/"]\n'
    file = written(text, a='name = "a"\n', b=same.format("b"), c=same.format("c"))
    with pytest.raises(UsageError) as refused:
        read_targets((), [file])
    assert str(refused.value).startswith(file)
    assert words in str(refused.value)
    assert "geheim1" not in str(refused.value)


def test_a_file_that_is_missing():
    with pytest.raises(UsageError, match=r"missing[.]txt: cannot be read"):
        read_targets((), ["missing.txt"])


def test_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"https://one.kz/\nfile:///etc\n")))
    with pytest.raises(UsageError, match="standard input, line 2: "):
        read_targets((), ["-"])
