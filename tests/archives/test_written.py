"""`malim extract -o`: shards of any number of files, the same records as on standard output, what a second run does."""

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pyarrow.dataset
import pytest
from backports import zstd
from made import Here, Silent, archive, in_order, lines, malim, page, printed, response, stored
from tiny_portal import TinyPortal, article_page, crawl, listing_page, records, serving

from malim_scraper import extract, read
from malim_scraper.archives.order import Options
from malim_scraper.archives.run import Job, run
from malim_scraper.errors import MissingExtra


@pytest.fixture
def warc(tmp_path):
    """A mixed archive: good pages, one captured again unchanged, one changed, and what is none."""
    again = {"date": "2026-03-02T12:00:00Z"}
    changed = article_page(2, body=["Жаңа мәтін: " + "қала көшелері түгел жөнделді, жарық та қосылды. " * 6] * 3)
    return archive(
        tmp_path / "in" / "a.warc.gz", page(1), page(2), page(3, host="other.kz"), page(1, **again),
        response("https://example.kz/news/2", changed, **again), response("https://example.kz/", "<p>Басты бет</p>"),
        response("https://example.kz/x.png", b"\x89PNG", kind="image/png"), b"\x1f\x8b\x08garbage" * 3, page(4))


def by_jsonl(*args):
    malim(*args, "--format", "jsonl", "--jobs", 1)


def test_the_same_records_as_on_standard_output(warc, tmp_path):
    expected = in_order(printed(warc))
    assert sorted(record["revision"] for record in expected) == [1, 1, 1, 1, 2]
    done = malim(warc, "-o", tmp_path / "news.jsonl.zst", "--jobs", 2)
    (shard,) = (tmp_path / "news.jsonl.zst").glob("articles-*")
    assert in_order(map(json.loads, zstd.decompress(shard.read_bytes()).splitlines())) == expected
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == (
        f"5 records in 1 shard in {shard.parent}: 6 articles on 7 pages, 1 page without an article, "
        "1 that could not be read (damaged gzip 1)")


def test_every_form_is_loaded_in_a_line(warc, tmp_path, here):
    expected = in_order(printed(warc))
    out = tmp_path / "news"
    malim(warc, "-o", out, "--jobs", 1)
    found = pyarrow.dataset.dataset(out).to_table().to_pylist()
    assert [record["body"] for record in in_order(found)] == [record["body"] for record in expected]
    malim(warc, "-o", out, "--jobs", 1, "--format", "jsonl.gz")
    assert in_order(stored(out)) == expected
    malim(warc, "-o", out, "--jobs", 1, "--format", "jsonl")
    assert in_order(stored(out)) == expected
    assert len(list(read(out))) == 4


def test_an_archive_of_crawls_gives_the_same_in_parts(tmp_path, here):
    with serving(TinyPortal()) as portal:
        path, other = portal.add_articles([1, 2])
        portal.pages[path] = article_page(1, foot=f'<nav class="pages"><a href="{path}?page=2">2</a></nav>')
        second = f"{path}?page=2"
        portal.pages[second] = article_page(1, body=["2-бет. " + "Қала саябағы ашылды деді. " * 9] * 2,
                                            foot=f'<nav class="pages"><a href="{path}">1</a></nav>')
        portal.pages["/print" + other] = article_page(2, canonical=portal.base + other)
        portal.pages["/"] = listing_page([second, path, "/print" + other, *portal.add_articles(range(5, 12))])
        crawl(portal, tmp_path / "data", "--archive")
        met = records(tmp_path / "data")
        portal.pages[other] = article_page(2, title="Екінші жаңалық: саябақ қайта ашылды")
        crawl(portal, tmp_path / "data", "--archive", "--full")
    sources = (str(tmp_path / "data" / "warc"),)
    summary = run(Job(sources, str(tmp_path / "out"), "jsonl", Options(), 2, part_bytes=1_500), Silent())
    assert summary.parts > 5
    found = in_order(stored(tmp_path / "out"))
    assert found == in_order(printed(*sources))
    assert {record["url"] for record in found} == {record["url"] for record in met}
    assert sum(record["revision"] == 2 for record in found) == 1
    assert sum("2-бет" in record["body"] for record in found) == 1


@pytest.mark.parametrize(("missing", "extra", "sources", "dask"), [
    ("distributed", "dask", ("a.html",), "tcp://127.0.0.1:9"), ("fsspec", "remote", ("s3://bucket/a.warc.gz",), None),
    ("warcio", "warc", ("a.warc.gz",), None)])
def test_a_missing_extra_leaves_no_folder(tmp_path, monkeypatch, missing, extra, sources, dask):
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MissingExtra, match=rf"malim_scraper\[{extra}\]"):
        run(Job(sources, str(tmp_path / "out"), "jsonl", Options(), 1, dask=dask), Silent())
    assert not (tmp_path / "out").exists()


def test_a_second_run_reads_only_what_is_new_or_changed(warc, tmp_path, here):
    out, progress = tmp_path / "out", Silent()

    def again(**changes):
        progress.read = []
        run(replace(job, **changes), progress)
        return len(progress.read), in_order(stored(out))

    job = Job((str(warc.parent),), str(out), "jsonl", Options(), 1)
    assert again() == (1, in_order(printed(warc)))
    stamps = {path: path.stat().st_mtime_ns for path in out.glob("articles-*")}
    assert again() == (0, in_order(printed(warc)))
    assert {path: path.stat().st_mtime_ns for path in out.glob("articles-*")} == stamps
    b = archive(warc.parent / "b.warc.gz", page(1, date="2026-03-03T12:00:00Z"), page(9))
    (warc.parent / "saved.html").write_text(article_page(20, canonical="https://example.kz/news/20"))
    assert again() == (2, in_order(printed(warc.parent)))
    b.unlink()
    assert again() == (0, in_order(stored(out)))
    assert len(stored(out)) == 7
    archive(warc, page(2), page(9, date="2026-03-01T10:00:00Z"))
    assert again()[0] == 1
    assert [record["url"][-2:] for record in in_order(stored(out))].count("/9") == 1
    assert {record["url"][-2:] for record in stored(out)} == {"/1", "/2", "/9", "20"}
    assert again(options=Options(timezone="Asia/Almaty"))[0] == 2
    assert again(form="jsonl.gz", options=Options(timezone="Asia/Almaty"))[0] == 0
    assert [path.suffix for path in out.glob("articles-*")] == [".gz"]
    assert len(list((out / "_parts").iterdir())) == 3
    next((out / "_parts").glob("a-*")).write_bytes(b"torn")
    next(out.glob("articles-*")).write_bytes(b"torn")
    with (out / "_manifest.jsonl").open("a") as file:
        file.write('{"part": "to')
    assert again(form="jsonl.gz", options=Options(timezone="Asia/Almaty"))[0] == 1
    assert len(stored(out)) == 4


def test_many_parts_of_one_file_are_one_dataset(tmp_path):
    warc = archive(tmp_path / "a.warc.gz", *(page(number, host=f"{number % 7}.kz") for number in range(40)),
                   page(3, host="3.kz", date="2026-03-05T12:00:00Z"))
    job = Job((str(warc),), str(tmp_path / "out"), "jsonl", Options(), 2, part_bytes=3_000)
    summary = run(job, Silent())
    assert summary.parts > 8
    assert (summary.records, summary.pages) == (40, 41)
    assert in_order(stored(tmp_path / "out")) == in_order(printed(warc))


def test_a_part_that_began_inside_of_a_page_is_read_anew(tmp_path, here):
    inner = b"".join(page(number + 100) for number in range(3)) + os.urandom(9_000)
    outer = gzip.compress(gzip.decompress(response("https://example.kz/a", inner, kind="application/warc")), 0)
    warc = archive(tmp_path / "a.warc.gz", *(page(number) for number in range(4)), outer, page(8))
    job = Job((str(warc),), str(tmp_path / "out"), "jsonl", Options(), 1)
    for part_bytes in (1_200, 2_500):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        run(replace(job, part_bytes=part_bytes), Silent())
        assert sorted(record["url"][-2:] for record in stored(tmp_path / "out")) == ["/0", "/1", "/2", "/3", "/8"]


def test_a_part_that_cannot_be_read_anew_is_told_once(tmp_path, monkeypatch):
    class Failing(Here):
        def run(self, orders, watch):
            exact = [order for order in orders if order.get("exact")]
            yield from ((order, {"failed": "no answer"}) for order in exact)
            yield from super().run([order for order in orders if order not in exact], watch)

    monkeypatch.setattr("malim_scraper.archives.run.Crew", Failing)
    inner = b"".join(page(number + 100) for number in range(3)) + os.urandom(9_000)
    outer = gzip.compress(gzip.decompress(response("https://example.kz/a", inner, kind="application/warc")), 0)
    warc = archive(tmp_path / "a.warc.gz", *(page(number) for number in range(4)), outer, page(8))
    summary = run(Job((str(warc),), str(tmp_path / "out"), "jsonl", Options(), 1, part_bytes=1_200), Silent())
    assert [reason.rpartition(": ")[2] for reason in summary.failed] == ["no answer"]


@pytest.mark.parametrize(("hosts", "expected"), [
    (["example.kz"], 4), (["kz"], 5), (["other.kz"], 1), (["ample.kz"], 0), (["other.kz", "example.kz"], 5)])
def test_only_some_hosts(warc, tmp_path, here, hosts, expected):
    options = Options(hosts=tuple(hosts))
    summary = run(Job((str(warc),), str(tmp_path / "out"), "jsonl", options, 1), Silent())
    assert summary.records == expected


@pytest.mark.parametrize(("args", "code", "words"), [
    (["absent/", "-o", "out"], 1, "absent: no saved pages or WARC files here."),
    (["in", "absent.warc", "-o", "out"], 3, "1 part could not be read: call again"),
    (["in", "-o", "in/a.warc.gz"], 1, "cannot be used"),
    (["in", "-o", "out", "--explain"], 2, "-o writes records"),
    (["-", "-o", "out"], 2, "standard input"),
    (["in", "--format", "jsonl"], 2, "go with -o"),
    (["in", "--dask", "tcp://127.0.0.1:1"], 2, "go with -o"),
    (["in", "-o", "out", "--format", "xlsx"], 2, "xlsx"),
    (["nowhere://bucket/x", "-o", "out"], 2, "nowhere"),
    (["in", "-o", "ftp://127.0.0.1:1/x"], 1, "refused"),
    (["in", "-o", "ftp://user:geheim@127.0.0.1:1/x"], 2, "…@127.0.0.1:1: an address must hold no password"),
])
def test_calls_that_fail_are_told_in_a_line(warc, tmp_path, here, monkeypatch, args, code, words):
    monkeypatch.chdir(tmp_path)
    done = malim(*args, code=code)
    assert words in done.stderr and "geheim" not in done.stderr
    assert done.stdout == ""


def test_a_fault_of_ours_costs_the_page(warc, tmp_path, here, monkeypatch):
    from malim_scraper.archives import read_part

    def failing(html, **options):
        if options["url"].endswith("/2"):
            raise KeyError
        return extract(html, **options)

    monkeypatch.setattr(read_part, "extract", failing)
    summary = run(Job((str(warc),), str(tmp_path / "out"), "jsonl", Options(), 1), Silent())
    assert (summary.records, summary.errors["extraction failed"]) == (3, 2)


def test_a_folder_with_other_records_is_left_alone(warc, tmp_path, here):
    out = tmp_path / "out"
    out.mkdir()
    (out / "articles-worker1.jsonl").write_text("{}")
    assert "holds other records" in malim(warc, "-o", out, code=2).stderr
    assert {path.name for path in out.iterdir()} == {"articles-worker1.jsonl", ".lock"}
    malim(warc, "-o", tmp_path / "own", "--format", "jsonl")
    (tmp_path / "own" / "articles-worker1.jsonl").write_text("{}")
    malim(warc, "-o", tmp_path / "own", "--format", "jsonl.gz")
    assert {path.name for path in (tmp_path / "own").glob("articles-*")} == {
        "articles-worker1.jsonl", "articles-00-0000.jsonl.gz"}


def test_a_folder_that_another_run_writes_is_refused(warc, tmp_path):
    from malim_scraper.dataset.lock import Lock

    (tmp_path / "out").mkdir()
    lock = Lock(tmp_path / "out")
    assert "another run" in malim(warc, "-o", tmp_path / "out", code=1).stderr
    lock.release()


def started(*args):
    return subprocess.Popen([sys.executable, "-m", "malim_scraper", "extract", *map(str, args)],
                            stderr=subprocess.PIPE, text=True)


def children_of(process):
    """The worker processes of a running command."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
            if parent == process and b"archives.worker" in (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


def until(told, seconds=60):
    end = time.monotonic() + seconds
    while not told():
        assert time.monotonic() < end
        time.sleep(0.02)


def read_parts(out):
    return sum("part" in line for line in lines(out)) if (out / "_manifest.jsonl").exists() else 0


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)])
def test_a_run_that_is_stopped_goes_on(tmp_path, number, code):
    folder = tmp_path / "in"
    for name in range(12):
        archive(folder / f"{name:02}.warc.gz", *(page(4 * name + more) for more in range(4)))
    running = started(folder, "-o", tmp_path / "out", "--format", "jsonl", "--jobs", 2)
    until(lambda: read_parts(tmp_path / "out") >= 2)
    workers = children_of(running.pid)
    running.send_signal(number)
    assert running.wait(20) == code
    assert "Traceback" not in running.stderr.read()
    running.stderr.close()
    until(lambda: not any(Path(f"/proc/{worker}").exists() for worker in workers))
    done = read_parts(tmp_path / "out")
    assert 2 <= done < 12
    by_jsonl(folder, "-o", tmp_path / "out")
    assert in_order(stored(tmp_path / "out")) == in_order(printed(folder))
    assert read_parts(tmp_path / "out") == 12
    assert {path.name[0] for path in (tmp_path / "out").iterdir()} == {"_", ".", "a"}


def test_workers_that_are_killed_cost_a_retry(tmp_path):
    for name in range(8):
        archive(tmp_path / "in" / f"{name}.warc.gz", *(page(6 * name + more) for more in range(6)))
    running = started(tmp_path / "in", "-o", tmp_path / "out", "--format", "jsonl", "--jobs", 2)
    for parts in (1, 3):
        until(lambda parts=parts: read_parts(tmp_path / "out") >= parts)
        for worker in children_of(running.pid):
            os.kill(worker, signal.SIGKILL)
    assert running.wait(60) == 0, running.stderr.read()
    running.stderr.close()
    assert len(stored(tmp_path / "out")) == 48
    assert sum(line.get("deaths", 0) for line in lines(tmp_path / "out")) >= 2
