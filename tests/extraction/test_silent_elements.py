"""Elements that print nothing: the text behind them is read once."""

import pytest

from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page


@pytest.mark.parametrize("silent", [
    "<svg><path d='M0 0'/></svg>", "<script>var a = 1;</script>", "<button>Ашу</button>", "<noscript><p>Жоқ</p></noscript>"])
def test_text_behind_a_silent_element_is_read_once(silent):
    root = parse_html(f"<body><p>Біз {silent}24 сәуірде <b>келдік</b></p></body>")
    assert root is not None
    assert [block.text for block in read_page(root, "").blocks] == ["Біз 24 сәуірде келдік"]
