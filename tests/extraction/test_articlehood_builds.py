"""Articles and pages that are none, in builds that are easily taken for the other: all invented."""

from __future__ import annotations

import pytest

from malim_scraper import extract
from tests.extraction.test_articlehood import ARTICLE_CARD, CARD, EN, FLAT, HOST, KK, LINE, RU, TITLES, cards, document

SENTENCE = "Видеода жаңа көпірдің үстінен түскен көрініс көрсетілген, оны тұрғындар ұсынды."
LEAD_STORY = "".join(f"<p>{title}. {RU}</p>" for title in TITLES["ru"][:2])
PROMO = "<div class='subscribe'><h3>Подписывайтесь на наш Telegram-канал</h3><p>Новости без задержки.</p></div>"
COMMENTS = "".join(f"<div class='comment'><b>Читатель {n}</b><p>{RU[:120]} Согласен с автором.</p></div>"
                   for n in range(6))
LAW = "".join(f"<p>{n}. Пользователь обязуется соблюдать правила сайта, а владелец сайта вправе изменить настоящие "
              "правила без уведомления и не несёт ответственности за содержание сообщений.</p>" for n in range(1, 9))
GALLERY = "".join(f"<figure><img src='/i/{n}.jpg' width=800><figcaption>Кадр {n}. Фото: Нұр Асқар</figcaption></figure>"
                  for n in range(12))


def _titled(title: str, body: str, head: str = "", site: str = " | Портал") -> str:
    return document(f"<h1>{title}</h1>{body}", title + site, head)


ARTICLES = [
    ("number as of an error", "/news/8-sayabaq", _titled("Нөмірі 404 саябақ ашылды", f"<p>{KK}</p><p>Тағы: {KK}</p>")),
    ("begins with 404", "/news/9-mektep", _titled("404 мектеп жөнделеді", f"<p>{KK}</p><p>Тағы: {KK}</p>")),
    ("begins with 500", "/news/10-stories", _titled("500 trees for the new park", f"<p>{EN}</p><p>And: {EN}</p>")),
    ("ends with 404", "/news/11-marshrut", _titled("На линию вышел маршрут 404", f"<p>{RU}</p><p>Ещё: {RU}</p>")),
    ("one paragraph, long list of related", "/news/12-koripr-turaly-habar", _titled(
        TITLES["kk"][0], f"<span>12.03.2024</span><p>{KK}</p><h3>Оқи отырыңыз</h3>" + cards("kk", CARD))),
    ("one paragraph, list without a label", "/news/13-most-otkryli-vchera", _titled(
        TITLES["ru"][0], f"<time>12.03.2024</time><p>{RU}</p><div>" + cards("ru", LINE) + "</div>")),
    ("gallery with a paragraph", "/foto/14-kniga", _titled("Қалада кітап көрмесі ашылды", f"<p>{KK}</p>{GALLERY}")),
    ("press release", "/press/15-release", _titled(
        "Пресс-релиз: банк открыл новое отделение", f"<p>{RU}</p><p>Ещё: {RU}</p><p>Контакты для СМИ: +7 000 00</p>")),
    ("video with a sentence", "/video/16-kopir-kadrlar-video", _titled(
        "Жаңа көпірдің үстінен түсірілген кадрлар", f"<i>12.03.2024</i><iframe src='/v'></iframe><p>{SENTENCE}</p>")),
    ("promotion in the middle", "/news/17-most", _titled(TITLES["ru"][0], f"<p>{RU}</p>{PROMO}<p>Ещё: {RU}</p>")),
    ("long comments", "/news/18-novyi-most-v-gorode", _titled(
        TITLES["ru"][0], f"<i>12.03.2024</i><p>{RU}</p><div class='comments'>{COMMENTS}</div>")),
    ("interview", "/suhbat/19", _titled("Асқар Нұр: Көпір бәрімізге керек", "".join(
        f"<p><b>– Қашан аяқталады?</b></p><p>– {title}. {KK}</p>" for title in TITLES["kk"][:4]))),
    ("numbered list", "/lists/20", _titled("Пять причин увидеть новый мост", "".join(
        f"<h2>{n}. {title}</h2><p>{RU}</p>" for n, title in enumerate(TITLES["ru"][:5], 1)))),
    ("about a search", "/news/21", _titled("Поиск пропавшего рыбака продолжается", f"<p>{RU}</p><p>Ещё: {RU}</p>")),
    ("about an archive", "/news/22", _titled("Архив города пополнили письма", f"<p>{RU}</p><p>Ещё: {RU}</p>")),
    ("in a table, with br", "/index.php?newsid=23", document(
        f"<table><tr><td><b>{TITLES['ru'][0]}</b><br>12.03.2012<br><br>{RU}<br><br>Ранее: {RU}<br></td></tr></table>",
        f"{TITLES['ru'][0]} » Портал")),
    ("two teasers of related articles", "/news/24-most", _titled(
        TITLES["en"][0], f"<article><p>{EN}</p><p>Also: {EN}</p></article>" + cards("en", ARTICLE_CARD, 2))),
    ("job, as news", "/news/25", _titled("На завод требуются двести рабочих", f"<p>{RU}</p><p>Ещё: {RU}</p>")),
    ("opinion under a name", "/blogs/26-nur", _titled(
        "Неге біз көпір саламыз", f"<a href='/author/nur'>Асқар Нұр</a><p>{KK}</p><p>Тағы: {KK}</p>")),
    ("weather, short", "/news/27-aua-raiy-bolzhamy", _titled(
        "Бейсенбіде ауа райы қандай болады", f"<i>12.03.2024</i><p>{KK[:160]}.</p>")),
]

NO_ARTICLES = [
    ("front page with a long lead story", "/", document(
        f"<h2><a href='/news/1-slug'>{TITLES['ru'][0]}</a></h2>{LEAD_STORY}" + cards("ru", CARD))),
    ("front page of one story", "/", document(f"<h1><a href='/news/1-s'>{TITLES['ru'][0]}</a></h1>{LEAD_STORY}")),
    ("tag page with an introduction", "/tag/most/", _titled("Тег: мост", f"<p>{RU}</p>" + cards("ru", CARD))),
    ("section with an introduction", "/kultura/", _titled("Культура", f"<p>{RU}</p>" + cards("ru", FLAT))),
    ("second page", "/news/?page=2", _titled("Новости — страница 2", cards("ru", CARD))),
    ("two teasers", "/sport/", _titled("Спорт", cards("kk", ARTICLE_CARD, 2))),
    ("rules with a date", "/pravila/", _titled("Правила сайта", f"<p>Редакция от 12.03.2024</p>{LAW}")),
    ("agreement", "/agreement", _titled("Пользовательское соглашение", LAW)),
    ("contacts with running text", "/redaktsia/", _titled("Контакты", f"<p>{RU}</p><p>12.03.2024</p><p>Ещё: {RU}</p>")),
    ("job offer", "/jobs/17-editor", _titled("Вакансии", f"<h2>Редактор</h2><p>{RU}</p><p>{RU[:80]}</p>")),
    ("comments alone", "/comments/27663", document(f"<h3>Пікірлер</h3>{COMMENTS}", "Пікірлер | Портал")),
    ("archive of a day", "/archive/2024/03/12/", _titled("Архив за 12 марта 2024", cards("ru", LINE))),
    ("poll", "/polls/3", document("<h3>Опрос</h3><form><label><input type=radio>Да</label></form>", "Опрос | Портал")),
    ("video list", "/video/", _titled("Видео", cards("ru", CARD))),
    ("weather service", "/pogoda/", _titled("Погода", "<table>" + "<tr><td>Астана</td><td>+5</td></tr>" * 20
                                            + "</table>")),
    ("exchange rates", "/kurs/", _titled("Курс валют", "<table>" + "<tr><td>USD</td><td>450</td></tr>" * 10
                                         + "</table>")),
    ("author's page with a life", "/author/nur/", _titled("Асқар Нұр", f"<p>{KK}</p>" + cards("kk", CARD, 6))),
    ("advertising rates", "/reklama/", _titled("Реклама на сайте", f"<p>{RU}</p><p>Ещё: {RU}</p>")),
    ("gone, with latest news", "/news/31-gone", _titled(
        "404", "<p>Бет табылмады.</p><h2>Соңғы жаңалықтар</h2>" + cards("kk", CARD, 4))),
    ("no such page, status 200", "/news/32-gone", _titled(
        "404 страница не найдена", f"<p>{RU}</p>" + cards("ru", LINE))),
]


@pytest.mark.parametrize(("url", "html"), [row[1:] for row in NO_ARTICLES], ids=[row[0] for row in NO_ARTICLES])
def test_no_article(url: str, html: str) -> None:
    assert extract(html, url=HOST + url) is None


@pytest.mark.parametrize(("url", "html"), [row[1:] for row in ARTICLES], ids=[row[0] for row in ARTICLES])
def test_article(url: str, html: str) -> None:
    assert extract(html, url=HOST + url) is not None
