"""Exact and near duplicates."""

import csv
import random
import sys

import pytest
from invented import near_copy, paragraphs, planted

from malim_scraper.errors import MalimError, UsageError
from malim_scraper.export import Request, Selection, export
from malim_scraper.export.duplicates import find_duplicates
from malim_scraper.export.records import Choice, Split

pytest.importorskip("rensa", reason="finding duplicates needs the extra 'duplicates'")

RNG = random.Random(3)
TEXT = "\n\n".join(paragraphs(RNG, "kk", 5))
OTHER = "\n\n".join(paragraphs(RNG, "kk", 5))
RATES = ("{} мамырға валюта бағамы: доллар {} теңге, еуро {} теңге, рубль {} теңге, юань {} теңге болды деп хабарлайды "
         "ұлттық банк, бұл туралы мекеменің ресми сайтында жазылған, толық тізім сайтта")


def article(ident, body, day="2024-05-02"):
    return {"id": ident, "body": body, "date_published": day, "title": "Т", "portal": "p", "canonical_url": "https://x/"}


def pairs(*records):
    return {(one.id, one.kept, one.exact) for one in find_duplicates(records)}


@pytest.mark.parametrize(("records", "found"), [
    ([article("a", TEXT), article("b", OTHER)], set()),
    ([article("a", TEXT), article("b", TEXT)], {("b", "a", True)}),
    ([article("a", TEXT), article("b", TEXT.upper().replace(".", " !"))], {("b", "a", True)}),
    ([article("a", TEXT), article("b", TEXT, "2024-05-01")], {("a", "b", True)}),               # the first one stays
    ([article("a", TEXT, None), article("b", TEXT)], {("a", "b", True)}),                       # the dated one stays
    ([article("a", TEXT), article("b", TEXT, "2024-05-02T23:00:00+05:00")], {("a", "b", True)}),
    ([article("a", TEXT), article("b", near_copy(TEXT, RNG, "kk", changed=0.1))], {("a", "b", False)}),
    ([article("a", ""), article("b", "")], set()),
    ([article("a", "Бейне"), article("b", "бейне.")], {("b", "a", True)}),
    ([article("a", RATES.format(1, 450, 490, 5, 62)), article("b", RATES.format(2, 451, 491, 6, 63))], set()),
    ([article("a", TEXT), article("b", TEXT), article("c", near_copy(TEXT, RNG, "kk", changed=0), "2024-05-03")],
     {("b", "a", True), ("c", "a", False)}),
])
def test_which_repeats_which(records, found):
    assert pairs(*records) == pairs(*records[::-1]) == found


def test_planted_copies_are_found():
    records, copies = planted(4_000, random.Random(1))
    found = find_duplicates(records)
    right = [one for one in found if copies.get(one.id) == one.kept]
    assert len(right) / len(copies) >= 0.95
    assert len(right) / len(found) >= 0.99


def test_an_export_without_duplicates_lists_them_beside(tmp_path, write_dataset):
    folder = tmp_path / "d"
    write_dataset(folder, [article("a", TEXT), article("b", TEXT), article("c", OTHER)])
    export(Request(folder, str(tmp_path / "m.csv"), selection=Selection(dedup=True), fields=("id",)))
    assert (tmp_path / "m.csv").read_text("utf-8-sig").split() == ["id", "a", "c"]
    with (tmp_path / "m.duplicates.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["id"], row["kept_id"], row["similarity"]) for row in csv.DictReader(file)] == [("b", "a", "1.0")]


def test_revisions_are_no_duplicates(tmp_path):
    with pytest.raises(UsageError, match="--dedup"):
        Choice.make(tmp_path, Selection(dedup=True, all_revisions=True), Split())


def test_a_missing_library_is_one_line(monkeypatch):
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(MalimError, match=r"pip install 'malim_scraper\[duplicates\]'"):
        find_duplicates([article("a", TEXT)])
