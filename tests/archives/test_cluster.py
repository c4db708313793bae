"""`malim extract --dask`: a real scheduler and real workers, one of them killed in the middle."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from made import archive, in_order, page, printed, stored

from malim_scraper.archives import cluster
from malim_scraper.archives.storage import open_folder
from malim_scraper.errors import MalimError

ROOT = str(Path.cwd())
QUIET = {"DASK_DISTRIBUTED__WORKER__DAEMON": "True"}


@contextmanager
def started(*args, until=None, **env):
    """A program of distributed; yields the process and what its log said where `until` was found."""
    process = subprocess.Popen([sys.executable, "-m", *map(str, args)], stderr=subprocess.PIPE, text=True,
                               env={**os.environ, "PYTHONPATH": ROOT, **QUIET, **env})
    try:
        found = None
        while until and not found:
            line = process.stderr.readline()
            assert line, "it ended"
            found = re.search(until, line)
        yield process, found and found[1]
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stderr.close()


@pytest.fixture(scope="module")
def scheduler():
    with started("distributed.cli.dask_scheduler", "--port", 0, "--host", "127.0.0.1", "--no-dashboard",
                 until=r"Scheduler at:\s+(tcp://\S+)") as (_, address):
        yield address


def worker(scheduler, folder, *args, **env):
    return started("distributed.cli.dask_worker", scheduler, "--no-nanny", "--no-dashboard", "--local-directory",
                   folder, "--nthreads", 1, *args, until=r"(Registered to)", **env)


def test_a_worker_that_dies_costs_a_retry(scheduler, tmp_path):
    for name in range(8):
        archive(tmp_path / "in" / f"{name}.warc.gz", *(page(6 * name + more) for more in range(6)))
    out = tmp_path / "out"
    with worker(scheduler, tmp_path / "a") as (first, _), worker(scheduler, tmp_path / "b"):
        running = subprocess.Popen([sys.executable, "-m", "malim_scraper", "extract", tmp_path / "in", "-o", out,
                                    "--format", "jsonl", "--dask", scheduler], stderr=subprocess.PIPE, text=True)
        end = time.monotonic() + 60
        while not (out / "_manifest.jsonl").exists() or (out / "_manifest.jsonl").read_text().count('"part":') < 2:
            assert running.poll() is None and time.monotonic() < end
            time.sleep(0.02)
        first.kill()
        told = running.communicate(timeout=60)[1]
    assert running.returncode == 0, told
    assert told.startswith("48 records in 1 shard")
    assert in_order(stored(out)) == in_order(printed(tmp_path / "in"))


def refusal(scheduler, folder):
    """Why a cluster cannot be used."""
    with pytest.raises(MalimError) as refused, cluster.cluster(scheduler, folder):
        raise AssertionError("not refused")
    return str(refused.value)


def test_what_a_cluster_can_lack_is_told_in_a_line(scheduler, tmp_path, monkeypatch):
    workers_folder = Path.cwd()
    folder = open_folder(str(tmp_path / "out"))
    monkeypatch.setattr(cluster, "ANSWER", 1)
    assert "the scheduler has no workers. Start some" in refusal(scheduler, folder)
    monkeypatch.setattr(cluster, "ANSWER", 30)
    with worker(scheduler, tmp_path / "a"):
        monkeypatch.setattr(cluster, "VERSION", "99.0")
        assert "here is 99.0. Install the same version everywhere" in refusal(scheduler, folder)
        monkeypatch.undo()
        monkeypatch.chdir(tmp_path)
        assert "does not see here. Use a folder or address that all" in refusal(scheduler, open_folder("here"))
    assert not (workers_folder / "here").exists(), "to look for a folder does not make it"
    blind = tmp_path / "site"
    blind.mkdir()
    (blind / "sitecustomize.py").write_text("import sys; sys.modules['malim_scraper'] = None")
    with worker(scheduler, tmp_path / "b", PYTHONPATH=str(blind)):
        assert "has no malim_scraper" in refusal(scheduler, folder)


def test_a_scheduler_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        assert refusal(address, open_folder(str(tmp_path / "out"))).startswith(f"{address}: no Dask scheduler answers")
