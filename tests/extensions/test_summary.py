"""What a crawl did, told at its end; what is seen of many portals while it runs."""

from pathlib import Path

from malim_scraper.extensions.summary import summary

COUNTS = {"outcome": "finished", "seconds": 12.34, "requests": 128, "responses": 120, "stored": 61, "revisions": 2,
          "unchanged": 3, "errors": 4, "left_out": {"foreign-host": 2}}
OUT = Path("data")


def test_one_portal_is_a_line():
    assert list(summary({"one.kz": COUNTS}, OUT, 13.0)) == [
        "one.kz: 61 stored, 2 revised, 3 unchanged, 4 errors; 128 requests in 13.0 s", "  left out: 2 foreign-host",
        "Records: data/articles.jsonl"]


def test_several_are_a_table():
    dead = {**COUNTS, "outcome": "failed", "stored": 0, "revisions": 0, "requests": 3, "errors": 1, "seconds": 0.2}
    assert list(summary({"two.kz": dead, "one.kz": COUNTS}, OUT, 13.0, waiting=1)) == [
        "portal      stored   revised   failed   requests     time   state",
        "one.kz          61         2        4        128   12.3 s   finished",
        "two.kz           0         0        1          3    0.2 s   failed",
        "2 portals       61         2        5        131   13.0 s",
        "1 portal had no turn.",
        "Records: data/articles.jsonl"]


def test_a_terminal_gets_the_table_in_its_width():
    lines = list(summary({"a-portal-of-a-long-name.example": COUNTS, "b.kz": COUNTS}, OUT, 1.0, width=72))
    assert "\x1b[2mportal" in lines[0]
    assert "a-portal-of-a" in lines[1]
    assert "finished" in lines[1]
