"""Addresses of the replica to answers."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote, urlsplit

from malim_scraper.demo import announce, classic, lists, modern, pictures
from malim_scraper.demo.answers import HTML, Answer, Asked, gone, not_found, plain
from malim_scraper.demo.replica import Replica

_XML = "application/xml; charset=utf-8"
_ABOUT = ("<p>Malim Replica — сынақ порталы. Мұндағы оқиғалар мен адамдар ойдан шығарылған, мәтіндер бағдарламамен"
          ' бірге таратылады.</p><p><a href="/draft/keler-san">Келер сан</a></p>')
_LOGIN = ('<form method="post" action="/login"><input name="user"><input name="password" type="password">'
          "<button>Кіру</button></form>")
_DRAFT = "<p>Бұл мәтін әлі тексерілмеген, сондықтан роботтарға жабық.</p>" * 6


def answer(replica: Replica, target: str) -> Answer:
    """Return the answer to a GET of a target, such as `/kz/qogam/?page=2`."""
    parts = urlsplit(target)
    query = {key: values[0] for key, values in parse_qs(parts.query).items()}
    for pattern, respond in _ROUTES:
        if found := pattern.fullmatch(unquote(parts.path)):
            return respond(Asked(replica, {key: value or "" for key, value in found.groupdict().items()}, query))
    return not_found(Asked(replica, {}, query))


def _article(asked: Asked) -> Answer:
    number = asked.match.get("id") or asked.query.get("id", "")
    if not number.isdecimal():
        return not_found(asked)
    article = asked.replica.get(int(number))
    if article is None:
        return gone(asked)
    if asked.replica.section(article).markup == "modern":
        page = modern.amp_page if asked.match.get("amp") else modern.article_page
    else:
        page = classic.print_page if "print" in asked.query else classic.article_page
    return Answer(200, HTML, page(asked.replica, article).encode(), asked.replica.changed_at(article))


def _sitemap(asked: Asked) -> Answer:
    section = asked.replica.sections.get(asked.match["name"])
    if section and section.in_sitemap:
        return Answer(200, _XML, announce.section_sitemap(asked.replica, section.name).encode())
    return not_found(asked)


def _fixed(title: str, text: str) -> Callable[[Asked], Answer]:
    return lambda asked: plain(asked, title, text)


def _text(kind: str, make: Callable[[Replica], str]) -> Callable[[Asked], Answer]:
    return lambda asked: Answer(200, kind, make(asked.replica).encode())


_PATHS: tuple[tuple[str, Callable[[Asked], Answer]], ...] = (
    (r"/", lists.front),
    (r"(?P<amp>/amp)?/kz/\w+/(?P<id>\d+)-[\w-]+", _article),
    (r"/ru/\w+/(?P<id>\d+)\.html", _article),
    (r"/read\.php", _article),
    (r"/(?:kz|ru)/(?P<section>\w+)/(?:page/(?P<page>\d+)/)?", lists.listing),
    (r"/list\.php", lists.listing),
    (r"/tag/(?P<name>[^/]+)/", lists.tag),
    (r"/author/(?P<name>[^/]+)/", lists.author),
    (r"/archive/", lists.archive),
    (r"/archive/(?P<month>\d{4}/\d\d)/", lists.archive_month),
    (r"/search", lists.search),
    (r"/robots\.txt", _text("text/plain; charset=utf-8", announce.robots)),
    (r"/sitemap\.xml", _text(_XML, announce.sitemap_index)),
    (r"/sitemap-news\.xml", _text(_XML, announce.news_sitemap)),
    (r"/sitemap-(?P<name>\w+)\.xml", _sitemap),
    (r"/rss\.xml", _text("application/rss+xml; charset=utf-8", announce.feed)),
    (r"/images/article-img/1600/(?P<name>\d+-\d+)\.png",
     lambda asked: Answer(200, "image/png", pictures.png(asked.match["name"]))),
    (r"/logo\.svg", lambda _: Answer(200, "image/svg+xml", pictures.logo())),
    (r"/style\.css", lambda _: Answer(200, "text/css", b"td { padding: 6px }")),
    (r"/draft/[\w-]+", _fixed("Жарияланбаған мақала", _DRAFT)),
    (r"/about", _fixed("Біз туралы", _ABOUT)),
    (r"/contacts", _fixed("Байланыс", "<p>Редакция: editor@replica.example, +7 700 000 00 00</p>")),
    (r"/login", _fixed("Кіру", _LOGIN)),
)
_ROUTES = [(re.compile(pattern), respond) for pattern, respond in _PATHS]
