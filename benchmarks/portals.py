"""Many portals in one process: `python benchmarks/portals.py [PORTALS ...]`, by default 1, 10 and 50.

Four processes serve that many replica portals, each on a port of its own; `malim crawl --portals FILE` crawls them all,
without delays. Prints for each number: whether every portal is complete, the seconds, the memory, and how evenly the
portals got on: Jain's index (1 is even, 1/n is one portal alone) of the records stored, over the time in which all were
under way, and the first and the last portal to end. More than 50 portals wait for their turn.
"""

import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.queues import Queue
from pathlib import Path

from malim_scraper.demo import Replica, serve, truth

SERVERS = 4
EVERY = 0.25  # seconds between two looks
DELAYS = ("-s", "DOWNLOAD_DELAY=0", "-s", "PORTALS_AT_ONCE=50")


def serve_some(count: int, told: "Queue[list[str]]") -> None:
    """Serve that many replicas until killed."""
    replicas = [Replica() for _ in range(count)]
    held = [serve(replica) for replica in replicas]
    for one in held:
        one.__enter__()
    told.put([replica.base for replica in replicas])
    time.sleep(1e6)


def memory(process: "subprocess.Popen[str]") -> tuple[float, int]:
    """The memory of a process in MB and the number of its open files."""
    try:
        status = Path(f"/proc/{process.pid}/status").read_text()
        files = sum(1 for _ in Path(f"/proc/{process.pid}/fd").iterdir())
    except OSError:
        return 0.0, 0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0), files


def base_of(record: dict[str, str]) -> str:
    """The address of the portal that a record is of."""
    return "/".join(record["url"].split("/")[:3])


class Watch:
    """What is seen of a crawl while it runs: how many records of each portal, memory, open files."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "articles.jsonl"
        self.position = 0
        self.counts: Counter[str] = Counter()
        self.seen: list[tuple[float, Counter[str]]] = []
        self.first: dict[str, float] = {}
        self.last: dict[str, float] = {}
        self.memory = 0.0
        self.files = 0

    def look(self, process: "subprocess.Popen[str]", seconds: float) -> None:
        """Read the lines that came since the last look."""
        used, files = memory(process)
        self.memory, self.files = max(self.memory, used), max(self.files, files)
        if self.path.exists():
            with self.path.open("rb") as file:
                file.seek(self.position)
                lines = file.read().rpartition(b"\n")[0]
            self.position += len(lines) + bool(lines)
            for line in lines.splitlines():
                base = base_of(json.loads(line))
                self.counts[base] += 1
                self.first.setdefault(base, seconds)
                self.last[base] = seconds
        self.seen.append((seconds, self.counts.copy()))

    def evenness(self, bases: list[str]) -> list[float]:
        """Jain's index of the records at each look at which every portal was under way."""
        begun, ended = max(self.first.values()), min(self.last.values())
        found = [[counts[base] for base in bases] for seconds, counts in self.seen if begun <= seconds <= ended]
        return [sum(row) ** 2 / (len(row) * sum(one * one for one in row)) for row in found]


def measure(bases: list[str], expected: int) -> None:
    """Crawl the portals and print what was seen."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "portals.txt").write_text("".join(f"{base}/\n" for base in bases))
        watch = Watch(folder / "data")
        begun = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "malim_scraper", "crawl", "--portals", str(folder / "portals.txt"), "--out",
             str(folder / "data"), "--timezone", "Asia/Almaty", *DELAYS], stderr=subprocess.PIPE, text=True)
        while process.poll() is None:
            watch.look(process, time.perf_counter() - begun)
            time.sleep(EVERY)
        took = time.perf_counter() - begun
        watch.look(process, took)
        output = process.stderr.read() if process.stderr else ""
        tell(bases, expected, watch, took)
        if process.returncode:
            print("\n".join(output.splitlines()[-3:]))


def tell(bases: list[str], expected: int, watch: Watch, took: float) -> None:
    """Print a line of figures."""
    complete = sum(watch.counts[base] == expected for base in bases)
    even = watch.evenness(bases)
    fair = f"Jain's index {min(even):.3f} at least, {sum(even) / len(even):.3f} in the mean of {len(even)} looks; " \
        if even else ""
    print(f"{len(bases)} portals: {complete} complete with {expected} articles each; {took:.1f} s, "
          f"{sum(watch.counts.values()) / took:.1f} articles/s; {watch.memory:.0f} MB, {watch.files} open files; {fair}"
          f"last article of a portal after {min(watch.last.values()):.1f} to {max(watch.last.values()):.1f} s",
          flush=True)
    for base in bases:
        if watch.counts[base] != expected:
            print(f"  {base}: {watch.counts[base]} of {expected}")


def main() -> None:
    """Measure and print."""
    numbers = [int(text) for text in sys.argv[1:]] or [1, 10, 50]
    told: Queue[list[str]] = multiprocessing.Queue()
    each = -(-max(numbers) // SERVERS)
    servers = [multiprocessing.Process(target=serve_some, args=(each, told), daemon=True) for _ in range(SERVERS)]
    for server in servers:
        server.start()
    bases = [base for _ in servers for base in told.get()]
    replica = Replica()
    expected = len(truth(replica))
    for number in numbers:
        measure(bases[:number], expected)
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for server in servers:
        server.kill()


if __name__ == "__main__":
    main()
