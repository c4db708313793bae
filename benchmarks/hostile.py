"""The hostile portal with 400 articles and all its faults: `python benchmarks/hostile.py [articles] [kills]`.

Crawls it, again without news, and after edits, deletions and additions; then anew into another folder, killed at that
many moments (default 30). Prints what is wrong with the records after each, which must be nothing.
"""

import random
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


def crawled(portal: Portal, folder: Path, name: str) -> int:
    """Crawl once, print what came of it, and return the number of requests."""
    begun, before = time.monotonic(), len(records(folder)) if folder.exists() else 0
    requests = sum(crawl(portal, folder, timeout=900).asked.values())
    found = records(folder)
    print(
        f"{name}: {len(found) - before} lines, {requests} requests, {time.monotonic() - begun:.0f} s, "
        f"strangers asked: {len(portal.strangers_asked)}, wrong: {compare(portal, newest(found)) or 'nothing'}"
    )
    return requests


def kill_often(portal: Portal, folder: Path, kills: int) -> None:
    """Kill crawls of a folder at seeded moments."""
    moments = random.Random(11)
    for _ in range(kills):
        running = subprocess.Popen(command(portal, folder), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        portal.asked.clear()
        until = moments.randint(1, 60)
        while sum(portal.asked.values()) < until and running.poll() is None:
            time.sleep(0.005)
        time.sleep(moments.random() / 20)
        running.kill()
        running.wait()


def main() -> None:
    """Run all."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 30
    with tempfile.TemporaryDirectory() as place:
        with serving(Portal(count)) as portal:
            first = crawled(portal, Path(place) / "a", "first run")
            second = crawled(portal, Path(place) / "a", "nothing new")
            print(f"  {second / first:.1%} of the first run's requests")
            change(portal)
            crawled(portal, Path(place) / "a", "after changes")
        with serving(Portal(count, seed=12)) as portal:
            kill_often(portal, Path(place) / "b", kills)
            crawled(portal, Path(place) / "b", f"after {kills} kills")


if __name__ == "__main__":
    main()
