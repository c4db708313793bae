"""Invented records in Kazakh and Russian, the same for the same seed; no line of them was ever published."""

import hashlib
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta

KAZAKH = """
ауыл аудан қала көше мектеп мұғалім оқушы дәрігер аурухана жол көпір өзен тау дала орман бақша егін астық диқан
малшы жылқы сиыр қой нан су жарық газ жылу баспана құрылыс зауыт еңбек жалақы бюджет салық қаржы банк несие баға
нарық сауда көрме мерекеде жарыс ойын команда жеңіс ұпай бапкер спортшы кітап кітапхана театр ән күй ақын жазушы
тарих мұражай ғылым зерттеу университет студент емтихан бағдарлама жоба келісім кездесу жиналыс әкім депутат министр
комиссия заң сот полиция өрт көлік автобус пойыз ұшақ әуежай шекара саяхат қонақ ауа жаңбыр қар жел аяз күн түн таң
кеш апта ай жыл жаңа ескі үлкен шағын биік терең таза жылы суық жақсы маңызды заманауи жергілікті ұлттық ашылды
басталды аяқталды өтті келді кетті айтты жазды салынды жөнделді бекітілді қаралды қабылданды артты азайды
жоспарланды көрсетілді дайындалды тұрғындар жастар ардагерлер кәсіпкерлер мамандар ғалымдар балалар аналар көршілер
қонақтар туралы бойынша арқылы кейін бұрын дейін үшін бірге ғана тағы бүгін ертең кеше қазір жақында биыл былтыр
келесі алғашқы соңғы
"""
RUSSIAN = """
село район город улица школа учитель ученик врач больница дорога мост река гора степь лес сад поле зерно фермер
лошадь корова овца хлеб вода свет газ тепло жильё стройка завод труд зарплата бюджет налог деньги банк кредит цена
рынок торговля выставка праздник турнир игра команда победа очко тренер спортсмен книга библиотека театр песня поэт
писатель история музей наука опыт университет студент экзамен программа проект договор встреча собрание аким депутат
министр комиссия закон суд полиция пожар транспорт автобус поезд самолёт аэропорт граница поездка гость погода дождь
снег ветер мороз день ночь утро вечер неделя месяц год новый старый большой малый высокий глубокий чистый тёплый
холодный хороший важный современный местный открыли начали закончили прошёл приехал уехал сказал написал построили
отремонтировали утвердили рассмотрели приняли вырос снизился запланировали показали подготовили жители молодёжь
ветераны предприниматели специалисты учёные дети матери соседи гости около вдоль после раньше вместе только ещё
сегодня завтра вчера сейчас скоро весной осенью летом зимой первый последний следующий каждый никакой всегда иногда
почти снова затем поэтому однако
"""
WORDS = {"kk": KAZAKH.split(), "ru": RUSSIAN.split()}
NAMES = ["Асқар Нұрлан", "Дана Сәбит", "Ерлан Тұрсын", "Айгүл Мұрат", "Пётр Зимин", "Вера Лугова"]
PORTALS = ["malim", "example.kz", "news.example.org"]
SECTIONS = {"kk": ["Қоғам", "Экономика", "Спорт", "Мәдениет"], "ru": ["Общество", "Экономика", "Спорт", "Культура"]}


def sentence(rng: random.Random, language: str) -> str:
    """Return one sentence of 6 to 14 words."""
    return " ".join(rng.choices(WORDS[language], k=rng.randint(6, 14))).capitalize() + "."


def paragraphs(rng: random.Random, language: str, count: int) -> list[str]:
    """Return so many paragraphs of two to four sentences."""
    return [" ".join(sentence(rng, language) for _ in range(rng.randint(2, 4))) for _ in range(count)]


def record(number: int, *, seed: int = 1) -> dict:
    """Return the record of one number: with it go portal, language, day and everything else."""
    rng = random.Random(f"{seed}/{number}")
    language = rng.choice(["kk", "kk", "ru"])
    portal = rng.choice(PORTALS)
    day = date(2021, 1, 1) + timedelta(days=number % 1200)
    shown = rng.choice([None, day.isoformat(), f"{day}T{rng.randint(0, 23):02}:30:00+05:00", f"{day}T00:30:00+06:00"])
    texts = paragraphs(rng, language, rng.randint(3, 6))
    blocks = [{"type": "paragraph", "text": text} for text in texts]
    blocks.insert(1, {"type": "heading", "text": sentence(rng, language)[:-1]})
    url = f"https://{portal}/article/{number}-x"
    authors = rng.sample(NAMES, rng.choice([0, 1, 1, 2]))
    body = "\n\n".join(block["text"] for block in blocks)
    provenance = {"title": "json-ld", "body": "heuristic", **({"authors": "label"} if authors else {})}
    return {
        "id": hashlib.sha256(url.encode()).hexdigest()[:16], "url": url + "?utm_source=feed", "canonical_url": url,
        "portal": portal, "title": sentence(rng, language)[:-1], "authors": authors, "date_published": shown,
        "date_published_raw": shown and day.strftime("%d.%m.%Y"), "date_modified": None,
        "lead": rng.choice([None, texts[0][:120]]), "body": body, "blocks": blocks,
        "section": rng.choice([None, *SECTIONS[language]]), "tags": rng.sample(WORDS[language], rng.randint(0, 3)),
        "images": [{"url": f"https://{portal}/images/{number}.jpg", "caption": None}],
        "related": [{"title": "Байланысты", "url": f"https://{portal}/article/{other}-x", "summary": None,
                     "date_published": "2021-02-19", "date_published_raw": "19.02.2021"}
                    for other in (number + 1, number + 2)],
        "language": language, "free_access": rng.choice([None, True]), "revision": 1,
        "content_hash": hashlib.sha256(body.encode()).hexdigest()[:16], "first_seen_at": "2024-05-01T04:00:00Z",
        "crawled_at": "2024-05-01T04:00:00Z", "provenance": provenance, "warnings": [] if authors else ["no-author"],
    }


def records(count: int, *, seed: int = 1) -> Iterator[dict]:
    """Yield so many records; every seventh comes again as a second revision with another title."""
    for number in range(count):
        first = record(number, seed=seed)
        yield first
        if number % 7 == 3:
            title = first["title"] + " (жаңартылды)"
            yield {**first, "title": title, "revision": 2, "crawled_at": "2024-05-02T04:00:00Z"}


def near_copy(text: str, rng: random.Random, language: str, *, changed: float) -> str:
    """Return the text as another portal repeats it: some words replaced, an opening and a credit of its own."""
    words = text.split(" ")
    for place in rng.sample(range(len(words)), round(len(words) * changed)):
        words[place] = rng.choice(WORDS[language])
    return " ".join(itertools.chain(["Астана."], words, ["Фото:", rng.choice(NAMES)]))


def planted(count: int, rng: random.Random) -> tuple[list[dict], dict[str, str]]:
    """Return articles of which some repeat others, shuffled, and for each copy the id of its original."""
    articles: list[dict] = []
    copies: dict[str, str] = {}
    background = {language: paragraphs(rng, language, 20) for language in WORDS}
    while len(articles) < count:
        language, day = rng.choice(["kk", "ru"]), date(2023, 1, 1) + timedelta(days=rng.randint(0, 300))
        kind = rng.random()
        texts = paragraphs(rng, language, rng.randint(3, 7))
        if kind < 0.1:
            texts.append(rng.choice(background[language]))  # what every article on the matter repeats
        elif kind < 0.15:
            texts = [_report(rng, language, day)]
        original = _planted(len(articles), texts, language, day)
        articles.append(original)
        if kind > 0.8:
            for _ in range(rng.randint(1, 3)):
                kept = texts[:-1] if len(texts) > 4 and rng.random() < 0.3 else texts
                text = near_copy("\n\n".join(kept), rng, language, changed=rng.choice([0, 0.02, 0.05, 0.1]))
                articles.append(_planted(len(articles), [text], language, day + timedelta(days=1)))
                copies[articles[-1]["id"]] = original["id"]
    rng.shuffle(articles)
    return articles, copies


def _report(rng: random.Random, language: str, day: date) -> str:
    """Return the text of a daily report: the same words every day, other numbers."""
    towns = ("Алматы", "Астана", "Шымкент", "Ақтөбе", "Тараз", "Орал", "Семей", "Қостанай")
    line = "{} қаласында күндіз {} градус, түнде {} градус, желдің жылдамдығы секундына {} метр болады."
    if language == "ru":
        line = "В городе {} днём ожидается {} градусов, ночью {} градусов, скорость ветра до {} метров в секунду."
    head = day.strftime("%d.%m.%Y")
    return " ".join([head, *(line.format(town, *rng.choices(range(60), k=3)) for town in towns)])


def _planted(number: int, texts: list[str], language: str, day: date) -> dict:
    return {"id": f"{number:08}", "url": f"https://example.kz/{number}", "portal": "example.kz", "title": "Тақырып",
            "language": language, "date_published": day.isoformat(), "body": "\n\n".join(texts)}
