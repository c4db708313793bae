"""Which records an export takes."""

from collections import Counter
from datetime import date

import pytest
from invented import records

from malim_scraper.errors import UsageError
from malim_scraper.export.columns import parse_day
from malim_scraper.export.selection import (
    Selection,
    choose,
    parse_shares,
    sample,
    split_by_hash,
    split_by_time,
)

RECORDS = list(records(300))


def small(ident, revision=1, day="2024-01-01", **more):
    given = {"id": ident, "revision": revision, "date_published": day, "portal": "a", "language": "kk", "body": "x y"}
    return {**given, **more}


def chosen(some, **options):
    return sorted(choose(some, Selection(**options)).values())


@pytest.mark.parametrize(("some", "options", "places"), [
    ([small("a"), small("b"), small("a", 2)], {}, [1, 2]),
    ([small("a", 2), small("a", 1)], {}, [0]),                                # shards may stand in any order
    ([small("a"), small("a")], {}, [1]),                                      # the same line twice is one record
    ([small("a"), small("a", 2)], {"all_revisions": True}, [0, 1]),
    ([small("a"), small("a", 2, "2023-12-31")], {"since": date(2024, 1, 1)}, []),  # the latest one decides
    ([small("a", day=None)], {}, [0]),
    ([small("a", day=None)], {"since": date(2020, 1, 1)}, []),
    ([small("a"), small("b", day="2024-01-02T00:30:00+05:00")], {"until": date(2024, 1, 1)}, [0]),
    ([small("a"), small("b", day="2024-01-02T00:30:00+05:00")], {"since": date(2024, 1, 2)}, [1]),
    ([small("a"), small("b", portal="b")], {"portals": ("b", "c")}, [1]),
    ([small("a"), small("b", language="kk-Latn"), small("c", language="kkj")], {"languages": ("kk",)}, [0, 1]),
    ([small("a"), small("b", body="x y z")], {"min_words": 3}, [1]),
])
def test_choose(some, options, places):
    assert chosen(some, **options) == places


def test_a_sample_is_drawn_by_the_seed_alone():
    places = choose(RECORDS, Selection())
    once = sample(places, 50, 1)
    backwards = choose(RECORDS[::-1], Selection())
    assert len(once) == 50
    assert set(sample(backwards, 50, 1)) == set(once)
    assert set(once) <= set(sample(places, 100, 1))
    assert set(sample(places, 50, 2)) != set(once)
    assert sample(places, 10_000, 1).keys() == places.keys()


def test_a_split_by_hash_is_near_its_shares_and_stays():
    part = split_by_hash((0.8, 0.1, 0.1))
    counts = Counter(part(record) for record in records(4_000) if record["revision"] == 1)
    assert counts["train"] == pytest.approx(3_200, abs=120)
    assert counts["validation"] == pytest.approx(400, abs=80)
    assert all(part(record) == part({**record, "title": "x", "revision": 9}) for record in RECORDS)


def test_a_split_by_time_divides_no_day():
    days = Counter(parse_day(record["date_published"]) for record in RECORDS)
    part = split_by_time((0.7, 0.3), days)
    parts = {}
    for record in RECORDS:
        if day := parse_day(record["date_published"]):
            parts.setdefault(part(record), set()).add(day)
    assert max(parts["train"]) < min(parts["test"])
    assert len(parts["train"]) / len(days) == pytest.approx(0.7, abs=0.05)
    assert part({"date_published": None}) == "train"
    assert split_by_time((0.5, 0.5), Counter({None: 3}))({"date_published": None}) == "train"


@pytest.mark.parametrize("text", ["", "1", "0.5,0.6", "0.5,0.5,0", "a,b", "0.25,0.25,0.25,0.25", "nan,1", "-1,2"])
def test_shares_that_are_none(text):
    with pytest.raises(UsageError, match="shares"):
        parse_shares(text)
