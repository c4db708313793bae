"""What an address alone says of its page. It orders the crawl; what a page is, its content decides."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote

from malim_scraper.discovery.traps import is_trap
from malim_scraper.profiles.rules import UrlRules
from malim_scraper.urls.fold import split

_LISTING_NAMES = """
tag tags tegi teg category categories cat kategoria rubric rubrics rubrica rubrika razdel section sections topic topics
theme themes tema author authors avtor avtory user users profile archive archives arhiv arkhiv muragat page pages list
lists latest news-list all index feed rss columnists editors hashtag calendar kalendar kuntizbe
тег теги рубрика раздел автор архив айдар мұрағат тақырып
"""
_BARREN_NAMES = """
login logout signin signup register registration auth account lk cabinet admin wp-admin wp-login.php wp-json wp-content
wp-includes search poisk izdeu cart basket checkout order subscribe unsubscribe subscription password reset forgot
cdn-cgi share print-version go redirect out away click banner ads adv xmlrpc.php trackback embed oauth comment comments
reply vote like download captcha
"""
_BARREN_PARAMETERS = """
s q query search text keyword words do_search redirect redirect_to return returnurl return_url next_url goto url link
share add-to-cart login logout replytocom ical sort order orderby order_by sortby dir
"""
_LISTINGS = frozenset(_LISTING_NAMES.split())
_BARREN = frozenset(_BARREN_NAMES.split())
_BARREN_QUERY = frozenset(_BARREN_PARAMETERS.split())
_PAGE_PATH = re.compile(r"/(?:page|p|pg|stranitsa|bet|paged)[/_=-]?([0-9]{1,5})(?:\.html?)?/?$", re.IGNORECASE)
_PAGE_QUERY = re.compile(
    r"(?:^|&)(?:page[0-9]?|p|pg|paged|pagen_[0-9]+|start|offset|from|cstart)=([0-9]{1,7})(?:&|$)", re.IGNORECASE)
_DATE_PATH = re.compile(r"/(?:19|20)[0-9]{2}[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12][0-9]|3[01]))?(?=[/-])")
_ID_QUERY = re.compile(
    r"(?:^|&)(?!cat|tag|author|rubr|sec|user|part|topic|them|page|parent)"
    r"(?:[a-z_]{0,12}(?:id|no|idx|num|code)|p|a|article|news|post|item|story)=[0-9]{1,12}(?:&|$)",
    re.IGNORECASE)
_LONG_NUMBER = re.compile(r"(?<![0-9])[0-9]{3,12}(?![0-9])")
_TOKEN = re.compile(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])(?:[0-9a-f]{5,32}|[0-9a-z]{8,32})$")
_PART = re.compile(r"(/.*[^/_-])[/_-]([2-9]|[1-5][0-9])(?:\.[a-z]{3,5})?/?")
_ENDING = re.compile(r"(?:\.[a-z]{3,5})?/?$")
_WORDS = re.compile(r"[-_+ ]+")
_SHAPES = 400  # shapes of addresses remembered for a portal


@lru_cache(maxsize=4_096)
def is_barren(url: str) -> bool:
    """Tell whether an address is never an article and never leads to a new one: login, search, cart, sorting."""
    parts = split(url)
    if parts is None:
        return True
    if not _BARREN.isdisjoint(parts.path.lower().split("/")):
        return True
    return any(pair.partition("=")[0].lower() in _BARREN_QUERY for pair in parts.query.split("&") if pair)


@lru_cache(maxsize=4_096)
def page_number(url: str) -> int | None:
    """Return which page of a listing an address asks for, or None when it names none.

    >>> page_number("https://malim.kz/news/page/3/"), page_number("https://malim.kz/news?page=2")
    (3, 2)
    """
    parts = split(url)
    if parts is None:
        return None
    found = _PAGE_PATH.search(parts.path) or _PAGE_QUERY.search(parts.query)
    return int(found[1]) if found else None


def listing_of(url: str) -> str:
    """Return what the pages of one listing share: their address without the number of the page."""
    parts = split(url)
    if parts is None:
        return url
    query = "&".join(sorted(pair for pair in parts.query.split("&") if not _PAGE_QUERY.search(pair)))
    return parts.netloc + _PAGE_PATH.sub("", parts.path).rstrip("/") + "?" + query


@lru_cache(maxsize=4_096)
def part_number(url: str, here: str) -> int | None:
    """Return which part of the article at `here` an address is, or None when it is none.

    Parts after the first have its address and a number: `/slug/2/`, `/slug_2.html`, `/slug-2.html`, `/slug?page=2`.

    >>> part_number("https://malim.kz/news/bir/2/", "https://malim.kz/news/bir/")
    2
    """
    parts, first = split(url), split(here)
    if parts is None or first is None or parts.netloc != first.netloc:
        return None
    if listing_of(url) == listing_of(here) and (number := page_number(url)) is not None:
        return number
    found = _PART.fullmatch(parts.path)
    if found is None or parts.query != first.query:
        return None
    number, before = int(found[2]), _PART.fullmatch(first.path)
    follows = before is not None and before[1] == found[1] and int(before[2]) == number - 1
    return number if follows or found[1] == _ENDING.sub("", first.path) else None


@lru_cache(maxsize=4_096)
def likeness(url: str) -> float:
    """Return how much an address looks like that of an article: from 1 on it does, below 0 like a listing."""
    parts = split(url)
    if parts is None:
        return -9.0
    segments = [segment for segment in unquote(parts.path).lower().split("/") if segment]
    score = 2.0 if _ID_QUERY.search(parts.query) else 0.0
    if not segments:
        return score - 1
    last = segments[-1].partition(".")[0]
    words = max(_count_words(segment) for segment in segments[-2:])
    score += 2 if words >= 4 else 1 if words == 3 else 0
    score += 1.5 if _LONG_NUMBER.search(last) or _TOKEN.match(_WORDS.split(last)[-1]) else 0
    score += 1.5 if _DATE_PATH.search(parts.path) else 0
    score += 0.5 if segments[-1].endswith((".html", ".htm", ".shtml")) else 0
    score += 0.5 if len(segments) > 1 else 0
    score -= 3 if not _LISTINGS.isdisjoint(segments) else 0
    return score - (3 if page_number(url) is not None and not _ID_QUERY.search(parts.query) else 0)


def _count_words(segment: str) -> int:
    return len([word for word in _WORDS.split(segment) if len(word) > 1 and not word.isdigit()])


@lru_cache(maxsize=4_096)
def url_shape(url: str) -> str:
    """Return the form of an address: which parts are words, numbers, slugs. Articles of one portal share few forms.

    >>> url_shape("https://malim.kz/news/12345-almaty-kalasynda-zhanbyr")
    '/news/0-slug'
    """
    parts = split(url)
    if parts is None:
        return ""
    segments = [_segment_shape(segment, place) for place, segment in enumerate(parts.path.strip("/").split("/"))]
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return "/" + "/".join(segments[:8]) + ("?" + "&".join(names[:8]) if names else "")


def _segment_shape(segment: str, place: int) -> str:
    stem, dot, ending = segment.rpartition(".") if "." in segment[1:] else (segment, "", "")
    shapes: list[str] = []
    for word in _WORDS.split(stem):
        shape = "0" if word.isdigit() else "slug"
        if shapes[-1:] != [shape]:
            shapes.append(shape)
    if shapes == ["slug"] and place == 0 and not _WORDS.search(stem):
        shapes = [stem[:40]]
    return "-".join(shapes) + dot + ending


@dataclass(slots=True)
class UrlShapes:
    """Which forms of address turned out to be articles on this portal. Bounded; the first forms met are kept.

    counts: shape → [articles, others]. rules: what the portal's profile says of addresses.
    """

    counts: dict[str, list[int]] = field(default_factory=dict)
    rules: UrlRules = field(default_factory=UrlRules)

    def learn(self, url: str, *, is_article: bool) -> None:
        """Remember what a fetched page was."""
        shape = url_shape(url)
        if shape in self.counts or len(self.counts) < _SHAPES:
            self.counts.setdefault(shape, [0, 0])[0 if is_article else 1] += 1

    def likeness(self, url: str) -> float:
        """Return how much the portal's own addresses speak for an article: 3 at most, -3 at least, 0 when unknown.

        What the profile says counts more: 9 for an article, -9 for a list.
        """
        if kind := self.rules.kind(url):
            return 9.0 if kind == "article" else -9.0
        articles, others = self.counts.get(url_shape(url), (0, 0))
        seen = articles + others
        return 3 * (articles - others) / (seen + 2) if seen else 0.0

    def may_follow(self, url: str) -> bool:
        """Tell whether an address may be worth fetching: by the profile, else when it is neither barren nor endless."""
        kind = self.rules.kind(url)
        return kind != "never" and (bool(kind) or not (is_barren(url) or is_trap(url)))

    @classmethod
    def of(cls, counts: Mapping[str, tuple[int, int]]) -> "UrlShapes":
        """Make it from stored counts."""
        return cls({shape: list(pair) for shape, pair in counts.items()})
