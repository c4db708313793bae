"""What all tests share: the replica portal, a tiny one, and how they are marked and divided among processes."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from tiny_portal import TinyPortal, serving

from malim_scraper.demo import Replica, serve

# The same examples each time, and no clock: a busy machine is no failure.
settings.register_profile("deterministic", deadline=None, derandomize=True)
settings.load_profile("deterministic")

# What fails under an operator: kills, full disks, servers that hang. `pytest -m faults` runs these alone.
FAULTS = ("dataset", "hostile", "middlewares/test_limits.py", "middlewares/test_own_hosts.py",
          "middlewares/test_crawl_delay.py", "middlewares/test_concurrency.py",
          "middlewares/test_retry_after.py", "spiders/test_faults.py", "spiders/test_between_runs.py",
          "test_archive.py")
# Files with a fixture that takes long: their tests stay in one process, which makes it once.
TOGETHER = ("hostile/test_hostile.py", "test_end_to_end.py", "workbench/test_probe.py")


def pytest_configure(config):
    config.addinivalue_line("markers", "faults: what fails under an operator, and that nothing is lost by it")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """One more than there are cores: crawls wait for servers much of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Divide by tests, as pytest-xdist does, but for the files that stay together; they come first."""
    from xdist.scheduler import LoadScopeScheduling

    class Divided(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            file = nodeid.partition("::")[0]
            return file if file.endswith(TOGETHER) else nodeid

    return Divided(config, log)


def pytest_collection_modifyitems(items):
    for item in items:
        if os.path.relpath(item.path, Path(__file__).parent).startswith(FAULTS):
            item.add_marker("faults")


@pytest.fixture
def server():
    """A fresh replica on loopback; `server.replica` changes it, `server.traffic` tells what was asked."""
    with serve(Replica()) as running:
        yield running


@pytest.fixture
def portal():
    """An empty portal on loopback that a test fills."""
    with serving(TinyPortal()) as running:
        yield running


@pytest.fixture
def folder(tmp_path):
    """Where a dataset is to be made."""
    return tmp_path / "data"
