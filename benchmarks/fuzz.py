#!/usr/bin/env python3
"""Mutates real pages and reports which of them make extraction raise, crash or crawl.

    python benchmarks/fuzz.py [--minutes 10] [--seed 1] [--slow 0.5] [--keep FOLDER]

Pages: those of `../shared/data/news-pages` beside this repository. Each mutation is made of the seed and its number, so
that `--seed` and the number in a report make it again. Process time is measured, not the clock on the wall.
"""

import argparse
import faulthandler
import gzip
import random
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT.parent / "shared" / "data" / "news-pages" / "pages"
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "extraction")]

from test_robustness import PIECES  # noqa: E402

from malim_scraper import explain, extract  # noqa: E402

CHARSETS = (None, None, None, "utf-8", "windows-1251", "utf-16", "shift_jis", "koi8-r", "iso-8859-9")


def mutate(page: str, others: list[Path], chance: random.Random) -> str:
    """Drop, repeat, move, cut, insert and cross pieces, mostly at the borders of tags."""
    for _ in range(chance.choice((1, 3, 10, 40, 200))):
        start, stop = _cut(page, chance)
        cut = page[start:stop]
        kind = chance.randrange(8)
        if kind == 0:
            page = page[:start] + page[stop:]
        elif kind == 1:
            page = page[:stop] + cut * chance.choice((1, 2, 50)) + page[stop:]
        elif kind == 2:
            page = page[:start] + chance.choice(PIECES) * chance.choice((1, 1, 300)) + page[start:]
        elif kind == 3:
            at = chance.randrange(len(page) + 1)
            page = page[:at] + cut + page[at:]
        elif kind == 4:
            page = page[:start] + page[stop:start:-1] + page[stop:]
        elif kind == 5 and len(page) > 20_000:
            page = page[:max(stop, 10_000)] if chance.random() < 0.2 else page
        elif kind == 6:
            other = _read(chance.choice(others))
            first, last = _cut(other, chance)
            page = page[:start] + other[first:last] + page[start:]
        else:
            page = page.replace(cut[:20], cut[:20][::-1]) if len(cut) > 3 else page
        page = page[:3_000_000]
    return page


def _cut(page: str, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(page) + 1)
    stop = start + chance.choice((1, 10, 100, 2_000, 30_000))
    if chance.random() < 0.7:
        start, stop = max(page.find("<", start), 0), page.find("<", stop)
    return start, max(start, min(stop if stop >= 0 else len(page), len(page)))


def _read(path: Path) -> str:
    return gzip.decompress(path.read_bytes()).decode("utf-8", "replace")


def _page(number: int, seed: int, paths: list[Path]) -> tuple[str | bytes, Path]:
    chance = random.Random(f"{seed}-{number}")
    path = chance.choice(paths)
    page: str | bytes = mutate(_read(path), paths, chance)
    charset = chance.choice(CHARSETS)
    return (page.encode(charset, "replace") if charset and isinstance(page, str) else page), path


def main() -> int:
    """Run for some minutes; exit code 1 when a page raised."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first mutation")
    parser.add_argument("--slow", type=float, default=0.5, help="seconds of process time from which a page is reported")
    parser.add_argument("--keep", type=Path, help="folder for the pages that are reported")
    args = parser.parse_args()
    faulthandler.enable()
    paths = sorted(PAGES.glob("*.html.gz"))
    end = time.monotonic() + args.minutes * 60
    number, raised, slow, articles, worst = args.first, 0, 0, 0, 0.0
    while time.monotonic() < end:
        page, path = _page(number, args.seed, paths)
        started = time.process_time()
        try:
            articles += extract(page, url="https://kala.example/a") is not None
            seconds = time.process_time() - started
            if number % 10 == 0:
                explain(page, url="https://kala.example/a")
        except BaseException:  # a hostile page may raise anything, MemoryError and RecursionError included
            if isinstance(sys.exc_info()[1], KeyboardInterrupt):
                raise
            raised, seconds = raised + 1, time.process_time() - started
            print(f"raised: number {number}, {path.name}\n{traceback.format_exc(limit=-4)}", flush=True)
            _keep(args.keep, number, page)
        worst = max(worst, seconds)
        if seconds > args.slow:
            slow += 1
            print(f"slow: {seconds:.2f} s, number {number}, {path.name}, {len(page):,} characters", flush=True)
            _keep(args.keep, number, page)
        number += 1
    print(f"{number - args.first} pages, {articles} articles, {raised} raised, {slow} over {args.slow} s, "
          f"slowest {worst:.2f} s")
    return bool(raised)


def _keep(folder: Path | None, number: int, page: str | bytes) -> None:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        data = page if isinstance(page, bytes) else page.encode("utf-8", "surrogatepass")
        (folder / f"{number}.html").write_bytes(data)


if __name__ == "__main__":
    sys.exit(main())
