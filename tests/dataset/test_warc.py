"""Raw pages: WARC records, the files that hold them, the thread that writes them, and what a kill leaves."""

import gzip
import resource
import zlib
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from malim_scraper.dataset.archive import Archive
from malim_scraper.dataset.captures import Captures
from malim_scraper.dataset.warc import Capture, Known, digest_of, make_info, make_records
from malim_scraper.dataset.warc_files import close_left_open
from malim_scraper.errors import DatasetError
from malim_scraper.items import Article

NOW = datetime(2026, 1, 31, 12, 0, 0, 250_000, tzinfo=UTC)
BODY = "<html><p>Мәтін</p></html>".encode()
KNOWN = Known(digest_of(BODY), "2026-01-30T12:00:00.000000Z")


def a_capture(url="https://example.kz/news/1", body=BODY, status=200, asked=(), answered=(), **fields):
    return Capture(url, [("User-Agent", "malim_scraper"), *asked], status,
                   [("Content-Type", "text/html; charset=utf-8"), *answered], body, NOW, **fields)


def read(path):
    with path.open("rb") as file:
        return [(record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
                for record in ArchiveIterator(file, check_digests="raise")]


def types(path):
    return [record[0] for record in read(path)]


@pytest.fixture
def one_file(tmp_path):
    """Write records to a file and read it again."""
    def written(*args):
        path = tmp_path / "one.warc.gz"
        path.write_bytes(make_info(path.name, "malim_scraper") + make_records(*args))
        return read(path)
    return written


@contextmanager
def opened(folder, max_bytes=1_000_000_000):
    archive = Archive(folder, max_bytes=max_bytes, user_agent="malim_scraper")
    try:
        yield archive
    finally:
        archive.close()


def files(folder):
    return sorted(folder.glob("*.warc.gz*"))


def assert_accepted(path, capfd):
    class Options:
        verbose = False
        inputs = (str(path),)
    checker = Checker(Options)
    checker.process_all()
    assert checker.exit_value == 0, capfd.readouterr().out


def test_a_response_and_its_request(one_file):
    info, response, request = one_file(a_capture("https://example.kz/a?b=1", address="192.0.2.7"), None)
    assert (info[0], response[0], request[0]) == ("warcinfo", "response", "request")
    assert response[3] == BODY
    assert response[1].get_header("WARC-Date") == request[1].get_header("WARC-Date") == "2026-01-31T12:00:00.250000Z"
    assert response[1].get_header("WARC-IP-Address") == "192.0.2.7"
    assert response[1].get_header("WARC-Payload-Digest") == digest_of(BODY)
    assert response[1].protocol == "WARC/1.1"
    assert request[1].get_header("WARC-Concurrent-To") == response[1].get_header("WARC-Record-ID")
    assert request[2].statusline == "/a?b=1 HTTP/1.1"
    assert request[2].get_header("Host") == "example.kz"


@pytest.mark.parametrize(("status", "body", "known", "profile", "refers"), [
    (200, BODY, None, None, None),
    (200, BODY, KNOWN, "identical-payload-digest", KNOWN.date),
    (200, b"changed", KNOWN, None, None),
    (304, b"", KNOWN, "server-not-modified", KNOWN.date),
    (304, b"", None, "server-not-modified", None),
    (404, BODY, KNOWN, None, None),
])
def test_what_did_not_change_is_a_revisit(one_file, status, body, known, profile, refers):
    _, (kind, headers, http, content), _ = one_file(a_capture(status=status, body=body), known)
    assert kind == ("revisit" if profile else "response")
    assert (headers.get_header("WARC-Profile") or "").rpartition("/")[2] == (profile or "")
    assert headers.get_header("WARC-Refers-To-Date") == refers
    assert http.get_statuscode() == str(status)
    assert content == (b"" if profile else body)


def test_secrets_and_the_coding_of_the_transfer_are_left_out(one_file):
    _, response, request = one_file(a_capture(
        asked=[("Authorization", "Basic c2VjcmV0"), ("COOKIE", "a=secret"), ("Proxy-Authorization", "secret")],
        answered=[("Set-Cookie", "a=secret"), ("Transfer-Encoding", "chunked"), ("Content-Length", "7"),
                  ("Vary", "Cookie")]), None)
    assert request[2].headers == [("Host", "example.kz"), ("User-Agent", "malim_scraper")]
    assert response[2].headers == [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Cookie"),
                                   ("Content-Length", str(len(BODY)))]


@pytest.mark.parametrize("url", ["https://example.kz/жаңалық?q=ә", "https://user:pass@example.kz/", "http://[::1]:80/",
                                 "https://example.kz"])
def test_any_address_and_header_can_be_written(one_file, url):
    answered = [("X-Тақырып", "мәтін"), ("Server", "caf\xe9"), ("Two", "a\r\nLines: b"), ("Empty", "")]
    _, response, _ = one_file(a_capture(url, answered=answered), None)
    assert [name for name, _ in response[2].headers] == ["Content-Type", "Server", "Two", "Empty", "Content-Length"]
    assert response[3] == BODY


def test_a_compressed_body_is_kept_as_sent(one_file):
    body = gzip.compress(BODY)
    _, response, _ = one_file(a_capture(body=body, answered=[("Content-Encoding", "gzip")]), None)
    assert response[1].get_header("WARC-Payload-Digest") == digest_of(body)
    assert response[3] == BODY


def test_an_archive_writes_and_closes_one_file(tmp_path, capfd):
    folder = tmp_path / "warc"
    with opened(folder) as archive:
        for number in range(5):
            archive.put(a_capture(f"https://example.kz/news/{number}"))
        archive.sync()
        assert [path.suffix for path in files(folder)] == [".open"]
        assert archive.has("https://example.kz/news/4")
        assert not archive.has("https://example.kz/news/5")
    path, = files(folder)
    assert types(path) == ["warcinfo"] + ["response", "request"] * 5
    assert_accepted(path, capfd)


def test_unchanged_pages_of_a_later_run_are_revisits_of_the_last_version(tmp_path, capfd):
    folder = tmp_path / "warc"
    for body in (b"one", b"one", b"two", b"one"):
        with opened(folder) as archive:
            archive.put(a_capture(body=body))
    assert [types(path)[1] for path in files(folder)] == ["response", "revisit", "response", "response"]
    for path in files(folder):
        assert_accepted(path, capfd)


def test_a_crawl_without_pages_leaves_no_file(tmp_path):
    with opened(tmp_path / "warc"):
        pass
    assert files(tmp_path / "warc") == []


def test_files_are_closed_at_their_size(tmp_path, capfd):
    folder = tmp_path / "warc"
    with opened(folder, max_bytes=3_000) as archive:
        for number in range(12):
            archive.put(a_capture(f"https://example.kz/news/{number}", body=str(number).encode() * 50))
    assert len(files(folder)) > 2
    assert all(path.suffix == ".gz" and path.stat().st_size < 5_000 for path in files(folder))
    urls = [headers.get_header("WARC-Target-URI") for path in files(folder)
            for kind, headers, *_ in read(path) if kind == "response"]
    assert urls == [f"https://example.kz/news/{number}" for number in range(12)]
    for path in files(folder):
        assert_accepted(path, capfd)


def test_a_file_that_was_left_open_is_closed_without_its_torn_end(tmp_path, capfd):
    whole = make_info("a.warc.gz", "malim_scraper") + make_records(a_capture(), None)
    torn = make_records(a_capture("https://example.kz/news/2"), None)
    first = len(torn) - len(zlib.decompressobj(31).decompress(torn) and _rest(torn))
    for cut in (0, 1, 5, 18, first - 1, first, first + 1, len(torn) - 1, len(torn)):
        path = tmp_path / f"malim-{cut}.warc.gz"
        path.with_name(path.name + ".open").write_bytes(whole + torn[:cut])
        repairs = close_left_open(tmp_path)
        assert bool(repairs) == (cut not in (0, first, len(torn)))
        members = 3 + (cut >= first) + (cut == len(torn))
        assert types(path) == ["warcinfo", "response", "request", "response", "request"][:members]
        assert_accepted(path, capfd)


def _rest(members):
    first = zlib.decompressobj(31)
    first.decompress(members)
    return first.unused_data


def test_a_file_without_a_whole_record_is_removed(tmp_path):
    (tmp_path / "malim-1.warc.gz.open").write_bytes(make_info("a", "b")[:40])
    (tmp_path / "malim-2.warc.gz.open").write_bytes(b"")
    close_left_open(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert close_left_open(tmp_path / "missing") == []


def test_a_damaged_index_is_begun_anew(tmp_path):
    folder = tmp_path / "warc"
    folder.mkdir()
    (folder / "captures.sqlite").write_bytes(b"no database" * 1_000)
    with opened(folder) as archive:
        archive.put(a_capture())
        archive.sync()
        assert archive.has(a_capture().url)


def test_a_full_disk_is_told_and_takes_nothing_with_it(tmp_path, capfd):
    folder = tmp_path / "warc"
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with opened(folder) as archive:
        archive.put(a_capture())
        archive.sync()
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        try:
            for number in range(40):
                archive.put(a_capture(f"https://example.kz/{number}", body=bytes(range(256)) * 8))
            with pytest.raises(DatasetError, match="warc: cannot be written"):
                archive.settle()
            archive.put(a_capture())  # does not wait for ever
            with pytest.raises(DatasetError):
                archive.sync()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    close_left_open(folder)
    path, = files(folder)
    assert types(path)[:3] == ["warcinfo", "response", "request"]
    assert_accepted(path, capfd)


def test_a_folder_that_cannot_be_used_is_told(tmp_path):
    (tmp_path / "warc").write_text("a file")
    with pytest.raises(DatasetError, match="cannot be written"):
        Archive(tmp_path / "warc", max_bytes=1_000, user_agent="")


def an_article(path, canonical=None, body="Мәтін", title="Тақырып"):
    url = f"https://example.kz{path}"
    return Article(id="", url=url, canonical_url=f"https://example.kz{canonical or path}", portal="example.kz",
                   title=f"{title} {canonical or path}", body=body)


def chosen(*articles):
    captures = Captures(None, {})
    found = [article for place, article in enumerate(articles) if captures.take(article, NOW + timedelta(days=place))]
    return [(article.url.removeprefix("https://example.kz"), article.revision, article.crawled_at[:10])
            for article in (*found, *captures.take_rest())]


@pytest.mark.parametrize(("articles", "expected"), [
    ([an_article("/1"), an_article("/2")], [("/1", 1, "2026-01-31"), ("/2", 1, "2026-02-01")]),
    ([an_article("/1"), an_article("/1"), an_article("/1", body="Жаңа")],
     [("/1", 1, "2026-01-31"), ("/1", 2, "2026-02-02")]),
    ([an_article("/1?print=1", "/1"), an_article("/1")], [("/1", 1, "2026-02-01")]),      # the other address is there
    ([an_article("/1?print=1", "/")], [("/1?print=1", 1, "2026-01-31")]),                 # no article is there
    ([an_article("/1", title="Бір"), an_article("/2", title="Бір", canonical="/1")], [("/1", 1, "2026-01-31")]),
])
def test_captures_become_records_as_in_a_crawl(articles, expected):
    assert chosen(*articles) == expected
