"""Three markups of articles, and the lists around them."""

import json
from datetime import datetime, timedelta
from html import escape

from hostile.stories import ZONE
from hostile.words import WORDS

_LABELS = {
    "kk": {
        "author": "Авторы",
        "related": "Тағы оқыңыз",
        "views": "рет көрсетілді",
        "tags": "Тегтер",
        "home": "Басты бет",
    },
    "ru": {"author": "Автор", "related": "Читайте также", "views": "просмотров", "tags": "Теги", "home": "Главная"},
}
_KZ = WORDS["kk"]["months"]


def in_words(moment, language, *, is_day=False):
    """A date as a person writes it."""
    month = WORDS[language]["months"][moment.month - 1]
    return f"{moment.day} {month} {moment.year}" + ("" if is_day else f", {moment:%H:%M}")


def printed_date(story):
    """What the page prints as its date; empty when it prints none."""
    if story.shown in ("none", "list"):
        return ""
    if story.shown == "ago":
        hours = max(1, int((datetime.now(ZONE) - story.published) / timedelta(hours=1)))
        return f"{hours} сағат бұрын" if story.language == "kk" else f"{hours} ч. назад"
    if story.shown == "yesterday":
        days = (datetime.now(ZONE).date() - story.published.date()).days
        word = {"kk": ("Бүгін", "Кеше"), "ru": ("Сегодня", "Вчера")}[story.language]
        return f"{word[days]}, {story.published:%H:%M}" if days < 2 else in_words(story.published, story.language)
    if story.shown == "day" and story.markup == "gazette":
        return f"{story.published:%d.%m.%Y}"
    return in_words(story.published, story.language, is_day=story.shown == "day")


def article(portal, story, part, link):
    """The page of a story. part: from 1. link: of the canonical address, or empty."""
    return {"bulletin": _bulletin, "gazette": _gazette, "board": _board}[story.markup](portal, story, part, link)


def _split(story, part):
    size = -(-len(story.paragraphs) // story.parts)
    return story.paragraphs[(part - 1) * size : part * size]


def _head(portal, story, part, link, *, charset="utf-8"):
    canonical = f'<link rel="canonical" href="{escape(link)}">' if link else ""
    after = portal.part_path(story, part + 1) if part < story.parts else None
    following = f'<link rel="next" href="{escape(after)}">' if after and story.number % 2 else ""
    return (
        f'<meta charset="{charset}"><title>{escape(story.title)} — Дала хабары</title>{canonical}{following}'
        '<link rel="alternate" type="application/rss+xml" href="/lenta.rss">'
        '<link rel="alternate" type="application/atom+xml" href="/lenta.atom">'
    )


def _pager(portal, story, part):
    if story.parts == 1:
        return ""
    links = " ".join(
        f"<b>{number}</b>" if number == part else f'<a href="{escape(portal.part_path(story, number))}">{number}</a>'
        for number in range(1, story.parts + 1)
    )
    return f'<div class="better">{links}</div>'


def _related(portal, story):
    items = "".join(
        f'<li><a href="{escape(portal.link(other))}">{escape(other.title)}</a></li>' for other in story.related
    )
    return f"<h3>{_LABELS[story.language]['related']}</h3><ul>{items}</ul>" if items else ""


def _topics(portal, story):
    links = ", ".join(f'<a rel="tag" href="{escape(portal.tag_path(tag))}">{tag}</a>' for tag in story.tags)
    return f'<p class="tags">{_LABELS[story.language]["tags"]}: {links}</p>'


def _menu(portal):
    rows = "".join(f'<li><a href="{path}">{name}</a></li>' for path, name in portal.menu)
    return f'<ul class="menu"><li><a href="/">Дала хабары</a></li>{rows}</ul>'


def _bulletin(portal, story, part, link):
    date = printed_date(story)
    machine = (
        ""
        if story.is_relative
        else (f' datetime="{story.published.date() if story.shown == "day" else story.published.isoformat()}"')
    )
    stamp = f"<time{machine}>{date}</time>" if date else ""
    meta = (
        ""
        if story.shown != "moment"
        else (f'<meta property="article:published_time" content="{story.published.isoformat()}">')
    )
    people = ", ".join(f'<a rel="author" href="{portal.author_path(name)}">{name}</a>' for name in story.authors)
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in _split(story, part))
    return f"""<!doctype html><html lang="{story.language}"><head>{_head(portal, story, part, link)}
<meta property="og:type" content="article"><meta property="og:title" content="{escape(story.title)}">{meta}</head><body>
<header>{_menu(portal)}</header><main><article class="habar"><h1>{escape(story.title)}</h1>
<div class="sub">{stamp} <span class="who">{people}</span></div>
<div class="matin">{text}</div>{_pager(portal, story, part)}{_topics(portal, story)}
<p class="seen">{portal.views()} {_LABELS[story.language]["views"]}</p></article></main>
<aside>{_related(portal, story)}</aside><footer>© <a href="/biz-turaly">Біз туралы</a></footer></body></html>"""


def _gazette(portal, story, part, link):
    charset = {"cp1251-in-meta": "windows-1251"}.get(story.charset, "utf-8")
    people = ", ".join(f'<a href="{portal.author_path(name)}">{name}</a>' for name in story.authors)
    byline = f"<p><i>Автор: {people}</i></p>" if people else ""
    text = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in _split(story, part))
    return f"""<html lang="ru"><head>{_head(portal, story, part, link, charset=charset)}</head><body>
<div id="top">{_menu(portal)}</div><div id="wrap"><div class="newsitem"><h1>{escape(story.title)}</h1>
<div class="dt">{printed_date(story)}</div><div class="txt">{text}{byline}</div>{_pager(portal, story, part)}
{_topics(portal, story)}</div><div class="see">{_related(portal, story)}</div></div>
<div id="bottom">Дала хабары <a href="/kontakty">Контакты</a> <a href="/login">Вход</a></div></body></html>"""


def _board(portal, story, part, link):
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "inLanguage": story.language,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
    }
    if story.shown in ("moment", "day", "future"):
        data["datePublished"] = story.date_published
    script = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    people = ", ".join(story.authors)
    byline = f'<td class="a">{_LABELS[story.language]["author"]}: {people}</td>' if people else ""
    text = "<br><br>\n".join(escape(paragraph) for paragraph in _split(story, part))
    return f"""<!DOCTYPE html><html lang="{story.language}"><head>
{_head(portal, story, part, link)}{script}</head><body>
<table width="100%"><tr><td>{_menu(portal)}</td></tr><tr><td class="main"><h2 class="t">{escape(story.title)}</h2>
<table><tr><td class="d">{printed_date(story)}</td>{byline}</tr></table><div class="body">{text}</div>
{_pager(portal, story, part)}{_topics(portal, story)}{_related(portal, story)}</td></tr>
<tr><td>Дала хабары · {portal.views()} {_LABELS[story.language]["views"]}</td></tr></table></body></html>"""


def listing(portal, title, stories, *, following=None, more="", dated=True):
    """A list of stories with their dates."""
    rows = "".join(
        f'<div class="row"><a href="{escape(portal.link(story))}">{escape(story.title)}</a> '
        f"<span>{in_words(story.published, story.language) if dated else ''}</span></div>"
        for story in stories
    )
    after = f'<a class="after" href="{escape(following)}">Келесі бет</a>' if following else ""
    return page(portal, title, rows + after + more)


def more_button(offset):
    """A button that loads more of a list."""
    return f'<button class="load-more" data-url="/tizim/?offset={offset}">Көбірек көрсету</button>'


def page(portal, title, content):
    """A page that is no article."""
    return (
        f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>{title} — Дала хабары</title></head><body>'
        f"<header>{_menu(portal)}</header><main><h1>{title}</h1>{content}</main>"
        '<footer>© <a href="/biz-turaly">Біз туралы</a> <a href="/kontakty">Байланыс</a></footer></body></html>'
    )
