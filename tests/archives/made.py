"""Archives of invented pages, as crawlers write them, and the command line run on them."""

import gzip
import json
import subprocess
import sys
from io import BytesIO

from tiny_portal import article_page
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter


def warcinfo(software="StormCrawler"):
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(writer.create_warcinfo_record("x.warc.gz", {"software": software}))
    return out.getvalue()


def response(url, body, *, status="200 OK", kind="text/html; charset=utf-8", date="2026-03-01T12:00:00Z", http=(),
             warc=(), record="response"):
    """One record as a gzip member."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=True)
    body = body.encode() if isinstance(body, str) else body
    headers = StatusAndHeaders(status, [("Content-Type", kind), *http], protocol="HTTP/1.1")
    writer.write_record(writer.create_warc_record(
        url, record, payload=BytesIO(body), length=len(body), http_headers=headers,
        warc_headers_dict={"WARC-Date": date, **dict(warc)}))
    return out.getvalue()


def page(number, host="example.kz", **options):
    """An article of its own as a record."""
    return response(f"https://{host}/news/{number}", article_page(number), **options)


def archive(path, *records):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(warcinfo() + b"".join(records))
    return path


def chunked(body, size=700):
    parts = [body[start:start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def malim(*args, code=0, **options):
    done = subprocess.run([sys.executable, "-m", "malim_scraper", "extract", *map(str, args)], capture_output=True,
                          text=True, timeout=120, **options)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    return done


def printed(*args):
    return [json.loads(line) for line in malim(*args).stdout.splitlines()]


def stored(folder):
    """The records of all shards of JSON Lines, in their order."""
    found = []
    for path in sorted(folder.glob("articles-*")):
        data = path.read_bytes()
        found += (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()
    return [json.loads(line) for line in found]


def in_order(records):
    return sorted(records, key=lambda record: (record["id"], record["revision"]))


def lines(folder):
    """The lines of a manifest."""
    return [json.loads(line) for line in (folder / "_manifest.jsonl").read_text("utf-8").splitlines()]
