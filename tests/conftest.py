"""The replica portal, served for one test."""

import pytest

from malim_scraper.demo import Replica, serve


@pytest.fixture
def server():
    """A fresh replica on loopback; `server.replica` changes it, `server.traffic` tells what was asked."""
    with serve(Replica()) as running:
        yield running
