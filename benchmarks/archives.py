"""`malim extract -o` on an archive like those of CC-NEWS: pages per second, per core, and what a month would cost.

    python benchmarks/archives.py DIR [--pages 4000] [--jobs 1,2] [--form parquet] [--rounds 3]

Makes `DIR/CC-NEWS-like-N.warc.gz` of the pages in `../shared/data/news-pages`: for each a request, a response in one of
the codings that servers use and metadata, and now and then a picture, a page that is gone or moved. The pages repeat
under other addresses, so fewer records than pages come out. The rounds take turns; the best of each counts, since other
work only slows. Prints one row for each number of processes, then the arithmetic for a month.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from pages import read_rows
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# Infini-News (arXiv 2605.18337) read 1.35 billion articles of CC-NEWS from August 2016 on, some 115 months.
PAGES_A_MONTH = 12_000_000


def main() -> None:
    """Make the archive, read it with each number of processes, print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=4000)
    parser.add_argument("--jobs", default="1,2")
    parser.add_argument("--form", default="parquet")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    archive = options.folder / f"CC-NEWS-like-{options.pages}.warc.gz"
    if not archive.exists():
        write_archive(archive, options.pages)
    print(f"{archive.name}: {archive.stat().st_size / 1e6:,.0f} MB, {options.pages:,} pages, "
          f"load {os.getloadavg()[0]:.1f}")
    counts = [int(jobs) for jobs in options.jobs.split(",")]
    best = dict.fromkeys(counts, 0.0)
    for _ in range(options.rounds):
        for jobs in counts:
            best[jobs] = max(best[jobs], measure(archive, options.folder / f"out-{jobs}", options.form, jobs))
    one = best[counts[0]] / counts[0]
    for jobs, rate in best.items():
        print(f"{jobs} processes: {rate:.1f} pages/s, {rate / jobs:.1f} on each core, "
              f"{rate / jobs / one:.2f} of linear")
    rate = best[counts[-1]] / counts[-1]
    hours = PAGES_A_MONTH / rate / 3600
    print(f"a month of CC-NEWS: {PAGES_A_MONTH:,} pages / {rate:.1f} pages/s / 3600 = {hours:,.0f} core hours, "
          f"{hours / 64:.1f} hours on 64 cores")


def measure(archive: Path, out: Path, form: str, jobs: int) -> float:
    """Read the archive into an empty folder; returns the pages per second of the whole call."""
    shutil.rmtree(out, ignore_errors=True)
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "malim_scraper", "extract", archive, "-o", out, "--format", form,
                    "--jobs", str(jobs)], check=True)
    seconds = time.monotonic() - began
    rows = (json.loads(line) for line in (out / "_manifest.jsonl").read_text("utf-8").splitlines())
    return float(sum(row.get("pages", 0) for row in rows)) / seconds


def write_archive(path: Path, count: int) -> None:
    """Write so many pages, repeated under other addresses, with all that surrounds them in an archive."""
    rows = list(read_rows())
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "StormCrawler"}))
        for number, row in enumerate(islice(cycle(rows), count)):
            turn = number // len(rows)
            url = row.url if not turn else f"{row.url}{'&' if '?' in row.url else '?'}copy={turn}"
            write_page(writer, url, row.html.encode(), number)
            if number % 10 == 0:
                write_other(writer, url, number)


def write_page(writer: WARCWriter, url: str, body: bytes, number: int) -> None:
    """Write a response in one of the codings that servers use, its request and its metadata."""
    headers = [("Content-Type", "text/html; charset=utf-8")]
    if number % 3 == 0:
        body = gzip.compress(body, 6)
        headers.append(("Content-Encoding", "gzip"))
    if number % 3 == 1:
        headers.append(("Transfer-Encoding", "chunked"))
        body = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in _pieces(body)) + b"0\r\n\r\n"
    dated = {"WARC-Date": f"2026-03-{1 + number % 28:02}T12:00:00Z"}
    response = writer.create_warc_record(url, "response", payload=io.BytesIO(body), warc_headers_dict=dated,
                                         http_headers=StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1"))
    request = writer.create_warc_record(url, "request", warc_headers_dict=dated, http_headers=StatusAndHeaders(
        "GET / HTTP/1.1", [("User-Agent", "CCBot/2.0")], is_http_request=True))
    writer.write_request_response_pair(request, response)
    writer.write_record(writer.create_warc_record(url, "metadata", payload=io.BytesIO(b"fetchTimeMs: 120"),
                                                  warc_headers_dict=dated))


def write_other(writer: WARCWriter, url: str, number: int) -> None:
    """Write what is no page: a picture, a page that is not there, one that moved."""
    status, kind, body = ((("200 OK", "image/png", os.urandom(20_000))), ("404 Not Found", "text/html", b"<p>gone</p>"),
                          ("301 Moved Permanently", "text/html", b""))[number // 10 % 3]
    headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(f"{url}#other", "response", payload=io.BytesIO(body),
                                                  http_headers=headers))


def _pieces(body: bytes) -> list[bytes]:
    return [body[start:start + 8_000] for start in range(0, len(body), 8_000)]


if __name__ == "__main__":
    main()
