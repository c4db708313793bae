"""Articles and pages that are none: all invented, in the builds that portals use."""

from __future__ import annotations

import pytest

from malim_scraper.extraction.articlehood import is_article
from malim_scraper.extraction.body import choose_body, find_body
from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

KK = ("Қала әкімдігі жаңа көпірдің құрылысы келесі жылы аяқталатынын хабарлады. "
      "Жоба аясында екі жағалау қосылып, "
      "көлік кептелісі азаяды деп күтілуде, деді баспасөз қызметі. "
      "Жұмысқа жүзден астам маман тартылған.")
RU = ("Городские власти сообщили, что строительство нового моста завершат в следующем году. Проект соединит два берега "
      "и уменьшит заторы, рассказали в пресс-службе. К работам привлекли более ста специалистов.")
EN = ("The city said that the new bridge will be finished next year. The project joins both banks of the river and is "
      "expected to ease traffic, a spokeswoman said. More than a hundred people work on the site.")
TITLES = {
    "kk": ["Жаңа көпір құрылысы қарқын алды", "Мектептер сабақты кеш бастайды", "Астықты жинау науқаны аяқталды",
           "Қалада кітап көрмесі ашылды", "Дәрігерлер тұмау туралы ескертті", "Саябаққа мың ағаш отырғызылды",
           "Жас спортшылар жүлдемен оралды", "Көлдегі су деңгейі көтерілді"],
    "ru": ["Строительство нового моста ускорили", "Школы начнут занятия позже обычного",
           "Уборка зерновых завершена в области", "В городе открылась книжная выставка",
           "Врачи предупредили о волне гриппа", "В парке высадили тысячу деревьев",
           "Юные спортсмены вернулись с медалями", "Уровень воды в озере поднялся"],
    "en": ["Work on the new bridge speeds up", "Schools will start later than usual",
           "The harvest is over in the region", "A book fair opens in the city", "Doctors warn of a wave of flu",
           "A thousand trees planted in the park",
           "Young athletes come home with medals", "The lake's water level has risen"],
}
TEXTS = {"kk": KK, "ru": RU, "en": EN}
HOST = "https://portal.example"


def document(body: str, title: str = "Портал", head: str = "") -> str:
    names = ("saiasat", "ekonomika", "qogam", "sport", "madeniet")
    menu = "".join(f'<li><a href="/{name}/">{name}</a></li>' for name in names)
    return (f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>"
            f"<header><ul>{menu}</ul></header><div id='c'>{body}</div>"
            "<footer>© 2024 Портал. Барлық құқықтар қорғалған.</footer></body></html>")


def cards(language: str, form: str, count: int = 8) -> str:
    text = TEXTS[language]
    return "".join(form.format(title=title, text=f"{title}: {text}", short=f"{title}: {text}"[:90],
                               href=f"/news/{1000 + number}-slug/", date=f"{10 + number}.03.2024")
                   for number, title in enumerate(TITLES[language][:count]))


def article(language: str, paragraphs: int = 4, before: str = "", after: str = "", head: str = "") -> str:
    title = TITLES[language][0]
    text = "".join(f"<p>{TITLES[language][number]}. {TEXTS[language]}</p>" for number in range(paragraphs))
    return document(f"<h1>{title}</h1>{before}<div>{text}</div>{after}", f"{title} | Портал", head)


def judged(html: str, url: str) -> bool:
    root = parse_html(html)
    assert root is not None
    page = read_page(root, url)
    body = choose_body(list(find_body(page)))
    return is_article(page, body.value if body is not None else [])


CARD = '<div class="item"><h3><a href="{href}">{title}</a></h3><span class="date">{date}</span><p>{text}</p></div>'
ARTICLE_CARD = '<article><h2><a href="{href}">{title}</a></h2><p>{text}</p><a href="{href}">Толығырақ</a></article>'
WHOLE_LINK = '<a class="card" href="{href}"><h3>{title}</h3><p>{text}</p></a>'
ROW = '<tr><td>{date}</td><td><a href="{href}">{title}</a><br>{text}</td></tr>'
LINE = '<li><time>{date}</time> <a href="{href}">{title}</a></li>'
FLAT = '<h2><a href="{href}">{title}</a></h2><p>{text}</p>'
BARE = '<div><a href="{href}">{title}</a></div><div>{short}…</div><div>{date}</div>'
MORE = '<div class="n"><b><a href="{href}">{title}</a></b><br>{text} <a href="{href}">далее</a></div>'

ERROR_TEXT = "<p>К сожалению, такой страницы нет. Возможно, она удалена.</p>"
FORM = ("<form><label>Пошта</label><input><label>Құпиясөз</label><input type=password><button>Кіру</button></form>"
        "<p>Тіркелмегенсіз бе? Тіркеліңіз.</p>")
OG_ARTICLE = '<meta property="og:type" content="article">'
OG_WEBSITE = '<meta property="og:type" content="website">'
WAIT = "Just a moment..."

NO_ARTICLES = [
    ("front page, long teasers", "/", document(cards("kk", CARD))),
    ("front page under a language", "/ru/", document(cards("ru", CARD))),
    ("front page without its address", "", document(cards("ru", CARD), "Портал: новости области")),
    ("section of articles", "/saiasat/", document("<h1>Саясат</h1>" + cards("kk", ARTICLE_CARD), "Саясат | Портал")),
    ("section, cards that are links", "/news/", document("<h1>Жаңалықтар</h1>" + cards("kk", WHOLE_LINK))),
    ("section in a table", "/politika/", document("<h1>Политика</h1><table>" + cards("ru", ROW) + "</table>")),
    ("section, headings in one box", "/economy/", document("<h1>Economy</h1>" + cards("en", FLAT))),
    ("section of div soup", "/qogam/", document("<h1>Қоғам</h1>" + cards("kk", BARE))),
    ("section with links to more", "/obshchestvo/", document("<h1>Общество</h1>" + cards("ru", MORE))),
    ("list of titles", "/lenta/", document("<h1>Лента новостей</h1><ul>" + cards("ru", LINE) + "</ul>")),
    ("second page of a list", "/news/page/2/", document("<h1>News</h1>" + cards("en", CARD))),
    ("months on a shelf", "/archives/201203", document(f"<h1>March 2012</h1><p>{EN}</p>")),
    ("author's page, long name", "/author/anna-of-the-green-hill", document(f"<h1>Anna of the Hill</h1><p>{EN}</p>")),
    ("tag page", "/tag/kopir/", document("<h1>Тег: көпір</h1>" + cards("kk", CARD, 4), "көпір | Портал")),
    ("author page", "/author/asqar-nur/", document("<h1>Асқар Нұр</h1>" + cards("kk", CARD, 5))),
    ("search results", "/search/?q=мост", document("<h1>Результаты поиска: мост</h1>" + cards("ru", CARD, 4))),
    ("empty search", "/?s=nothing", document("<h1>Search results for: nothing</h1><p>Nothing matched it.</p>")),
    ("log in", "/login", document(f"<h1>Кіру</h1>{FORM}")),
    ("about", "/about/", document(f"<h1>Біз туралы</h1><p>{KK}</p><p>Тағы: {KK}</p>", "Біз туралы | Портал")),
    ("about, no telling address", "/p/17", document(f"<h1>О нас</h1><p>{RU}</p>", "О нас — Портал", OG_WEBSITE)),
    ("contacts", "/contacts.html", document(f"<h1>Контакты</h1><p>Адрес: Центральная, 1. 00-00-00</p><p>{RU}</p>")),
    ("contacts declared an article", "/bailanys/", document(f"<h1>Байланыс</h1><p>{KK}</p>", "Байланыс", OG_ARTICLE)),
    ("not found, status 200", "/news/12345-slug/", document(
        f"<h1>Страница не найдена</h1>{ERROR_TEXT}<h2>Последние новости</h2>{cards('ru', LINE)}")),
    ("not found, kk", "/article/99999", document("<h1>404</h1><p>Бет табылмады. Басты бетке оралыңыз.</p>")),
    ("not found, by its title", "/story/1", document("<div>We looked everywhere and cannot find it.</div>",
                                                     "Page not found | Portal")),
    ("for subscribers", "/news/31-zhana-kopir-turaly/", document(
        f"<main><h1>Жазылушыларға арналған</h1><p>{KK}</p><form><input name=u><input type=password></form></main>")),
    ("privacy policy", "/privacy-policy", document(f"<h1>Privacy policy</h1><p>{EN}</p><p>Also: {EN}</p>")),
    ("empty", "/news/1/", "<html><body></body></html>"),
    ("no text", "/news/1-slug/", document("")),
    ("check for robots", "/news/77-long-slug/", document(f"<h1>{WAIT}</h1><p>Checking your browser.</p>", WAIT)),
]

NOTICE = "<p>Қала тұрғындары салтанатты рәсімге шақырылады, кіру тегін.</p>"
PHOTOS = ("<p>На площади работают сорок издательств, вход свободный до вечера воскресенья.</p>"
          + "<figure><img src='/i/1.jpg'><figcaption>Фото: редакция</figcaption></figure>" * 6)
SIDEBAR = "<aside><h2>Последние новости</h2>" + cards("ru", CARD) + "</aside>"
SOURCED = "".join(f"<p>{title}. {EN} <a href='https://other.example/{title[:3]}'>A source of this</a></p>"
                  for title in TITLES["en"][:5])
BRIDGES = "".join(f"<h2><a href='https://shop.example/{title[:3]}'>{title}</a></h2><p>{title}. {EN}</p>"
                  for title in TITLES["en"][:5])

ARTICLES = [
    ("plain", "/news/27663-zhana-kopir/", article("kk")),
    ("login in the frame", "/news/27663-zhana-kopir/",
     article("kk").replace("<body>", "<body><form action=/login><input name=u><input type=password></form>")),
    ("no date, no metadata", "/article/27663", article("ru", 3)),
    ("no address", "", article("en")),
    ("one long paragraph", "/news/5-novyi-most/", article("ru", 1)),
    ("short notice", "/news/100200", document(f"<h1>Жаңа көпір жексенбіде ашылады</h1><i>12.03.2024</i>{NOTICE}")),
    ("photo story with a lead", "/foto/312-yarmarka", document(f"<h1>Книжная ярмарка: фоторепортаж</h1>{PHOTOS}")),
    ("long sidebar of teasers", "/news/27663-slug-of-it/", article("ru", 3, after=SIDEBAR)),
    ("related teasers with summaries", "/news/1-work-on-the-bridge/", article(
        "en", 4, after="<div><h3>Related</h3>" + cards("en", CARD, 6) + "</div>")),
    ("short text, long list", "/news/8812-slug-slug/", article(
        "ru", 1, before="<span>12.03.2024</span>", after="<div>" + cards("ru", LINE) + "</div>")),
    ("links to sources", "/story/88-how-it-went", document(f"<h1>{TITLES['en'][0]}</h1>{SOURCED}")),
    ("linked sub-headings", "/list/9-five-bridges", document(
        f"<h1>Five bridges that you should see this year</h1>{BRIDGES}", head=OG_ARTICLE)),
    ("post on a shelf, by its number", "/archives/4711", article("en", 2)),
    ("post on a shelf, by its name", "/results/how-the-old-bridge-was-saved", article("en", 2)),
    ("no headline, window title", "/node/12", document(
        f"<div><a href='/'>Портал</a></div><p>{RU}</p><p>Ранее: {RU}</p>", f"{TITLES['ru'][0]} | Портал")),
    ("headline about an error", "/news/4-page", document(
        f"<h1>Ошибка в расчётах моста стоила городу миллиард</h1><p>{RU}</p><p>Ранее: {RU}</p>")),
]


@pytest.mark.parametrize(("url", "html"), [row[1:] for row in NO_ARTICLES], ids=[row[0] for row in NO_ARTICLES])
def test_no_article(url: str, html: str) -> None:
    assert not judged(html, HOST + url if url else "")


@pytest.mark.parametrize(("url", "html"), [row[1:] for row in ARTICLES], ids=[row[0] for row in ARTICLES])
def test_article(url: str, html: str) -> None:
    assert judged(html, HOST + url if url else "")
