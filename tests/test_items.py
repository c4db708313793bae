"""The record: keys, order, and the way back."""

import json

import pytest
from itemadapter import ItemAdapter

from malim_scraper import Article
from malim_scraper.items import Block, Image, RelatedItem

KEYS = [
    "id", "url", "canonical_url", "portal", "title", "authors", "date_published", "date_published_raw", "date_modified",
    "lead", "body", "blocks", "section", "tags", "images", "related", "language", "free_access", "revision",
    "content_hash", "first_seen_at", "crawled_at", "provenance", "warnings",
]


def article():
    return Article(
        id="a1", url="https://example.kz/1?utm_source=x", canonical_url="https://example.kz/1", portal="example",
        title="Тақырып", authors=["Асқар Нұр"], body="Мәтін", blocks=[Block("paragraph", "Мәтін")],
        images=[Image("https://example.kz/1.jpg", "Сурет")], related=[RelatedItem("Басқа", "https://example.kz/2")])


def test_keys_stand_in_record_order():
    assert list(article().to_dict()) == KEYS


def test_record_survives_json():
    assert Article.from_dict(json.loads(json.dumps(article().to_dict()))) == article()


def test_unknown_key_is_an_error():
    with pytest.raises(TypeError, match="titel"):
        Article.from_dict({**article().to_dict(), "titel": "x"})
    with pytest.raises(KeyError):
        ItemAdapter(article())["titel"] = "x"
