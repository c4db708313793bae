"""Time and peak memory of an export of many records.

    python benchmarks/export.py [RECORDS] [FOLDER] [TARGET ...]

FOLDER (default: a temporary one) needs about 25 GB for 1,000,000 records of 5 KB. Each form is exported by a process of
its own; `peak` is the largest memory that this process held.

Measured on two cores, Python 3.11, pyarrow 26: see the table in docs/datasets.md.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "export"))
from invented import records

TARGETS = ("m.parquet", "m.csv", "m.jsonl", "m.jsonl.zst", "m.sqlite", "hub")


def write_dataset(folder: Path, count: int) -> int:
    """Write `count` records into a dataset folder: 20,000 invented ones again and again, under other ids."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = list(records(min(count, 20_000)))
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as file:
        for number in range(count):
            record = drawn[number % len(drawn)]
            ident = f"{number // len(drawn):04x}{record['id'][4:]}"
            file.write(json.dumps({**record, "id": ident}, ensure_ascii=False) + "\n")
    return (folder / "articles.jsonl").stat().st_size


def measure(folder: Path, target: str) -> tuple[float, float, float, float]:
    """Export in a child process; return seconds, seconds of processor, peak memory and size of the result in MB."""
    path = folder / target
    started = time.perf_counter()
    command = [sys.executable, "-m", "malim_scraper", "export", str(folder / "dataset"), "-o", str(path)]
    child = subprocess.Popen(command)
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, f"{target}: exit status {status}"
    seconds = time.perf_counter() - started
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files) / 1e6
    path.unlink() if path.is_file() else shutil.rmtree(path)
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, size


def main() -> None:
    """Write the dataset and print one line per form."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(tempfile.mkdtemp(prefix="malim-benchmark-"))
    size = write_dataset(folder / "dataset", count)
    targets = sys.argv[3:] or TARGETS
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{count:,} records, {size / 1e6:,.0f} MB (generator: {own:,.0f} MB)", flush=True)
    for target in targets:
        seconds, busy, peak, written = measure(folder, target)
        row = f"{target:12} {seconds:7.1f} s   processor {busy:7.1f} s   peak {peak:6.0f} MB   {written:8,.0f} MB"
        print(row, flush=True)


if __name__ == "__main__":
    main()
