"""Which pages are shells that JavaScript fills; one row, one way in which pages are built."""

import pytest
from tiny_portal import SENTENCE, article_page, listing_page

from malim_scraper.extraction.app_shell import shell_sign
from malim_scraper.extraction.page import parse_html

SCRIPT = '<script src="/app.js"></script>'
MENU = "<header><nav>" + "".join(f'<a href="/{name}">{name}</a>' for name in (
    "Басты бет", "Саясат", "Қоғам", "Экономика", "Мәдениет", "Спорт", "Біз туралы", "Байланыс")) + "</nav></header>"
FOOTER = f"<footer><p>{SENTENCE * 5}</p></footer>"


def page(body, head=""):
    return f'<!doctype html><html lang="kk"><head><title>Дала</title>{head}</head><body>{body}</body></html>'


@pytest.mark.parametrize(("html", "sign"), [
    (page(f'<div id="root"></div>{SCRIPT}'), "#root"),
    (page(f'<div id="app"><div class="spin"><svg></svg>Күте тұрыңыз…</div></div>{SCRIPT}'), "#app"),
    (page(f"<app-root></app-root>{SCRIPT}"), "<app-root>"),
    (page('<div id="__next"></div><script>window.x = 1</script>'), "#__next"),
    (page(f"{MENU}<main></main>{FOOTER}{SCRIPT}"), "<main>"),  # the frame comes from the server, the content does not
    (page(f'{MENU}<div role="main"></div>{SCRIPT}'), "<div>"),
    (page('<div id="root"></div>', head='<script type="module" src="/a.js"></script>'), "#root"),
    (page(f"<noscript>Please enable JavaScript.</noscript><div class='shell'></div>{SCRIPT}"), "<noscript>"),
    (page(f"<div class='shell'></div>{SCRIPT}"), "hardly any text"),
])
def test_shells(html, sign):
    assert sign in shell_sign(parse_html(html))


@pytest.mark.parametrize("html", [
    article_page(1),
    article_page(1, foot=f'<div id="root"></div><noscript>JavaScript</noscript>{SCRIPT}'),  # a widget in its own mount
    listing_page(range(9), more=f'<div id="app"></div>{SCRIPT}'),
    listing_page(range(9), more=f"<noscript>JavaScript</noscript>{SCRIPT}"),
    page(f'{MENU}<div id="app"><main><h1>Құжат</h1><p>{SENTENCE * 5}</p></main></div>{SCRIPT}'),  # filled by the server
    page("<div id='root'></div>"),  # nobody fills it
    page("<div id='root'></div><script type='application/ld+json'>{}</script>"),
    page(f"{MENU}<h1>Бет табылмады</h1><p>Мұндай бет жоқ.</p>{SCRIPT}"),
    page("<p>x</p>" * 50_000 + f'<div id="root"></div>{SCRIPT}'),  # too large for a shell
    page(""),
])
def test_pages_with_their_content(html):
    assert shell_sign(parse_html(html)) == ""
