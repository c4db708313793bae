"""Lines at the edges of a body that are no text of it."""

import pytest

from malim_scraper.extraction.edges import is_signature, without_edges
from malim_scraper.items import Block, RelatedItem

TEXT = "Аудан орталығындағы көпір күзге дейін жөнделеді, оған дейін көлік айналма жолмен жүреді."
OTHER = RelatedItem("Жаңа көпір ашылды", "https://example.kz/2", summary="Құрылыс екі жылға созылды.")


@pytest.mark.parametrize(("text", "expected"), [
    ("Асқар Нұр", True),
    ("• 19.02.2021", True),
    ("Асқар Нұр • 24 сәуір 2024, 12:30", True),
    ("Автор: Асқар Нұр", True),
    ("Фото и текст: Асқар Нұр", True),
    ("Жарияланды: 24.04.2024", True),
    ("Асқар Нұр, тілші болып жиырма жыл істеген", False),
    ("Жиын 24.04.2024 күні өтеді", False),
    ("Айтты: жоқ", False),
    ("", False),
])
def test_is_signature(text, expected):
    assert is_signature(text, ["Асқар Нұр"]) is expected


@pytest.mark.parametrize(("before", "behind"), [
    ([("paragraph", "Асқар Нұр"), ("list_item", "24.04.2024")], []),
    ([], [("paragraph", "Асқар Нұр")]),
    ([], [("heading", "MalimBlocks"), ("paragraph", OTHER.title), ("paragraph", OTHER.summary)]),
    ([], [("paragraph", "24.04.2024"), ("heading", "Тағы"), ("heading", OTHER.title)]),
    ([], [("heading", "MalimBlocks")]),
])
def test_edges_are_left_out(before, behind):
    blocks = [Block(*block) for block in (*before, ("paragraph", TEXT), *behind)]
    assert without_edges(blocks, authors=["Асқар Нұр"], related=[OTHER]) == [Block("paragraph", TEXT)]


def test_a_body_of_nothing_else_stays():
    blocks = [Block("paragraph", "24.04.2024")]
    assert without_edges(blocks) == blocks


def test_what_stands_in_the_middle_stays():
    blocks = [Block("paragraph", TEXT)] * 5 + [Block("heading", "24.04.2024")] + [Block("paragraph", TEXT)] * 5
    assert without_edges(blocks) == blocks
