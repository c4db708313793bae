"""The replica portal, served for one test."""

import pytest
from hypothesis import settings

from malim_scraper.demo import Replica, serve

# The same examples each time, and no clock: a busy machine is no failure.
settings.register_profile("deterministic", deadline=None, derandomize=True)
settings.load_profile("deterministic")


@pytest.fixture
def server():
    """A fresh replica on loopback; `server.replica` changes it, `server.traffic` tells what was asked."""
    with serve(Replica()) as running:
        yield running
