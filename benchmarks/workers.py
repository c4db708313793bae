"""How the throughput of a shared crawl grows with its workers: `python benchmarks/workers.py [articles]`.

The server of `benchmarks/crawl.py` gives that many articles (default 3,000) without delays; 1, 2, 4 and 8 workers on
this machine crawl it through a Redis of the benchmark's own (`redis-server` must be installed), with 8 requests at once
for all together. Reading pages is work for the processor: beyond the number of cores, workers only share it, and the
server and Redis need some of it, too. The first row is `malim crawl` alone, without Redis. Seconds are those of the
whole commands, start of Python included.
"""

import json
import multiprocessing
import os
import resource
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from crawl import serve

WORKERS = (0, 1, 2, 4, 8)  # 0: a crawl without Redis


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def measure(base: str, port: int, workers: int) -> str:
    """Crawl with that many workers into a new folder; return a row of the table."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "malim_scraper", "crawl", base, "--out", folder, "-s", "DOWNLOAD_DELAY=0",
                   "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"]
        shared = [[*command, "--redis", f"redis://127.0.0.1:{port}/0", "--worker", f"w{number}"]
                  for number in range(workers)]
        before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        running = [subprocess.Popen(one, stderr=subprocess.DEVNULL) for one in shared or [command]]
        codes = {process.wait() for process in running}
        took = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        ids = [json.loads(line)["id"] for file in Path(folder).glob("articles*.jsonl") for line in file.open()]
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    name = str(workers) if workers else "no Redis"
    exit_codes = ", ".join(map(str, sorted(codes)))
    return (f"| {name} | {took:.1f} | {len(ids) / took:.0f} | {1_000 * processor / len(ids):.1f} | {len(ids)} "
            f"| {len(set(ids))} | {exit_codes} |")


def main() -> None:
    """Measure and print."""
    ready: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(ready,), daemon=True)
    server.start()
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        redis = subprocess.Popen(["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", folder,
                                  "--save", "", "--appendonly", "yes"], stdout=subprocess.DEVNULL)
        time.sleep(1)
        base = f"http://127.0.0.1:{ready.get()}/"
        print("| workers | seconds | articles a second | processor, ms each | stored | different | exit codes |")
        print("|---|---|---|---|---|---|---|")
        for workers in WORKERS:
            print(measure(base, port, workers), flush=True)
        redis.terminate()
        redis.wait()
    server.terminate()
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


if __name__ == "__main__":
    main()
