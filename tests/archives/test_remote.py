"""Sources behind HTTP, with ranges and without, and output in a store of fsspec."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from made import Silent, archive, in_order, malim, page, printed, stored
from tiny_portal import article_page

from malim_scraper.archives.manifest import Manifest
from malim_scraper.archives.order import Options
from malim_scraper.archives.places import Unreadable, list_entries, opened
from malim_scraper.archives.run import Job, run
from malim_scraper.archives.saved import ENDINGS
from malim_scraper.archives.storage import open_folder


class Files(BaseHTTPRequestHandler):
    """Serves `server.files`, path → bytes; `server.mode` is `ranges`, `whole` or `unsized`. Counts bytes sent."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.answer(is_head=True)

    def do_GET(self):
        self.answer(is_head=False)

    def answer(self, is_head):
        data, mode = self.server.files.get(self.path), self.server.mode
        if data is None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        wanted = self.headers.get("Range")
        part = data
        if wanted and mode == "ranges":
            start, _, end = wanted.removeprefix("bytes=").partition("-")
            part = data[int(start):int(end) + 1 if end else None]
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {start}-{int(start) + len(part) - 1}/{len(data)}")
        else:
            self.send_response(200)
        if mode == "ranges":
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("ETag", f'"{hash(data)}"')
        if mode == "unsized":
            self.send_header("Connection", "close")
            self.close_connection = True
        else:
            self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        if not is_head:
            self.server.sent.append(len(part))
            self.wfile.write(part)

    def log_message(self, *args): ...


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Files) as server:
        server.daemon_threads = True
        server.files, server.mode, server.sent = {}, "ranges", []
        server.base = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.mark.parametrize("mode", ["ranges", "whole", "unsized"])
def test_a_warc_behind_http(server, tmp_path, here, mode):
    warc = archive(tmp_path / "a.warc.gz", *(page(number) for number in range(30)))
    server.files["/a.warc.gz"], server.mode = warc.read_bytes(), mode
    job = Job((f"{server.base}/a.warc.gz",), str(tmp_path / "out"), "jsonl", Options(), 1, part_bytes=9_000)
    summary = run(job, Silent())
    assert summary.parts == (3 if mode == "ranges" else 1)
    assert in_order(stored(tmp_path / "out")) == in_order(printed(warc))
    assert (run(job, Silent()).earlier, run(job, Silent()).read_pages) == (summary.parts, 0)


def test_standard_output_reads_addresses_too(server, tmp_path):
    warc = archive(tmp_path / "a.warc.gz", page(1), page(2))
    server.files = {"/a.warc.gz": warc.read_bytes(), "/b.html": article_page(3).encode()}
    found = printed(f"{server.base}/b.html", f"{server.base}/a.warc.gz", f"{server.base}/missing.html")
    assert [record["title"][7] for record in found] == ["3", "1", "2"]
    assert "no such file" in malim(f"{server.base}/missing.warc.gz", code=1).stderr


def test_a_large_file_is_not_fetched_whole(server):
    server.files["/a.warc.gz"] = bytes(20_000_000) + b"end"
    with opened(f"{server.base}/a.warc.gz") as file:
        file.seek(20_000_000)
        assert file.read(9) == b"end"
    assert sum(server.sent) < 100


def test_a_server_that_goes_is_unreadable(server):
    server.files["/a.warc.gz"] = b"x" * 30_000_000
    (entry,) = list_entries(f"{server.base}/a.warc.gz", ENDINGS)
    with opened(entry.address) as file:
        assert file.read(10) == b"x" * 10
        server.files.clear()
        with pytest.raises(Unreadable, match=r"cannot be read|no such file"):
            file.seek(20_000_000)
            file.read(10)


def test_a_store_as_output(tmp_path):
    pytest.importorskip("fsspec")
    folder = open_folder(f"local://{tmp_path}/out")
    folder.write("_parts/a", b"one")
    folder.write("_parts/a", b"12345")
    (tmp_path / "b").write_bytes(b"bb")
    folder.put(tmp_path / "b", "_new/b")
    folder.move("_new/b", "b")
    assert (folder.sizes("_parts"), folder.sizes(), folder.sizes("_new")) == ({"a": 5}, {"b": 2}, {})
    assert folder.read("_parts/a", 1, 3) == b"23"
    folder.remove("b")
    folder.remove("b")
    assert folder.sizes("none") == {}
    manifest = Manifest(folder)
    manifest.add({"source": "x", "parts": ["p"]})
    manifest.flush()
    assert Manifest(folder).current() == ["p"]


def test_a_run_into_a_store(tmp_path, here):
    warc = archive(tmp_path / "a.warc.gz", *(page(number) for number in range(4)))
    job = Job((str(warc),), f"local://{tmp_path}/out", "jsonl", Options(), 1)
    assert run(job, Silent()).records == 4
    assert (run(job, Silent()).earlier, run(job, Silent()).records) == (1, 4)
    assert in_order(stored(tmp_path / "out")) == in_order(printed(warc))
