"""Crawls with --archive: what stands in `DIR/warc/`, and that `malim extract` makes the same records of it."""

import gzip
import json
import subprocess
import sys
import time
import zlib
from dataclasses import replace

import brotli
from tiny_portal import SENTENCE, article_page, crawl, listing_page, records, started
from warcio.archiveiterator import ArchiveIterator

from malim_scraper.demo import Replica, serve
from malim_scraper.demo.articles import read_blocks

WITHOUT_WARCIO = "import sys; sys.modules['warcio'] = None; from malim_scraper.cli import main; main()"


def run(*args):
    return subprocess.run([sys.executable, "-m", *map(str, args)], capture_output=True, text=True, timeout=60)


def files(folder):
    return sorted((folder / "warc").glob("*.warc.gz"))


def responses(folder):
    """The response and revisit records of a folder: address, type, headers of the record, of HTTP, and body."""
    found = []
    for path in files(folder):
        with path.open("rb") as file:
            found += [(record.rec_headers.get_header("WARC-Target-URI"), record.rec_type, record.rec_headers,
                       record.http_headers, record.content_stream().read())
                      for record in ArchiveIterator(file, check_digests="raise")
                      if record.rec_type in ("response", "revisit")]
    return found


def extracted(folder, *args):
    done = run("malim_scraper", "extract", folder / "warc", *args)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def in_order(found):
    return sorted(found, key=lambda record: (record["id"], record["revision"]))


def assert_accepted(folder):
    done = run("warcio.cli", "check", *files(folder))
    assert done.returncode == 0, done.stdout


def test_extract_gives_the_records_of_two_crawls(folder):
    replica = Replica()
    with serve(replica) as server:
        for step in range(2):
            if step:
                replica.edit(609, title="Ауыл тұрғындары бос жерге үш жүз түп алма екті")
                text = "Бір ай бұрын егілген көшеттің бәрі дерлік бүршік атты.\n\nБағбандар енді кезекпен күзетіп жүр."
                replica.add(replace(replica.get(609), id=901, title="Көктемде егілген бау жапырақ жайды", related=(),
                                    blocks=read_blocks(text)))
            done = run("malim_scraper", "crawl", f"{server.replica.base}/", "--out", folder, "--archive",
                       "--timezone", "Asia/Almaty", "-s", "DOWNLOAD_DELAY=0", "-s", "WARC_MAX_BYTES=100000")
            assert done.returncode == 0, done.stderr
        fetched = server.traffic.statuses.total()
    stored, read = in_order(records(folder)), in_order(extracted(folder, "--timezone", "Asia/Almaty"))
    assert [record["url"] for record in read] == [record["url"] for record in stored]
    assert {record["revision"] for record in read} == {1, 2}
    for field in stored[0]:
        assert [record[field] for record in read] == [record[field] for record in stored], field
    assert len(responses(folder)) == fetched
    assert {kind for _, kind, *_ in responses(folder)} == {"response", "revisit"}
    assert len(files(folder)) >= 3, "not rotated"
    assert_accepted(folder)


def test_bodies_are_kept_as_sent_or_decoded_where_readers_do_not_know_the_compression(portal, folder):
    from backports import zstd

    packers = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
    pages = {}
    for number, (name, pack) in enumerate(packers.items()):
        pages[f"/news/{number}-sayabaq-ashyldy-qalada"] = page = article_page(number).encode()
        portal.pages[f"/news/{number}-sayabaq-ashyldy-qalada"] = \
            (200, {"Content-Encoding": name, "Content-Type": "text/html; charset=utf-8"}, pack(page))
    portal.pages["/"] = listing_page(pages)
    crawl(portal, folder, "--archive")
    assert len(records(folder)) == 4
    found = {url.removeprefix(portal.base): (http.get_header("Content-Encoding"), body)
             for url, _, _, http, body in responses(folder)}
    assert {path: found[path][1] for path in pages} == pages
    assert [found[path][0] for path in pages] == ["gzip", "deflate", None, None]
    assert in_order(extracted(folder)) == in_order(records(folder))
    assert_accepted(folder)


def test_pages_that_forbid_copies_are_not_archived(portal, folder):
    meta = '<meta name="{}" content="{}">'
    paths = portal.add_articles(range(5))
    portal.pages[paths[1]] = article_page(1, head=meta.format("robots", "noindex, noarchive"))
    portal.pages[paths[2]] = article_page(2, head=meta.format("Robots", "NOARCHIVE"))
    portal.pages[paths[3]] = (200, {"X-Robots-Tag": "noarchive"}, article_page(3))
    portal.pages[paths[4]] = article_page(4, head=meta.format("description", "noarchive"))
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder, "--archive")
    assert len(records(folder)) == 5
    found = {url.removeprefix(portal.base) for url, *_ in responses(folder)}
    assert found & set(paths) == {paths[0], paths[4]}


def test_no_secret_is_kept(portal, folder):
    portal.pages["/"] = (200, {"Set-Cookie": "session=secret", "Content-Type": "text/html"}, listing_page([]))
    headers = json.dumps({"Authorization": "Basic secret", "Cookie": "secret"})
    crawl(portal, folder, "--archive", "-s", f"DEFAULT_REQUEST_HEADERS={headers}")
    assert dict(portal.asked[-1][1])["Authorization"] == "Basic secret"
    assert b"secret" not in b"".join(gzip.decompress(path.read_bytes()) for path in files(folder))


def test_an_archive_begun_later_asks_for_whole_pages(portal, folder):
    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    asked = []
    for archive in ([], ["--archive"], ["--archive"]):
        portal.asked = []
        crawl(portal, folder, *archive)
        asked += [("If-None-Match" in headers) for path, headers, _ in portal.asked if path == "/"]
    assert asked == [False, False, True]
    assert [kind for url, kind, *_ in responses(folder) if url == portal.base + "/"] == ["response", "revisit"]


def test_nothing_that_was_stored_is_lost_by_a_kill(portal, folder):
    paths = portal.add_articles(range(30))
    portal.pages["/"] = listing_page(paths)
    for kill_at in (8, 20):
        portal.asked = []
        running = started(portal, folder, "--archive")
        until = time.monotonic() + 30
        while len(portal.asked) < kill_at:
            assert time.monotonic() < until
            time.sleep(0.002)
        running.kill()
        running.wait()
        assert list((folder / "warc").glob("*.open"))
    killed = len(records(folder))
    assert 0 < killed < 30
    crawl(portal, folder, "--archive")
    assert not list((folder / "warc").glob("*.open"))
    assert_accepted(folder)
    assert len(files(folder)) == 3
    read = {record["id"]: record for record in extracted(folder)}
    assert len(records(folder)) == 30
    for record in records(folder):
        assert read[record["id"]]["content_hash"] == record["content_hash"]


def test_an_archive_that_cannot_be_written_ends_the_crawl_in_one_line(portal, folder):
    portal.pages["/"] = listing_page(portal.add_articles(range(3)))
    folder.mkdir()
    (folder / "warc").write_text("a file")
    done = crawl(portal, folder, "--archive", code=1)
    assert done.stderr.splitlines() == [f"Error: {folder}/warc: cannot be written (File exists)."]
    assert not (folder / "articles.jsonl").read_text()


def test_a_missing_library_is_wrong_usage(folder):
    done = subprocess.run([sys.executable, "-c", WITHOUT_WARCIO, "crawl", "http://127.0.0.1:9/", "--out", str(folder),
                           "--archive"], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (
        2, "Error: --archive needs the extra 'warc'. Install it: pip install 'malim_scraper[warc]'\n")
    assert not folder.exists()


def test_an_article_on_several_pages_is_one_record(portal, folder):
    path, other = portal.add_articles([1, 2])
    following = '<nav class="pages"><a href="{}">{}</a></nav>'
    portal.pages[path] = article_page(1, foot=following.format(f"{path}?page=2", 2))
    for number in (2, 3):
        foot = following.format(f"{path}?page={number + 1}", number + 1) if number == 2 else ""
        portal.pages[f"{path}?page={number}"] = article_page(1, body=[f"{number}-бет. " + SENTENCE * 3] * 2, foot=foot)
    portal.pages["/"] = listing_page([path, other])
    crawl(portal, folder, "--archive")
    stored = in_order(records(folder))
    assert sorted("3-бет" in record["body"] for record in stored) == [False, True]
    assert in_order(extracted(folder)) == stored
    assert_accepted(folder)


def test_forget_takes_an_article_out_of_the_archive(portal, folder):
    paths = portal.add_articles(range(3))
    portal.pages["/sport" + paths[1]] = article_page(1, canonical=portal.base + paths[1])
    portal.pages["/"] = listing_page([*paths, "/sport" + paths[1]])
    for _ in range(2):
        crawl(portal, folder, "--archive", "--full")
    before = responses(folder)
    assert run("malim_scraper", "forget", folder, "--url", portal.base + paths[1]).returncode == 0
    gone = {portal.base + paths[1], portal.base + "/sport" + paths[1]}
    assert [record[0] for record in responses(folder)] == [record[0] for record in before if record[0] not in gone]
    assert len(before) - len(responses(folder)) >= 4
    raw = b"".join(gzip.decompress(path.read_bytes()) for path in files(folder))
    assert "1-мақала".encode() not in raw
    assert "2-мақала".encode() in raw
    assert_accepted(folder)
    assert in_order(extracted(folder)) == in_order(records(folder))
    portal.pages["/print" + paths[1]] = portal.pages["/sport" + paths[1]]
    portal.pages["/"] = listing_page([*paths, "/sport" + paths[1], "/print" + paths[1]])
    crawl(portal, folder, "--archive", "--full")
    assert len(records(folder)) == 2
