"""The examples in the docstrings hold."""

import doctest
import importlib

import pytest


@pytest.mark.parametrize("module", ["addresses", "moments", "traps"])
def test_examples(module):
    found = doctest.testmod(importlib.import_module(f"malim_scraper.discovery.{module}"))
    assert found.attempted > 0
    assert found.failed == 0
