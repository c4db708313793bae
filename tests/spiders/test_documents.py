"""Sitemaps of every size and quality, in real crawls."""

import gzip
import logging
import signal
import time
from datetime import UTC, datetime

from tiny_portal import crawl, listing_page, records, runs, started

HEAD = '<?xml version="1.0"?><{} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def urlset(urls, lastmod="2024-04-24"):
    return HEAD.format("urlset") + "".join(f"<url><loc>{url}</loc><lastmod>{lastmod}</lastmod></url>" for url in urls)


def test_indexes_in_a_circle_with_strangers_and_wrong_dates(portal, folder):
    paths = portal.add_articles(range(8))
    full = [portal.base + path for path in paths]
    now = datetime.now(UTC).isoformat()
    children = [f"{portal.base}/karta-{number}.xml" for number in range(4)]
    strangers = ["http://127.0.0.2:9/a.xml", "https://elsewhere.invalid/s.xml", "/sitemap.xml", "javascript:1", "//"]
    portal.pages["/sitemap.xml"] = HEAD.format("sitemapindex") + "".join(
        f"<sitemap><loc>{url}</loc><lastmod>{now}</lastmod></sitemap>" for url in [*children, *strangers])
    portal.pages["/karta-0.xml"] = portal.pages["/sitemap.xml"]
    portal.pages["/karta-1.xml"] = gzip.compress(urlset(full[:4], "31.31.2024").encode())
    portal.pages["/karta-2.xml"] = urlset([*full[4:6], "http://elsewhere.invalid/news/9-a-b-c-d"], now)
    portal.pages["/karta-3.xml"] = urlset(paths[6:], "2099-01-01")
    portal.pages["/"] = listing_page([])
    crawl(portal, folder)
    assert len(records(folder)) == 8
    assert len(portal.asked) < 30
    crawl(portal, folder)
    assert len(records(folder)) == 8


def test_a_long_sitemap_does_not_keep_a_signal_waiting(portal, folder, caplog):
    caplog.set_level(logging.ERROR)
    paths = portal.add_articles(range(3))
    portal.pages["/"] = listing_page(paths)
    portal.pages["/sitemap.xml"] = urlset(f"{portal.base}/news/{number}-eski-habar" for number in range(65_000))
    running = started(portal, folder)
    while "/sitemap.xml" not in portal.paths():
        time.sleep(0.01)
    time.sleep(0.1)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=20)
    assert running.returncode == 143
    assert runs(folder)[-1]["outcome"] == "stopped"
    crawl(portal, folder, "--limit", "1", "-s", "CLOSESPIDER_PAGECOUNT=30")
    assert portal.paths().count("/sitemap.xml") == 2
