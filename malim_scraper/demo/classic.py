"""The classic markup of the replica: tables and line breaks, no metadata, dates in words, as portals of 2011 print."""

from __future__ import annotations

from collections.abc import Sequence

from malim_scraper.demo.articles import DemoArticle
from malim_scraper.demo.printed import esc, in_words
from malim_scraper.demo.replica import Replica, author_path, tag_path
from malim_scraper.items import Block

_WORDS = {
    "ru": {"home": "Главная", "author": "Автор", "print": "Версия для печати", "related": "Читайте также",
           "tags": "Теги", "latest": "Последние новости", "comments": "Комментарии", "send": "Отправить",
           "about": "О проекте", "rights": "Все права защищены"},
    "kk": {"home": "Басты бет", "author": "Автор", "print": "Басып шығару нұсқасы", "related": "Байланысты жаңалықтар",
           "tags": "Тегтер", "latest": "Соңғы жаңалықтар", "comments": "Пікірлер", "send": "Жіберу",
           "about": "Жоба туралы", "rights": "Барлық құқық қорғалған"},
}


def article_page(replica: Replica, article: DemoArticle) -> str:
    """Return the page of an article."""
    section = replica.section(article)
    words = _WORDS[section.language]
    path = replica.path(article)
    printing = f"{path}{'&' if '?' in path else '?'}print=1"
    byline = ", ".join(f'<a href="{author_path(name)}">{esc(name)}</a>' for name in article.authors)
    tags = ", ".join(f'<a href="{tag_path(tag)}">{esc(tag)}</a>' for tag in article.tags)
    return _page(replica, section.language, article.title, _canonical(replica, article), f"""
<div class="path"><a href="/">{words["home"]}</a> &raquo; <a href="{esc(section.listing)}">{esc(section.title)}</a>
</div>
<h1>{esc(article.title)}</h1>
<div class="info">{in_words(article.published, section.language)}</div>
{_pictures(article)}
<div id="news-text">{_body(article.blocks)}</div>
<div class="sign">{words["author"]}: {byline}</div>
{f'<div class="tags">{words["tags"]}: {tags}</div>' if tags else ""}
<div class="tools"><a href="{esc(printing)}" rel="nofollow">{words["print"]}</a></div>
{_related(replica, replica.related(article), section.language)}
<div id="comments"><b>{words["comments"]}</b><form method="post" action="/comment">
<textarea name="text"></textarea><input type="submit" value="{words["send"]}"></form></div>""")


def listing_page(replica: Replica, language: str, title: str, articles: Sequence[DemoArticle], pager: str) -> str:
    """Return a page that lists articles; pager: ready HTML, empty for the only page."""
    rows = "".join(
        f'<tr><td width="150" nowrap>{in_words(article.published, language)}</td>'
        f'<td><a href="{esc(replica.path(article))}">{esc(article.title)}</a></td></tr>' for article in articles)
    return _page(replica, language, title, "", f'<h1>{esc(title)}</h1><table class="list">{rows}</table>{pager}')


def print_page(replica: Replica, article: DemoArticle) -> str:
    """Return the form of an article for printing, whose canonical link leads to the article."""
    return (f'<html><head><meta charset="utf-8"><title>{esc(article.title)}</title>'
            f'{_canonical(replica, article)}</head>'
            f'<body onload="window.print()"><h1>{esc(article.title)}</h1>{_body(article.blocks)}</body></html>')


def _page(replica: Replica, language: str, title: str, head: str, content: str) -> str:
    words = _WORDS[language]
    menu = "".join(f'<td><a href="{esc(section.listing)}">{esc(section.title)}</a></td>'
                   for section in replica.sections.values())
    latest = "<br><br>".join(f'<a href="{esc(replica.path(article))}">{esc(article.title)}</a>'
                             for article in replica.in_feed()[:4])
    return f"""<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN">
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{esc(title)} - Malim Replica</title>
<link rel="stylesheet" href="/style.css" type="text/css">{head}</head>
<body bgcolor="#ffffff"><table width="980" align="center"><tr><td colspan="2">
<a href="/"><img src="/logo.svg" alt=""></a>
<table class="menu"><tr>{menu}</tr></table></td></tr>
<tr valign="top"><td width="700" id="content">{content}</td>
<td width="280" id="right"><b>{words["latest"]}</b><br><br>{latest}</td></tr>
<tr><td colspan="2" id="bottom">&copy; Malim Replica. {words["rights"]}. <a href="/about">{words["about"]}</a></td></tr>
</table></body></html>"""


def _canonical(replica: Replica, article: DemoArticle) -> str:
    return f'<link rel="canonical" href="{esc(replica.base + replica.path(article))}">'


def _pictures(article: DemoArticle) -> str:
    return "".join(
        f'<div class="photo"><img src="/images/article-img/1600/{article.id}-{number}.png" width="640" alt="">'
        f'<div class="caption">{esc(caption)}</div></div>' for number, caption in enumerate(article.images, 1))


def _body(blocks: Sequence[Block]) -> str:
    """Paragraphs are separated by line breaks only; lists, quotes and sub-headings are elements."""
    html = ""
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        if block.type == "list_item":
            html += f"<ul><li>{esc(block.text)}</li>" if not html.endswith("</li>") else f"<li>{esc(block.text)}</li>"
            html += "" if following and following.type == "list_item" else "</ul>"
        elif block.type == "quote":
            html += f"<blockquote>{esc(block.text)}</blockquote>"
        elif block.type == "heading":
            html += f"<h3>{esc(block.text)}</h3>"
        else:
            html += esc(block.text) + ("<br><br>\n" if following and following.type == "paragraph" else "\n")
    return html


def _related(replica: Replica, articles: Sequence[DemoArticle], language: str) -> str:
    if not articles:
        return ""
    rows = "".join(
        f'<tr><td><a href="{esc(replica.path(article))}">{esc(article.title)}</a></td>'
        f"<td>{in_words(article.day, language)}</td></tr>" for article in articles)
    summaries = "".join(
        f'<p><a href="{esc(replica.path(article))}"><b>{esc(article.title)}</b></a><br>{esc(article.lead)}</p>'
        for article in articles if article.lead)
    return (f'<h3>{_WORDS[language]["related"]}</h3><table>{rows}</table>'
            + (f"<h3>MalimBlocks</h3>{summaries}" if summaries else ""))
