"""Records of WARC files from any offset: each once, damaged ones passed over, memory bounded."""

import gzip
import os
import zlib
from io import BytesIO
from itertools import pairwise

import pytest
from made import archive, chunked, page, printed, response, warcinfo
from tiny_portal import article_page

from malim_scraper.archives.saved import page_of
from malim_scraper.archives.warc import MAX_RECORD, Walk, find_member

PAGES = [page(number) for number in range(8)]
INFO = warcinfo()
FILE = INFO + b"".join(PAGES)


def walked(data, start=0, stop=None, **options):
    walk = Walk(BytesIO(data), start, stop, **options)
    return walk, list(walk.records())


def urls(data, *stretch, **options):
    """The numbers of the pages, or `bad` for what is damaged."""
    found = []
    for raw in walked(data, *stretch, **options)[1]:
        read = page_of(raw, "x.warc.gz")
        if read is not None:
            found.append("bad" if read.problem else int(read.url.rpartition("/")[2]))
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 7, 40])
def test_each_record_belongs_to_one_stretch_and_the_stretches_join(count):
    bounds = [len(FILE) * number // count for number in range(count)] + [None]
    found, behind = [], 0
    for start, stop in pairwise(bounds):
        walk, _ = walked(FILE, start, stop)
        found += urls(FILE, start, stop)
        if walk.first is not None:
            assert walk.first == behind
            behind = walk.after
    assert found == list(range(8))
    assert behind == len(FILE)


def cut(data, place, size=200):
    return data[:place] + data[place + size:]


START = [len(INFO) + sum(map(len, PAGES[:number])) for number in range(9)]
BOMB = response("https://example.kz/news/99", gzip.compress(bytes(100_000_000), 9), http=[("Content-Encoding", "gzip")])
PLAIN = b"".join(map(gzip.decompress, (INFO, *PAGES)))


@pytest.mark.parametrize(("name", "data", "expected"), [
    ("bytes missing in a member", cut(FILE, START[3] + 300), [0, 1, 2, "bad", 4, 5, 6, 7]),
    ("bytes changed", FILE[:START[3] + 300] + b"\0" * 50 + FILE[START[3] + 350:], [0, 1, 2, "bad", 4, 5, 6, 7]),
    ("no gzip between two members", FILE[:START[2]] + os.urandom(99) + FILE[START[2]:], [0, 1, "bad", *range(2, 8)]),
    ("torn end", FILE[:START[7] + 300], [*range(7), "bad"]),
    ("zeros behind the end", FILE + b"\0" * 999, [*range(8), "bad"]),
    ("a member that is no record", FILE[:START[2]] + gzip.compress(b"hello\r\n\r\n") + FILE[START[2]:],
     [0, 1, "bad", *range(2, 8)]),
    ("a record without a length", FILE[:START[2]] + gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")
     + FILE[START[2]:], [0, 1, "bad", *range(2, 8)]),
    ("a record that says it is longer", FILE[:START[2]] + gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 9999\r\n\r\nx") + FILE[START[2]:],
     [0, 1, "bad", *range(2, 8)]),
    ("a head without an end", FILE[:START[2]] + gzip.compress(b"WARC/1.0\r\n" + b"a" * 900_000) + FILE[START[2]:],
     [0, 1, "bad", *range(2, 8)]),
    ("a response that is no HTTP", FILE[:START[2]] + gzip.compress(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n")
     + FILE[START[2]:], [0, 1, "bad", *range(2, 8)]),
    ("a record of a thousand gigabytes", FILE[:START[2]] + gzip.compress(
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 1000000000000\r\n\r\n") + FILE[START[2]:],
     [0, 1, "bad", *range(2, 8)]),
    ("endless empty lines", FILE[:START[2]] + gzip.compress(b"\r\n" * 9_000_000, 9) + FILE[START[2]:],
     [0, 1, "bad", *range(2, 8)]),
    ("a body in broken Brotli", FILE[:START[2]] + response(
        "https://example.kz/news/99", b"\x0b\x02\x80" + bytes(99_000), http=[("Content-Encoding", "br")])
     + FILE[START[2]:], None),
    ("a body that unpacks to 100 MB", FILE[:START[2]] + BOMB + FILE[START[2]:], [0, 1, 99, *range(2, 8)]),
    ("all records in one member", gzip.compress(PLAIN), [*range(8)]),
    ("without compression", PLAIN, [*range(8)]),
    ("without compression, one damaged", PLAIN.replace(b"Content-Length", b"Content-Lxngth", 4), None),
    ("empty", b"", []),
    ("another file", b"PK\3\4" + os.urandom(999), ["bad"]),
])
def test_what_is_damaged_costs_itself(name, data, expected):
    found = urls(data)
    if expected is None:
        assert "bad" in found or 99 in found
        assert found[-5:] == [3, 4, 5, 6, 7]
    else:
        assert found == expected


def test_a_record_beyond_all_bounds_is_cut():
    huge = response("https://example.kz/news/9", b"<p>" + b"a" * (MAX_RECORD + 5_000_000))
    _, found = walked(huge + PAGES[0])
    assert [len(raw.data) <= MAX_RECORD + 2_000 for raw in found] == [True, True]
    assert urls(huge + PAGES[0]) == [9, 0]


def test_an_archive_inside_a_page_is_taken_for_one_only_without_its_beginning():
    """Compressed bytes stay as they are in a gzip member, so they look like members of the file itself."""
    inner = b"".join(page(number + 100) for number in range(3)) + os.urandom(9_000)
    outer = gzip.compress(gzip.decompress(response("https://example.kz/a.warc.gz", inner, kind="application/warc")), 0)
    data = FILE + outer + page(8)
    within = data.index(inner[:200]) - 10
    assert urls(data, within, None) == [100, 101, 102, "bad", 8]
    before, _ = walked(data, 0, within)
    assert before.after != walked(data, within, None)[0].first
    assert urls(data, before.after, None, exact=True) == [8]


@pytest.mark.parametrize(("http", "body"), [
    ([], article_page(1).encode()),
    ([("Content-Encoding", "gzip")], gzip.compress(article_page(1).encode())),
    ([("Content-Encoding", "deflate")], zlib.compress(article_page(1).encode())),
    ([("Transfer-Encoding", "chunked")], chunked(article_page(1).encode())),
    ([("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")],
     chunked(gzip.compress(article_page(1).encode()))),
    ([("Transfer-Encoding", "chunked")], article_page(1).encode()),
])
def test_bodies_are_decoded(http, body):
    (raw,) = walked(response("https://example.kz/1", body, http=http))[1]
    found = page_of(raw, "x")
    assert found.body == article_page(1).encode()
    assert found.fetched_at.isoformat() == "2026-03-01T12:00:00+00:00"


@pytest.mark.parametrize("options", [{"kind": "image/png"}, {"status": "404 Not Found"}, {"record": "revisit"},
                                     {"status": "301 Moved"}, {"record": "resource"}])
def test_what_is_no_page(options):
    assert [page_of(raw, "x") for raw in walked(response("https://example.kz/1", "x", **options))[1]] == [None]


@pytest.mark.parametrize("at", [0, 1, 262_140, 262_143])
def test_a_member_is_found_across_the_reads(at):
    data = b"\x1f\x8b\x08" * (at // 3) + b"a" * (at % 3) + PAGES[0]
    assert find_member(BytesIO(data), 0) == at
    assert find_member(BytesIO(data), 0, stop=at) is None


def test_where_too_much_is_damaged_the_rest_is_left(monkeypatch):
    monkeypatch.setattr("malim_scraper.archives.warc.MAX_BAD", 5)
    data = b"".join(gzip.compress(b"WARC/1.0\r\n\r\n") for _ in range(50))
    assert urls(data + PAGES[0]) == ["bad"] * 6


def test_a_page_of_which_only_a_beginning_was_kept(tmp_path):
    archive(tmp_path / "a.warc.gz", page(1, warc=[("WARC-Truncated", "length")]), page(2))
    assert [record["warnings"] for record in printed(tmp_path / "a.warc.gz")] == [["truncated"], []]


def test_what_the_server_said_to_robots_is_told_as_in_a_crawl(tmp_path):
    archive(tmp_path / "a.warc.gz", page(1, http=[("X-Robots-Tag", "noindex, googlebot: noai")]), page(2))
    assert [record["warnings"] for record in printed(tmp_path / "a.warc.gz")] == [["noindex"], []]
