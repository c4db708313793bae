"""`malim extract` from S3 to S3: a server that speaks S3 on loopback, a run, a kill -9 in the middle, the rest.

    pip install 'moto[server]'     in an environment of its own: it brings much
    python benchmarks/archives_s3.py DIR --moto /path/to/moto_server [--pages 1500]

Takes the archive of `benchmarks/archives.py`. Prints what each call says and whether the records are those of a run on
this machine.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import fsspec
from archives import write_archive

from malim_scraper.archives.manifest import NAME


def main() -> None:
    """Serve, fill the bucket, run, kill, run again, compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--moto", required=True)
    parser.add_argument("--pages", type=int, default=1500)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    archive = options.folder / f"CC-NEWS-like-{options.pages}.warc.gz"
    if not archive.exists():
        write_archive(archive, options.pages)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}
    with (options.folder / "moto.log").open("w") as log:
        server = subprocess.Popen([options.moto, "-p", str(port)], stdout=log, stderr=log)
    try:
        wait_for(port)
        tell(archive)
    finally:
        server.terminate()
        server.wait()


def tell(archive: Path) -> None:
    """Run everything against the server that is up."""
    store = fsspec.filesystem("s3")
    store.mkdir("news")
    for name in ("a", "b"):
        store.put_file(str(archive), f"news/warc/{name}.warc.gz")
    running = subprocess.Popen(call("s3://news/warc/", "s3://news/out"))
    while sum("_parts/" in path for path in store.find("news/out")) < 2:
        time.sleep(0.2)
        store.invalidate_cache()
    running.send_signal(signal.SIGKILL)
    running.wait()
    print(f"killed; {sum('_parts/' in path for path in store.find('news/out'))} parts were there")
    for _ in range(2):
        subprocess.run(call("s3://news/warc/", "s3://news/out"), check=True)
    store.invalidate_cache()
    lines = store.cat_file(f"news/out/{NAME}").splitlines()
    shards = [path for path in store.find("news/out") if "/articles-" in path]
    found = sorted(b"".join(map(store.cat_file, shards)).splitlines())
    here = archive.with_name("here")
    sources = here.with_name("both")
    sources.mkdir(exist_ok=True)
    for name in ("a", "b"):
        (sources / f"{name}.warc.gz").unlink(missing_ok=True)
        (sources / f"{name}.warc.gz").hardlink_to(archive)
    subprocess.run(call(str(sources), str(here)), check=True)
    expected = sorted(b"".join(path.read_bytes() for path in here.glob("articles-*")).splitlines())
    print(f"{len(lines)} lines in the manifest, {len(found)} records, the same as here: {found == expected}")


def call(source: str, out: str) -> list[str]:
    """The command."""
    return [sys.executable, "-m", "malim_scraper", "extract", source, "-o", out, "--format", "jsonl"]


def wait_for(port: int) -> None:
    """Wait until something listens."""
    while True:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


if __name__ == "__main__":
    main()
