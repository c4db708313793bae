"""`--metrics`: a real scrape of a real crawl, and the file for node_exporter."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing

import forked
import pytest
from prometheus_client.parser import text_string_to_metric_families
from tiny_portal import TinyPortal, article_page, listing_page, serving

from malim_scraper.errors import UsageError
from malim_scraper.extensions.exporter import read_place, require_prometheus


@pytest.fixture
def portal():
    with serving(TinyPortal()) as running:
        running.pages["/"] = listing_page([*running.add_articles(range(4)), "/news/8-is-broken-for-good", "/about-us"])
        running.pages |= {"/news/8-is-broken-for-good": 500, "/about-us": listing_page([])}
        yield running


def arguments(portal, folder, place):
    return ["crawl", portal.base, "--out", str(folder), "--metrics", str(place), "-s", "DOWNLOAD_DELAY=0", "-s",
            "RETRY_TIMES=0"]


def crawl(portal, folder, place):
    return forked.run(*arguments(portal, folder, place))


def samples(text):
    """Name and the label beside the portal → value."""
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            labels = [value for name, value in sorted(sample.labels.items()) if name != "portal"]
            found[(sample.name, *labels)] = sample.value
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize(("text", "place"), [
    ("9410", ("127.0.0.1", 9410)), ("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:9410", ("::1", 9410)),
    ("localhost:1", ("localhost", 1)),
])
def test_places(text, place):
    assert read_place(text) == place


@pytest.mark.parametrize("text", ["0", "65536", "host", "a:b:1", "http://x:1", "[::1", "-1", "", "file.txt", ":9410"])
def test_no_places(text):
    with pytest.raises(UsageError, match="--metrics: "):
        read_place(text)


def test_a_file_goes_on_from_run_to_run(portal, tmp_path):
    file = tmp_path / "malim.prom"
    assert crawl(portal, tmp_path / "data", file).returncode == 0
    first = samples(file.read_text())
    assert first["malim_articles_total", "new"] == 4
    assert first["malim_errors_total", "http_5xx"] in (1, 2)  # it may be tried again at the end
    assert first["malim_not_articles_total",] == 2
    assert first["malim_extraction_seconds_count",] == 6
    assert first["malim_portals", "ended"] == 1
    assert abs(first["malim_last_success_timestamp_seconds",] - time.time()) < 60
    assert not [name for name, *_ in first if name.startswith("process_")]
    portal.pages["/"] = listing_page([*portal.add_articles(range(5))])
    portal.pages["/news/0-sayabaq-ashyldy-qalada"] = article_page(0, title="Саябақ әлі ашылған жоқ, күтіңіз")
    assert crawl(portal, tmp_path / "data", file).returncode == 0
    second = samples(file.read_text())
    assert second["malim_articles_total", "new"] == 5
    assert second["malim_requests_total",] > first["malim_requests_total",]
    assert second["malim_extraction_seconds_bucket", "+Inf"] == second["malim_extraction_seconds_count",]
    file.write_text("{ no metrics\n")
    done = crawl(portal, tmp_path / "data", file)
    assert (done.returncode, "its counters begin anew" in done.stderr) == (0, True)
    assert samples(file.read_text())["malim_articles_total", "new"] == 0
    assert list(tmp_path.glob("malim.prom?*")) == []


def test_a_scrape_of_a_crawl_under_way(portal, tmp_path):
    port = free_port()
    portal.pages["/robots.txt"] = lambda: time.sleep(1) or "User-agent: *\n"
    child = forked.Forked(*arguments(portal, tmp_path / "data", port), "-s", "DOWNLOAD_DELAY=0.2")
    found = {}
    until = time.monotonic() + 30
    while found.get(("malim_articles_total", "new"), 0) < 2 and time.monotonic() < until:
        try:
            with closing(urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10)) as answer:
                found = samples(answer.read().decode())
                assert answer.headers["Content-Type"].startswith("text/plain")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.05)
    assert found["malim_articles_total", "new"] >= 2
    assert found["malim_queue_length",] >= 1
    assert found["malim_portals", "running"] == 1
    assert found["process_resident_memory_bytes",] > 1e7
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/other", timeout=10)
    assert child.wait() == 0
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10)


@pytest.mark.parametrize(("place", "code", "words"), [
    ("in use", 1, "cannot be used (Address already in use)."), ("gone/malim.prom", 1, "there is no folder gone."),
    ("99999", 2, "is no port from 1 to 65535"),
])
def test_a_place_that_cannot_be_used_is_told_before_the_crawl(portal, tmp_path, place, code, words):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"127.0.0.1:{taken.getsockname()[1]}" if place == "in use" else place
        done = crawl(portal, tmp_path / "data", place)
    assert done.returncode == code
    assert done.stderr.startswith("Error: --metrics: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert portal.asked == []


def test_scrapy_users_get_them_too(portal, tmp_path):
    """As a job of Scrapyd runs: the spider opens and closes the folder itself."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "portal", "-a", f"url={portal.base}", "-s", "DATASET_DIR=data", "-s",
         "METRICS=malim.prom", "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0"], capture_output=True, text=True,
        timeout=60, cwd=tmp_path, env={**os.environ, "SCRAPY_SETTINGS_MODULE": "malim_scraper.settings"})
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    found = samples((tmp_path / "malim.prom").read_text())
    assert found["malim_articles_total", "new"] == 4
    assert abs(found["malim_last_success_timestamp_seconds",] - time.time()) < 60


def test_a_missing_library_is_told_with_its_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    with pytest.raises(UsageError, match=r"pip install 'malim_scraper\[metrics\]'"):
        require_prometheus()
