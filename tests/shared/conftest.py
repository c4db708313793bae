"""A Redis for each test, and a tiny portal."""

import pytest
from redis_server import RedisServer
from tiny_portal import TinyPortal, listing_page, serving


@pytest.fixture
def queue(tmp_path):
    server = RedisServer(tmp_path)
    yield server
    server.close()


@pytest.fixture
def portal():
    with serving(TinyPortal()) as running:
        running.pages["/"] = listing_page(running.add_articles(range(1, 31)))
        yield running
