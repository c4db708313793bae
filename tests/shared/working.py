"""Workers on the command line, and what they left on disk."""

import json
from collections import Counter

import forked

FAST = ("-s", "DOWNLOAD_DELAY=0", "-s", "REDIS_WORKER_LIFE=1.5", "-s", "RETRY_TIMES=0")


def worker(base, folder, queue, name, *args, **options):
    """A worker under way; its own options come last and win."""
    return forked.Forked("crawl", base + "/", "--out", folder, "--redis", queue.url, "--worker", name, *FAST, *args,
                         **options)


def finish(*workers, code=0):
    """Wait for workers, and return what each said on standard error."""
    said = [running.communicate(timeout=60)[1] for running in workers]
    for running, text in zip(workers, said, strict=True):
        assert running.returncode == code, text
        assert "Traceback" not in text, text
    return said


def lines(folder, pattern):
    return [json.loads(line) for file in sorted(folder.glob(pattern)) for line in file.read_text("utf-8").splitlines()]


def records(folder):
    """The records of all shards."""
    return lines(folder, "articles*.jsonl")


def times_stored(folder):
    """How often each title and revision is stored."""
    return Counter((record["title"], record["revision"]) for record in records(folder))


def stored_by(folder, name):
    path = folder / f"articles-{name}.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0
