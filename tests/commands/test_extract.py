"""`malim extract`, as a script sees it."""

import gzip
import json
import subprocess
import sys
from uuid import uuid4

import pytest

from malim_scraper.archives.saved import find_address
from tests.extraction.pages import TEXT

PAGE = (
    "<html lang='kk'><head><link rel='canonical' href='https://example.kz/n/{n}'></head><body><article>"
    "<h1>Жайық бойында нөсер жаңбыр жауды {n}</h1><p>Автор: Асқар Нұр</p><p>Бүгін, 10:09</p>"
    + TEXT
    + "</article></body></html>"
)


def malim(*args, stdin=None):
    return subprocess.run(
        [sys.executable, "-m", "malim_scraper", "extract", *map(str, args)],
        input=stdin,
        capture_output=True,
        timeout=120,
    )


def records(done):
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    for n in range(1, 6):
        (tmp_path / f"{n}.html").write_text(PAGE.format(n=n), "utf-8")
    (tmp_path / "sub" / "6.html.gz").write_bytes(gzip.compress(PAGE.format(n=6).encode()))
    (tmp_path / "sub" / "7.html.gz").write_bytes(b"no gzip")
    (tmp_path / "8.htm").write_text("<p>Қысқа</p>", "utf-8")
    (tmp_path / "notes.txt").write_text("no page", "utf-8")
    return tmp_path


def test_folder_in_order_with_one_line_for_a_bad_file(folder):
    done = malim(folder, "--jobs", 2)
    assert done.returncode == 0
    assert [record["url"][-1] for record in records(done)] == ["1", "2", "3", "4", "5", "6"]
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 2
    assert "7.html.gz: cannot be read" in lines[0]
    assert lines[1] == "6 records, 1 page without an article, 1 that could not be read"


def test_options_reach_the_record(folder):
    done = malim(
        folder / "1.html",
        "--url",
        "https://example.kz/other/1",
        "--crawled-at",
        "2024-05-20T12:00:00+05:00",
        "--timezone",
        "Asia/Almaty",
    )
    (record,) = records(done)
    assert record["url"] == "https://example.kz/other/1"
    assert record["date_published"] == "2024-05-20T10:09:00+05:00"
    assert done.stderr == b""


def test_standard_input():
    done = malim("-", stdin=PAGE.format(n=1).encode())
    assert [record["authors"] for record in records(done)] == [["Асқар Нұр"]]


def test_explained_for_people_and_machines(folder):
    done = malim(folder / "1.html", "--explain")
    assert done.returncode == 0
    for word in ("title", "headline", "score", "Асқар Нұр", "→"):
        assert word in done.stdout.decode()
    (found,) = records(malim(folder / "1.html", "--explain", "--json"))
    assert found["fields"]["authors"]["candidates"][0]["evidence"] == "label"


def test_page_without_article(folder):
    done = malim(folder / "8.htm")
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().rstrip().endswith("8.htm: no article")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["absent.html"], 1, "no such file"),
        (["absent.html", "--url", "https://example.kz/"], 2, "--url"),
        (["-", "--json"], 2, "--explain"),
        (["-", "--timezone", "Mars/Olympus"], 2, "Mars/Olympus"),
        (["-", "--crawled-at", "yesterday"], 2, "ISO 8601"),
        (["-", "--portal", "malimm"], 2, "malim"),
    ],
)
def test_wrong_calls(args, code, words):
    done = malim(*args, stdin=b"")
    assert (done.returncode, done.stdout) == (code, b"")
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def warc_record(url, status, html):
    http = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n".encode() + html.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid4()}>\r\n"
        f"WARC-Date: 2024-05-20T07:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + http + b"\r\n\r\n")


def test_warc(tmp_path):
    pytest.importorskip("warcio")
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(
        warc_record("https://example.kz/w/1", "200 OK", PAGE.format(n=1))
        + warc_record("https://example.kz/w/2", "404 Not Found", PAGE.format(n=2))
    )
    (record,) = records(malim(path, "--timezone", "Asia/Almaty"))
    assert record["url"] == "https://example.kz/w/1"
    assert record["date_published"] == "2024-05-20T10:09:00+05:00"
    path.write_bytes(path.read_bytes()[:700])
    assert b"Traceback" not in malim(path).stderr


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<link rel=canonical href=https://example.kz/1>", "https://example.kz/1"),
        ("<meta content='https://example.kz/1?a=1&amp;b=2' property='og:url'>", "https://example.kz/1?a=1&b=2"),
        ("<!-- saved from url=(0020)https://example.kz/1 -->", "https://example.kz/1"),
        ("<link rel='canonical' href='/1'>", ""),
        ("", ""),
        ("<meta " * 10_000, ""),
    ],
)
def test_find_address(html, expected):
    assert find_address(html.encode()) == expected
