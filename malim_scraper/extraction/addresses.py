"""Where a link leads, judged by its address alone: to an article, or to a topic, a person, a share service."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from malim_scraper.urls import is_file, url_key

# Directories of pages that list articles or serve something else, in the languages of the labels.
_DIRECTORIES = """
    tag tags tagi tagged tag-search label labels topic topics topik thema themen tema temas temat tematy theme themes
    sujet sujets subject subjects keyword keywords schlagwort schlagworte etiqueta etiquetas onderwerp emne
    author authors autor autoren autores auteur auteurs autori autore avtor avtory writer contributor contributors
    profile profiles people person persons user users member staff journalist reporter columnist
    category categories kategorie kategorien rubrik rubriken rubrika rubric section sections
    search suche buscar recherche poisk login signin register subscribe subscription subscriptions abo
    newsletter newsletters share sharer intent guides guide company companies quote quotes collect shop store
    jobs job stellenmarkt games game puzzles advertise terms privacy about contact impressum datenschutz feed rss
"""
_NO_ARTICLE = frozenset(_DIRECTORIES.split())
_NO_NEWS = ("stellenmarkt.", "jobs.", "job.", "shop.", "store.", "abo.", "tickets.", "anzeigen.", "trauer.", "immo.")
_HOSTS = """
    facebook. twitter. x.com linkedin. pinterest. whatsapp. telegram. t.me vk.com ok.ru reddit. outbrain. taboola.
    flipboard. doubleclick. getpocket. instagram. youtube. apple. google. bsky. threads.net mgid. smi2. 24smi. relap.
    lentainform.
"""
_DAY = re.compile(r"/(?:19|20)\d\d/\d\d?/\d\d?$")
_NUMBER = re.compile(r"\d+")
_SERVICES = re.compile("|".join(re.escape(f".{host}") for host in _HOSTS.split()))


def may_be_article(url: str) -> bool:
    """Return whether nothing in an absolute address says that it is no article.

    >>> may_be_article("https://malim.kz/article/27663"), may_be_article("https://malim.kz/tag/hikvision")
    (True, False)
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    path = [step.lower() for step in parts.path.split("/") if step]
    if not path and "=" not in parts.query:
        return False
    if host.startswith(_NO_NEWS) or _SERVICES.search(f".{host}") or is_file(url):
        return False
    return _NO_ARTICLE.isdisjoint(path[:-1]) and path[-1:] != ["search"]


def names_article(url: str) -> bool:
    """Return whether an absolute address looks like one article's: a long slug, a number, a day, an id in the query."""
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    if _DAY.search(folder) or last.count("-") + last.count("_") >= 3 or sum(map(str.isdigit, last)) >= 4:
        return True
    return any(pair.rpartition("=")[2].isdigit() for pair in parts.query.split("&"))


def address_shape(url: str) -> tuple[str, ...]:
    """Return what the addresses of a portal's articles have in common: folder but for its numbers, kind of last step.

    >>> address_shape("https://malim.kz/news/7") == address_shape("https://malim.kz/news/12")
    True
    """
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    kinds = (any(map(str.isdigit, last)), "-" in last or "_" in last)
    return parts.netloc, _NUMBER.sub("0", folder), *map(str, kinds)


def same_site(url: str, other: str) -> bool:
    """Return whether two absolute addresses are of one site: subdomains and sister sites in other countries count."""
    return _site(url) == _site(other)


def same_page(url: str, other: str) -> bool:
    """Return whether two absolute addresses are of one page."""
    return url_key(url) == url_key(other)


def _site(url: str) -> str:
    """The name that a site is known by: `bbc` of `www.bbc.co.uk`."""
    labels = (urlsplit(url).hostname or "").split(".")
    names = [label for label in labels[:-1] if len(label) > 3] or labels[-2:-1]
    return names[-1] if names else ""
