"""Related items whose titles are short: their addresses tell them from topics, whatever form a portal gives them."""

import pytest

from malim_scraper import extract

TITLES = ["Синоптиктер ауа райына байланысты ескерту жасады", "TikTok мәлімдеме жасады", "Тоқаев алғыс айтты"]
PAGE = """<html lang="kk"><head><title>Жаңа саябақ күзде ашылады</title></head><body><h1>Жаңа саябақ күзде ашылады</h1>
<div>Malim Админ</div><div>19.02.2021</div>
<p>Қала әкімдігі жаңа саябақтың құрылысын биыл күзде аяқтайтынын мәлімдеді. Жұмыс көктемде басталған еді.</p>
<p>Саябақта балалар алаңы, кітапхана және велосипед жолы болады. Жоба құны екі миллиард теңгеден асады.</p>
<h3>Байланысты жаңалықтар</h3><ul>{}</ul></body></html>"""


@pytest.mark.parametrize("address", [
    "/news/{}", "/{}", "/kk/post-{}.html", "/?p={}", "/index.php?id={}", "/a{}", "/news/eskertu-{}", "/details/{}/",
    "/news/2021/2/{}/eskertu"])
@pytest.mark.parametrize("first", [7, 101, 27663])
def test_items_of_every_address_form(address, first):
    links = "".join(f'<li><a href="{address.format(first + n)}">{title}</a></li>' for n, title in enumerate(TITLES))
    article = extract(PAGE.format(links), url="https://example.kz" + address.format(1))
    assert [item.title for item in article.related] == TITLES


def test_topics_among_the_items_are_none():
    links = f'<li><a href="/news/7">{TITLES[0]}</a></li><li><a href="/sport">Спорт</a></li>'
    article = extract(PAGE.format(links), url="https://example.kz/news/1")
    assert [item.title for item in article.related] == TITLES[:1]


def test_one_item_in_a_box_whose_address_holds_the_day():
    box = '<li><a href="/news/2021/12/01/alghys">Тоқаев алғыс айтты</a></li>'
    article = extract(PAGE.format(box), url="https://example.kz/news/2021/12/12/zhana-sayabaq")
    assert [item.title for item in article.related] == ["Тоқаев алғыс айтты"]
