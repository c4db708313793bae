#!/usr/bin/env python3
"""Extracts many pages in one process and reports how its memory grows after the first 500.

    python benchmarks/memory.py [--pages 10000]

Pages: those of `../shared/data/news-pages` beside this repository, again and again.
"""

import argparse
import gzip
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT.parent / "shared" / "data" / "news-pages" / "pages"
sys.path.insert(0, str(ROOT))

from malim_scraper import extract  # noqa: E402

WARM = 500
LIMIT = 20.0


def resident() -> float:
    """Return the resident memory of this process in MB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Run; exit code 1 when memory grew by more than 20 MB."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    args = parser.parse_args()
    pages = [path.read_bytes() for path in sorted(PAGES.glob("*.html.gz"))]
    started, warm = time.process_time(), 0.0
    for number in range(args.pages):
        extract(gzip.decompress(pages[number % len(pages)]), url=f"https://kala.example/{number}")
        if number + 1 == WARM:
            warm = resident()
        if (number + 1) % 1_000 == 0 or number + 1 == WARM:
            print(f"{number + 1:6} pages  {resident():7.1f} MB  {time.process_time() - started:6.0f} s", flush=True)
    growth = resident() - warm
    print(f"grew by {growth:.1f} MB after the first {WARM}")
    return growth > LIMIT


if __name__ == "__main__":
    sys.exit(main())
