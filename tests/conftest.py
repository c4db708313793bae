"""What all tests share: the replica portal, and how they are marked and divided among processes."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from malim_scraper.demo import Replica, serve

# The same examples each time, and no clock: a busy machine is no failure.
settings.register_profile("deterministic", deadline=None, derandomize=True)
settings.load_profile("deterministic")

# What fails under an operator: kills, full disks, servers that hang. `pytest -m faults` runs these alone.
FAULTS = ("dataset", "hostile", "middlewares", "spiders/test_faults.py", "spiders/test_between_runs.py",
          "test_archive.py")
COSTLY = ("story", "runs", "report")  # fixtures of a module, made once and first: their tests stay in one process


def pytest_configure(config):
    config.addinivalue_line("markers", "faults: what fails under an operator, and that nothing is lost by it")


def pytest_xdist_auto_num_workers(config):
    """One more than there are cores: crawls wait for servers much of the time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(tryfirst=True)  # pytest-xdist reads the groups
def pytest_collection_modifyitems(items):
    for item in items:
        place = os.path.relpath(item.path, Path(__file__).parent)
        if place.startswith(FAULTS):
            item.add_marker("faults")
        for name in COSTLY:
            if name in item.fixturenames:
                item.add_marker(pytest.mark.xdist_group(f"{place} {name}"))
    items.sort(key=lambda item: next((rank for rank, name in enumerate(COSTLY) if name in item.fixturenames),
                                     len(COSTLY)))


@pytest.fixture
def server():
    """A fresh replica on loopback; `server.replica` changes it, `server.traffic` tells what was asked."""
    with serve(Replica()) as running:
        yield running
