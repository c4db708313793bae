"""The modern markup of the replica: HTML5 with sections, JSON-LD and OpenGraph."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby

from malim_scraper.demo.articles import DemoArticle
from malim_scraper.demo.printed import dotted, esc
from malim_scraper.demo.replica import Replica, author_path, tag_path, tracked
from malim_scraper.items import Block

_TAGS = {"paragraph": "p", "heading": "h2", "list_item": "li"}


def article_page(replica: Replica, article: DemoArticle) -> str:
    """Return the page of an article."""
    address = replica.base + replica.path(article)
    head = (f'<link rel="canonical" href="{esc(address)}"><link rel="amphtml" href="/amp{esc(replica.path(article))}">'
            f'<meta property="og:type" content="article"><meta property="og:title" content="{esc(article.title)}">'
            f'<meta property="og:url" content="{esc(address)}">'
            + (f'<meta name="description" content="{esc(article.lead)}">' if article.lead else "")
            + f'<script type="application/ld+json">{_json_ld(replica, article)}</script>')
    return _page(replica, f"{article.title} | Malim Replica", head, f"""
<nav class="crumbs" aria-label="breadcrumb"><a href="/">Басты бет</a>
 <a href="{esc(replica.section(article).listing)}">{esc(replica.section(article).title)}</a></nav>
<article>
<h1>{esc(article.title)}</h1>
<div class="byline">{_authors(article)}</div>
{f'<ul class="when"><li>{dotted(article.published)}</li></ul>' if article.published else ""}
{"".join(_figure(article, number) for number in range(1, len(article.images) + 1))}
<div class="text">{_body(article.blocks)}</div>
<p class="share">Бөлісу: <a href="https://t.me/share/url?url={esc(address)}">Telegram</a>
 <a href="https://www.facebook.com/sharer.php?u={esc(address)}">Facebook</a></p>
<ul class="tags">{"".join(f'<li><a rel="tag" href="{tag_path(tag)}">{esc(tag)}</a></li>' for tag in article.tags)}</ul>
</article>
{_related(replica, replica.related(article))}""")


def listing_page(replica: Replica, title: str, articles: Sequence[DemoArticle], pager: str) -> str:
    """Return a page that lists articles; pager: ready HTML, empty for the only page."""
    items = "".join(
        f'<li class="teaser"><a href="{esc(tracked(replica.path(article), "listing"))}">'
        f'<h3>{esc(article.title)}</h3></a><time>{dotted(article.published)}</time>'
        f'<p>{esc(article.lead or article.blocks[0].text)}</p></li>' for article in articles)
    return _page(replica, f"{title} | Malim Replica", "",
                 f'<h1>{esc(title)}</h1><ul class="teasers">{items}</ul>{pager}')


def amp_page(replica: Replica, article: DemoArticle) -> str:
    """Return the AMP form of an article, whose canonical link leads to the article."""
    return (f'<!doctype html><html amp lang="{replica.section(article).language}"><head><meta charset="utf-8">'
            f'<title>{esc(article.title)}</title>'
            f'<link rel="canonical" href="{esc(replica.base + replica.path(article))}"></head>'
            f'<body><h1>{esc(article.title)}</h1>{_body(article.blocks)}</body></html>')


def plain_page(replica: Replica, title: str, text: str) -> str:
    """Return a page that is no article; text: ready HTML."""
    return _page(replica, f"{title} | Malim Replica", "", f"<h1>{esc(title)}</h1>{text}")


def _page(replica: Replica, title: str, head: str, main: str) -> str:
    menu = "".join(f'<li><a href="{esc(section.listing)}">{esc(section.title)}</a></li>'
                   for section in replica.sections.values())
    latest = "".join(f'<li><a href="{esc(replica.path(article))}">{esc(article.title)}</a></li>'
                     for article in replica.in_feed()[:4])
    return f"""<!doctype html>
<html lang="kk"><head><meta charset="utf-8"><title>{esc(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="alternate" type="application/rss+xml" href="/rss.xml">{head}
<script>window.dataLayer = window.dataLayer || [];</script></head>
<body><header class="site"><a href="/"><img src="/logo.svg" alt="Malim Replica"></a>
<nav><ul>{menu}<li><a href="/archive/">Мұрағат</a></li></ul></nav>
<form action="/search" role="search"><input name="q" type="search" placeholder="Іздеу"></form></header>
<main>{main}</main>
<aside><h2>Соңғы жаңалықтар</h2><ol>{latest}</ol></aside>
<footer><p>© Malim Replica. Барлық құқықтар қорғалған.</p><a href="/about">Біз туралы</a>
<a href="/contacts">Байланыс</a> <a href="/login">Кіру</a></footer></body></html>"""


def _json_ld(replica: Replica, article: DemoArticle) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": article.title,
        "mainEntityOfPage": replica.base + replica.path(article), "articleSection": replica.section(article).title,
        "author": [{"@type": "Person", "name": name} for name in article.authors],
        "datePublished": article.published.isoformat() if article.published else None,
        "dateModified": article.modified.isoformat() if article.modified else None,
        "description": article.lead, "inLanguage": replica.section(article).language, "keywords": list(article.tags),
        "image": [f"{replica.base}{_image(article, number)}" for number in range(1, len(article.images) + 1)],
    }
    filled = {key: value for key, value in data.items() if value}
    return json.dumps(filled, ensure_ascii=False).replace("<", "\\u003c")


def _authors(article: DemoArticle) -> str:
    return ", ".join(f'<a rel="author" href="{author_path(name)}">{esc(name)}</a>' for name in article.authors)


def _image(article: DemoArticle, number: int) -> str:
    return f"/images/article-img/1600/{article.id}-{number}.png"


def _figure(article: DemoArticle, number: int) -> str:
    caption = esc(article.images[number - 1])
    return (f'<figure><img src="{_image(article, number)}" alt="" width="1600" height="900">'
            f"<figcaption>{caption}</figcaption></figure>")


def _body(blocks: Sequence[Block]) -> str:
    parts = []
    for is_list, group in groupby(blocks, key=lambda block: block.type == "list_item"):
        html = "\n".join(_block(block) for block in group)
        parts.append(f"<ul>{html}</ul>" if is_list else html)
    return "\n".join(parts)


def _block(block: Block) -> str:
    if block.type == "quote":
        return f"<blockquote><p>{esc(block.text)}</p></blockquote>"
    return f"<{_TAGS[block.type]}>{esc(block.text)}</{_TAGS[block.type]}>"


def _related(replica: Replica, articles: Sequence[DemoArticle]) -> str:
    if not articles:
        return ""
    links = [f'<a href="{esc(replica.path(article))}">{esc(article.title)}</a>' for article in articles]
    dates = [dotted(article.day) for article in articles]
    first = "".join(f"<li>{link}<span>{date}</span></li>" for link, date in zip(links, dates, strict=True))
    second = "".join(f"<div><h3>{link}</h3><p>{esc(article.lead)}</p></div>"
                     for link, article in zip(links, articles, strict=True) if article.lead)
    return (f"<section><h2>Байланысты жаналықтар</h2><ul>{first}</ul></section>"
            + (f"<section><h2>MalimBlocks</h2>{second}</section>" if second else ""))
