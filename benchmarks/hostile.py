"""The hostile portal with all its faults: `python benchmarks/hostile.py [articles] [hardships] [seed] [busy]`.

Crawls it, again without news, and after edits, deletions and additions; then anew into another folder, with that many
hardships (default 30) at seeded moments: `kill -9`, SIGTERM, SIGINT, a full disk, a torn line, a lost or damaged state,
a second run. busy: the share of requests answered with 503 (default 0.05). Prints what is wrong with the records after
each, which must be nothing.
"""

import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hostile.comparing import command, compare, crawl, newest, records
from hostile.history import change
from hostile.portal import Portal
from hostile.serving import serving

HARDSHIPS = ("kill", "SIGTERM", "SIGINT", "full disk", "torn line", "no state", "bad state", "two runs")
LONGEST_STOP = 10  # seconds


def crawled(portal: Portal, folder: Path, name: str) -> int:
    """Crawl once, print what came of it, and return the number of requests."""
    begun, before = time.monotonic(), len(records(folder)) if folder.exists() else 0
    requests = sum(crawl(portal, folder, timeout=1_800).asked.values())
    found = records(folder)
    print(
        f"{name}: {len(found) - before} lines, {requests} requests, {time.monotonic() - begun:.0f} s, "
        f"strangers asked: {len(portal.strangers_asked)}, wrong: {compare(portal, newest(found)) or 'nothing'}",
        flush=True,
    )
    return requests


def suffer(portal: Portal, folder: Path, hardships: int, seed: int) -> None:
    """Crawl a folder that often, each time with another hardship; print what was not as promised."""
    moments = random.Random(seed)
    for count in range(hardships):
        kind = HARDSHIPS[count % len(HARDSHIPS)]
        running = subprocess.Popen(command(portal, folder), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        portal.asked.clear()
        until = moments.randint(5, 60)
        while sum(portal.asked.values()) < until and running.poll() is None:
            time.sleep(0.005)
        time.sleep(moments.random() / 20)
        begun = time.monotonic()
        problem = _strike(kind, running, portal, folder)
        running.communicate()
        if kind.startswith("SIG") and time.monotonic() - begun > LONGEST_STOP:
            problem = f"stopped after {time.monotonic() - begun:.1f} s"
        if problem:
            print(f"  {kind}, at request {until}: {problem}", flush=True)


def _strike(kind: str, running: subprocess.Popen, portal: Portal, folder: Path) -> str | None:
    """Do what a kind of hardship is; returns what was wrong."""
    if running.poll() is not None:
        return f"ended before with exit code {running.returncode}" if running.returncode else None
    if kind == "two runs":
        second = subprocess.run(command(portal, folder), capture_output=True, text=True, timeout=60)
        running.kill()
        return None if second.returncode == 1 and "another run" in second.stderr else f"second: {second.stderr}"
    if kind == "full disk":
        size = (folder / "articles.jsonl").stat().st_size + 9_000
        resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (size, size))
        code = running.wait(timeout=600)
        return None if code in (0, 1) else f"exit code {code}"
    if kind.startswith("SIG"):
        running.send_signal(signal.Signals[kind])
        code = running.wait(timeout=60)
        return None if code == 128 + signal.Signals[kind] else f"exit code {code}"
    running.kill()
    running.wait()
    if kind == "torn line":
        with (folder / "articles.jsonl").open("ab") as file:
            file.write(b'{"id": "abc", "title": "\xd0')
    for file in folder.glob("state.sqlite*") if kind.endswith("state") else ():
        if kind == "no state":
            file.unlink()
        else:
            file.write_bytes(b"no database" * 1_000)
    return None


def main() -> None:
    """Run all."""
    given = [float(text) for text in sys.argv[1:]]
    count, hardships, seed, busy = (*given, *(400, 30, 7, 0.05)[len(given):])
    with tempfile.TemporaryDirectory() as place:
        with serving(Portal(int(count), seed=int(seed), busy=busy)) as portal:
            first = crawled(portal, Path(place) / "a", "first run")
            second = crawled(portal, Path(place) / "a", "nothing new")
            print(f"  {second / first:.1%} of the first run's requests")
            change(portal)
            crawled(portal, Path(place) / "a", "after changes")
        if hardships:
            with serving(Portal(int(count), seed=int(seed) + 5, busy=busy)) as portal:
                suffer(portal, Path(place) / "b", int(hardships), int(seed))
                crawled(portal, Path(place) / "b", f"after {hardships:.0f} hardships")


if __name__ == "__main__":
    main()
