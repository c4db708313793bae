#!/usr/bin/env python3
"""Tries the large and deep pages of the tests at full size, each in a process of its own with 3 GB.

    python benchmarks/heavy.py [NAME ...] [--scale 1.0]

Prints, for each page, the seconds of process time for the page alone and with an article before it.
"""

import argparse
import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "extraction")]

from hostile_pages import NAMES  # noqa: E402

LIMIT = 5.0
RUN = """
import sys, time
sys.path[:0] = {path!r}
from hostile_pages import HEAD, hostile_page
from malim_scraper import extract
bare = hostile_page({name!r}, {scale})
for page in (bare, (HEAD + bare).encode("utf-8", "surrogatepass")):
    started = time.process_time()
    extract(page, url="https://kala.example/a")
    print(round(time.process_time() - started, 2), end=" ")
"""


def main() -> int:
    """Try each page; exit code 1 when one fails or takes more than 5 s."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", default=NAMES)
    parser.add_argument("--scale", type=float, default=1.0)
    args = parser.parse_args()
    failed = 0
    for name in args.names:
        code = RUN.format(path=sys.path[:2], name=name, scale=args.scale)
        try:
            done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300,
                                  check=False, preexec_fn=_limit_memory)
            bad = done.returncode != 0 or max(map(float, done.stdout.split())) > LIMIT
            state, error = ("FAILED", done.stderr[-300:]) if bad else ("ok", "")
            print(f"{state:7} {name:26} {done.stdout} {error}", flush=True)
        except subprocess.TimeoutExpired:
            bad = True
            print(f"FAILED  {name:26} over 300 s", flush=True)
        failed += bad
    print(f"{len(args.names)} pages, {failed} failed")
    return bool(failed)


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


if __name__ == "__main__":
    sys.exit(main())
