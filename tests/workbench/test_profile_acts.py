"""A profile mends what extraction reads wrongly, and steers a crawl."""

import subprocess
import sys

import pytest

from malim_scraper.extraction import explain, extract
from malim_scraper.profiles import SELECTABLE, Portal
from tests.tiny_portal import article_page, listing_page, records

TEXT = [f"Бұл {number} абзац ауылдағы жаңа кітапхананың ашылуы, оған келген оқырмандар мен қызметкерлер туралы әңгіме."
        for number in ("бірінші", "екінші", "үшінші", "төртінші")]
ADVICE = [f"Кеңес {number}: тоңазытқыш сатып алғанда оның көлемін, шуын тексеріп, бағасын басқалармен салыстырыңыз."
          for number in range(1, 9)]
# The text of a seller is longer than the article's, the headline is the site's slogan, the date that of the printing.
PAGE = f"""<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>Айна газеті</title>
<meta property="article:published_time" content="2024-05-01T00:00:00Z"></head><body>
<h1>Айна: елдің тынысы, ауылдың үні, оқырманның досы</h1>
<div class="c7"><div class="x1">Ауылда кітапхана ашылды</div><div class="x2">Ерлан Сәт</div>
<div class="x3">17.04.2024</div>
<div class="x9">Мәдениет</div><div class="x8"><i>кітап</i><i>ауыл</i></div><img class="x7" src="/big.jpg">
<div class="x5">{"<br><br>".join(TEXT)}</div></div>
<div class="zz">{"".join(f"<p>{text}</p>" for text in ADVICE)}</div>
<div class="qq"><a href="/n/2"><b>Мұғалімдер байқауы қалада өтті</b></a>
<a href="/n/3"><b>Көктемгі тасқын жолды шайып кетті</b></a></div>
</body></html>"""
SELECTORS = {
    "title": ".x1", "authors": ".x2::text", "date_published": "//div[@class='x3']", "body": ".x5", "section": ".x9",
    "tags": ".x8 i", "images": ".x7::attr(src)", "related": ".qq", "lead": ".nowhere",
}
URL = "https://aina.example/n/1"
PROFILE = Portal("aina", hosts=("aina.example",), timezone="Asia/Almaty", selectors=SELECTORS)


def test_without_a_profile_the_page_is_read_wrongly():
    article = extract(PAGE, url=URL)
    assert article is None or article.title != "Ауылда кітапхана ашылды"


@pytest.mark.parametrize(("field", "expected"), [
    ("title", "Ауылда кітапхана ашылды"), ("authors", ["Ерлан Сәт"]), ("date_published", "2024-04-17"),
    ("body", "\n\n".join(TEXT)), ("section", "Мәдениет"), ("tags", ["кітап", "ауыл"]),
])
def test_selectors_mend_it(field, expected):
    article = extract(PAGE, url=URL, portal=PROFILE)
    assert getattr(article, field) == expected
    assert article.provenance[field] == "profile"


def test_selectors_of_images_and_related_items():
    article = extract(PAGE, url=URL, portal=PROFILE)
    assert [image.url for image in article.images] == ["https://aina.example/big.jpg"]
    assert [(item.title, item.url) for item in article.related] == [
        ("Мұғалімдер байқауы қалада өтті", "https://aina.example/n/2"),
        ("Көктемгі тасқын жолды шайып кетті", "https://aina.example/n/3")]


def test_a_selector_that_finds_nothing_falls_back_and_is_told():
    article = extract(PAGE, url=URL, portal=Portal("aina", selectors={**SELECTORS, "title": ".gone"}))
    assert article.title == "Айна: елдің тынысы, ауылдың үні, оқырманның досы"
    assert {"selector-missed:title", "selector-missed:lead"} <= set(article.warnings)
    assert "selector-missed:body" not in article.warnings


@pytest.mark.parametrize("field", SELECTABLE)
def test_every_selectable_field_takes_what_is_selected(field):
    html = article_page(1, foot='<div class="own" title="true">'
                                '<i>02.02.2022</i><a href="/news/own-one">Өз тақырыбы кең ашылған мақала</a></div>')
    selector = {"free_access": ".own::attr(title)", "canonical_url": ".own a::attr(href)",
                "images": ".own a::attr(href)",
                "related": ".own", "body": "article",
                "date_published": ".own i", "date_modified": ".own i"}.get(field, ".own a")
    found = explain(html, url=URL, portal=Portal("aina", selectors={field: selector}))
    assert found.article.provenance[field] == "profile", found.choices[field]


def test_labels_of_a_profile_announce_related_items():
    html = article_page(1, foot='<div><div>Айнаның тағы бір жазғаны</div><ul>'
                                '<li><a href="/n/2">Мұғалімдер байқауы қалада өтті</a></li>'
                                '<li><a href="/n/3">Көктемгі тасқын жолды шайып кетті</a></li></ul></div>')
    portal = Portal("aina", labels={"related": ("Айнаның тағы бір жазғаны",)})
    assert not extract(html, url=URL).related
    assert len(extract(html, url=URL, portal=portal).related) == 2


@pytest.mark.parametrize(("kind", "line", "field", "expected"), [
    ("byline", "Жазғыш аға: Мәди Оспан", "authors", ["Мәди Оспан"]),
    ("published", "Оқырман көрген күн: 03.03.2023", "date_published", "2023-03-03"),
    ("modified", "Қайта қаралды рет: 04.03.2023", "date_modified", "2023-03-04"),
    ("topics", 'Сөз түйіні: <a href="/k/1">тасқын</a> <a href="/k/2">көпір</a>', "tags", ["тасқын", "көпір"]),
])
def test_labels_of_a_profile_tell_fields(kind, line, field, expected):
    label = line.partition(":")[0]
    paragraphs = "".join(f"<p>{text}</p>" for text in TEXT)
    headline = "<h1>Ауылда жаңа кітапхана ашылды</h1>"
    html = f'<html lang="kk"><body><article>{headline}<p>{line}</p>{paragraphs}</article></body></html>'
    article = extract(html, url=URL, portal=Portal("aina", labels={kind: (label,)}))
    assert getattr(article, field) == expected
    assert article.provenance[field] == "label"


def write_profile(path, portal, text):
    path.write_text(f'name = "aina"\nstart_urls = ["{portal.base}/"]\nhosts = ["127.0.0.1"]\n{text}', "utf-8")
    return path


def crawl(profile, folder):
    done = subprocess.run([sys.executable, "-m", "malim_scraper", "crawl", str(profile), "--out", str(folder),
                           "-s", "DOWNLOAD_DELAY=0", "-s", "RETRY_TIMES=0"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return records(folder)


def test_url_patterns_steer_a_crawl(portal, tmp_path):
    paths = portal.add_articles(range(1, 4))
    others = ["/x/7", "/secret/8-zhabyq-maqala-turaly", "/k/9-tizim-bolyp-sanalady-osy"]
    portal.pages |= {"/": listing_page([*paths, *others]),
                     "/x/7": article_page(7), "/secret/8-zhabyq-maqala-turaly": article_page(8),
                     "/k/9-tizim-bolyp-sanalady-osy": article_page(9)}
    profile = write_profile(tmp_path / "aina.toml", portal,
                            'article_urls = ["/x/[0-9]+$"]\nlisting_urls = ["/k/"]\nnever_urls = ["/secret/"]\n')
    found = {record["url"].removeprefix(portal.base) for record in crawl(profile, tmp_path / "data")}
    asked = [path for path in portal.paths() if path.startswith(("/x/", "/news/", "/secret/", "/k/"))]
    assert asked[0] == "/x/7"
    assert "/secret/8-zhabyq-maqala-turaly" not in asked
    assert "/k/9-tizim-bolyp-sanalady-osy" in asked
    assert found == {*paths, "/x/7"}


def test_settings_and_selectors_of_a_profile_act_in_a_crawl(portal, tmp_path):
    paths = portal.add_articles([1], foot='<div class="by">Мәди Оспан</div>')
    portal.pages["/"] = listing_page(paths)
    profile = write_profile(tmp_path / "aina.toml", portal, '[selectors]\nauthors = ".by"\nlead = ".none"\n'
                                                            '[settings]\nUSER_AGENT = "aina-bot"\n')
    record = crawl(profile, tmp_path / "data")[0]
    assert (record["portal"], record["authors"]) == ("aina", ["Мәди Оспан"])
    assert "selector-missed:lead" in record["warnings"]
    assert {headers["User-Agent"] for _, headers, _ in portal.asked} == {"aina-bot"}
