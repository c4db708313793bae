"""Bytes to text, as old portals send them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from malim_scraper.encoding import decode, find_encoding

RUSSIAN = "Сегодня в Алматы ожидается дождь, сообщили синоптики."
KAZAKH = "Бүгін Алматыда жаңбыр жауады, деп хабарлады синоптиктер."


@pytest.mark.parametrize(("body", "content_type", "text"), [
    (KAZAKH.encode(), None, KAZAKH),
    (KAZAKH.encode("utf-8-sig"), "text/html; charset=windows-1251", "\ufeff" + KAZAKH),
    (KAZAKH.encode("utf-16"), None, "\ufeff" + KAZAKH),
    (RUSSIAN.encode("windows-1251"), "text/html; charset=windows-1251", RUSSIAN),
    (b'<meta charset="windows-1251">' + RUSSIAN.encode("windows-1251"), None,
     '<meta charset="windows-1251">' + RUSSIAN),
    (RUSSIAN.encode("windows-1251"), None, RUSSIAN),                              # nothing declared
    (RUSSIAN.encode("windows-1251"), "text/html; charset=utf-8", RUSSIAN),        # declared wrong
    (RUSSIAN.encode("koi8-r"), "text/html; charset=koi8-r", RUSSIAN),
    (RUSSIAN.encode(), "text/html; charset=windows-1251", RUSSIAN),               # UTF-8 behind an old header
    ("Café déjà vu à Genève".encode("latin-1"), None, "Café déjà vu à Genève"),
    (b"plain", "text/html; charset=no-such-charset", "plain"),
    (b"", None, ""),
])
def test_decode(body, content_type, text):
    assert decode(body, content_type).lstrip("\ufeff") == text.lstrip("\ufeff")


def test_utf8_cut_in_a_character_stays_utf8():
    assert find_encoding((KAZAKH * 5).encode()[:-1]) == "utf-8"


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_decode_never_raises(body, content_type):
    assert isinstance(decode(body, content_type), str)
