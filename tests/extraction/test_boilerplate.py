"""Lines that portals print into their articles."""

import pytest

from malim_scraper.extraction.boilerplate import is_boilerplate
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

LINE = "<p>{}</p>"
LINK = "<p>{} <a href='/a/1'>Көпір келесі жылы ашылады</a></p>"


@pytest.mark.parametrize(("html", "expected"), [
    (LINE.format("Telegram-арнамызға жазылыңыз!"), True),
    (LINE.format("Жаңалықты бірінші біліңіз – арнамызға жазылыңыз"), True),
    (LINE.format("Подписывайтесь на наш Telegram-канал"), True),
    (LINE.format("Материалды көшіріп басқанда сілтеме беру міндетті."), True),
    (LINE.format("Нашли ошибку? Выделите её и нажмите Ctrl+Enter"), True),
    (LINE.format("Telegram каналимизга обуна бўлинг"), True),
    (LINK.format("Оқи отырыңыз:"), True),
    (LINK.format("Читайте также:"), True),
    (LINK.format("Сондай-ақ оқыңыз"), True),
    (LINE.format("Фото: Асқар Нұр"), True),
    (LINE.format("Сурет: pixabay.com"), True),
    (LINE.format("Қаралды: 1 208"), True),
    (LINE.format("312 рет көрсетілді"), True),
    (LINE.format("3 мин. на чтение"), True),
    (LINE.format("Сурет көрмесі келесі аптада ашылады."), False),
    (LINE.format("Фото и видео с места событий: их сделали жители соседних домов."), False),
    (LINE.format("Подписывать договор пока не стали."), False),
    (LINE.format("Көшеде 312 машина тұрды"), False),
    (LINE.format("Рейтинг вырос на 12 пунктов за год"), False),
    (LINK.format("Бұл туралы былтыр жазғанбыз, енді"), False),
])
def test_line(html, expected):
    page = read_page(parse_html(html), "https://example.kz/a/2")
    assert is_boilerplate(page.blocks[0]) is expected
