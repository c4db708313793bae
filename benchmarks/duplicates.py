"""Recall, precision, time and memory of the search for near-duplicates on planted ones.

    python benchmarks/duplicates.py [ARTICLES]

Half of the articles are originals, in Kazakh and Russian. A fifth of these are repeated by other portals: with up to a
tenth of the words replaced, an opening and a credit of their own, some without the last paragraph. Beside them stand
articles that are alike and are no copies: daily reports in the same words with other numbers, and pairs that share a
paragraph of background. Words are drawn from a small vocabulary, which makes unlike texts more alike than in real news.
"""

import random
import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "export"))
from invented import planted

from malim_scraper.export.duplicates import find_duplicates


def main() -> None:
    """Plant, search, and print the figures for each language."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    records, copies = planted(count, random.Random(7))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.perf_counter()
    found = {duplicate.id: duplicate for duplicate in find_duplicates(records)}
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(records):,} articles, {len(copies):,} copies: {seconds:.1f} s, memory {peak - before:+.0f} MB")
    language = {record["id"]: record["language"] for record in records}
    for code in ("kk", "ru"):
        true = {ident for ident in copies if language[ident] == code}
        got = {ident for ident in found if language[ident] == code}
        right = {ident for ident in true & got if found[ident].kept == copies[ident]}
        recall, precision = len(right) / len(true), len(right) / len(got)
        print(f"{code}: recall {recall:.4f}, precision {precision:.4f}, {len(true):,} copies")


if __name__ == "__main__":
    main()
