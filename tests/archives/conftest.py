"""Runs without processes, where a test is about what is read."""

import pytest
from made import Here


@pytest.fixture
def here(monkeypatch):
    """Orders are done in the test's own process."""
    monkeypatch.setattr("malim_scraper.archives.run.Crew", Here)
