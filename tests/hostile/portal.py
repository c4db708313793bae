"""The hostile portal's state and routes: lists, sitemaps, feeds, articles in many forms, spaces without end."""

import gzip
import random
import re
import threading
from collections import Counter
from email.utils import format_datetime
from html import escape
from urllib.parse import parse_qs, quote, unquote, urljoin, urlsplit

from hostile import faults, markups
from hostile.stories import ZONE, make_stories, utc
from hostile.words import WORDS

_XML = "application/xml"
_PER_PAGE = 8
_PAGES = {
    "/biz-turaly": (
        "Біз туралы",
        "<p>Дала хабары — өңір жаңалықтарын жазатын ойдан шығарылған басылым. 2009 жылдан бері.</p>" * 4,
    ),
    "/kontakty": ("Контакты", "<p>Редакция: +7 700 000 00 00, улица Степная, 5.</p>"),
    "/login": ("Кіру", '<form action="/login"><input name="u"><input type="password" name="p"></form>'),
    "/zhabyq": (
        "Тек жазылушыларға",
        "<p>Бұл материалды оқу үшін жүйеге кіріңіз немесе жазылыңыз.</p>"
        '<form action="/login"><input type="password" name="p"></form>',
    ),
}


class Portal:
    """Serves its stories with all faults. stories: newest first. asked: how often each target was asked for.

    busy: the share of requests that are answered with 503, by chance.
    base: its address, set by the server. stranger: the port of another server, which must never be asked.
    """

    def __init__(self, count=60, seed=7, dead_links=400, slow=30.0, spaces=tuple(faults.SPACES), busy=0.0):
        self.stories = make_stories(count, seed)
        self.base = ""
        self.stranger = 0
        self.dead_links = dead_links
        self.slow = slow
        self.asked = Counter()
        self.faults_met = Counter()
        self.spaces = spaces
        self.busy = busy
        self._views = 0
        self._dice = random.Random(seed)
        self._lock = threading.Lock()
        menu = (
            ("/barlygy/", "Барлығы"),
            ("/muragat/", "Мұрағат"),
            ("/kuntizbe/2024/05/", "Күнтізбе"),
            ("/suzgi/?tus=1", "Сүзгі"),
            ("/s/0f3a9c/", "Менің бетім"),
            ("/toly/?page=2", "Толығырақ"),
        )
        self.menu = [
            (path, name) for path, name in menu if f"/{path.split('/')[1]}/" not in {*faults.SPACES} - {*spaces}
        ]

    @property
    def name(self):
        """The name of the portal in records and runs: its host with the unusual port."""
        return self.base.partition("://")[2]

    def story(self, number):
        """A story by its number, as text."""
        return next((story for story in self.stories if str(story.number) == number and not story.gone), None)

    def of_place(self, place):
        """What one kind of place leads to."""
        return [story for story in self.stories if story.place == place and not story.gone]

    def views(self):
        """A number that is another one each time."""
        with self._lock:
            self._views += 1
            return 4_000 + self._views

    def link(self, story):
        """How lists link to a story."""
        return form_of(self, story, story.form)

    def part_path(self, story, part):
        """The address of a part of a story."""
        if part == 1:
            return story.path
        if story.markup == "gazette":
            return story.path.replace(".html", f"-{part}.html")
        return f"{story.path}{'&' if '?' in story.path else '?'}page={part}"

    @staticmethod
    def tag_path(tag):
        """The address of a tag's page."""
        return f"/taqyryp/{quote(tag)}/"

    @staticmethod
    def author_path(name):
        """The address of an author's page."""
        return f"/qalamger/{quote(name.replace(' ', '-'))}/"

    def answer(self, target, headers):
        """Status, headers and body of a target, or a function that writes to the socket itself."""
        with self._lock:
            self.asked[target] += 1
            is_busy = self._dice.random() < self.busy
        if is_busy:
            return 503, {}, b"<html><h1>503</h1>"
        parts = urlsplit(target)
        path = re.sub(r";jsessionid=\w+", "", unquote(parts.path))
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if (found := faults.answer(self, path, query)) is not None:
            return found
        for pattern, respond in _ROUTES:
            if match := pattern.fullmatch(path):
                return respond(self, match, query, headers) if respond is _story else respond(self, match, query)
        return missing(self)


def form_of(portal, story, form):
    """The address of a story in one of its forms, as a page links it."""
    path, base = story.path, portal.base
    join = "&" if "?" in path else "?"
    host = base.partition("://")[2]
    forms = {
        "utm": f"{path}{join}utm_source=basty&utm_medium=list",
        "fbclid": f"{base}{path}{join}fbclid=IwAR{story.number}",
        "amp": f"/amp{path}",
        "print": f"{path}{join}print=1",
        "mobile": f"{path}{join}m=1",
        "upper": f"HTTP://{host.upper()}{path}",
        "fragment": f"{path}#comments",
        "dots": f"/a/../.{path}",
        "phpsession": f"{path}{join}PHPSESSID=9f{story.number}ab",
        "second": f"/ekinshi/{story.number}-bet",
        "redirect": f"/bar/{story.number}",
        "refresh": f"/kosh/{story.number}",
        "https": f"https://{host}{path}",
        "userinfo": f"http://user:secret@{host}{path}",
        "dot-host": f"http://{host.replace(':', '.:')}{path}",
        "two-slashes": f"{base}//{path[1:]}",
        "long": f"{path}{join}utm_content={'a' * 1_500}",
        "part-2": portal.part_path(story, 2),
        "session-path": f"/sessiya/{story.number:x}f/{story.number}/",
    }
    if form == "slash" and "?" not in path and not path.endswith(".html"):
        return path + "/"
    if form == "hex" and "%" in path:
        return path.lower()
    if form == "jsession" and "?" not in path:
        return f"{path};jsessionid=A1B{story.number}"
    return forms.get(form, path)


def html(text, status=200, **headers):
    """An answer in HTML."""
    return status, {"Content-Type": "text/html; charset=utf-8"} | headers, text.encode()


def missing(portal, status=404):
    """There is no such page."""
    return html(markups.page(portal, "404", "<p>Бет табылмады.</p>"), status)


def _story(portal, match, query, headers):
    number = match["number"] if "number" in match.groupdict() else query.get("id", "")
    story = portal.story(number)
    if story is None:
        known = next((story for story in portal.stories if str(story.number) == number), None)
        return missing(portal, known.gone if known else 404)
    part = int(query.get("page") or (match.groupdict().get("part") or "1"))
    if not 1 <= part <= story.parts:
        return missing(portal)
    if part == 1 and "second" not in match.re.groupindex and (trouble := faults.trouble(portal, story)) is not None:
        return trouble
    answer = _encoded(story, markups.article(portal, story, part, _canonical(portal, story, match, part)))
    return faults.by_habit(portal, story, answer, headers)


def _canonical(portal, story, match, part):
    own = portal.part_path(story, part) if part > 1 and story.number % 4 else story.path
    if "amp" in match.groupdict() and match["amp"]:
        return portal.base + own
    second = f"/ekinshi/{story.number}-bet"
    is_second = "second" in match.groupdict()
    return {
        "own": portal.base + own,
        "none": "",
        "front": portal.base + "/",
        "relative": own,
        "https": portal.base.replace("http://", "https://") + own,
        "other": portal.base + portal.stories[len(portal.stories) // 2].path,
        "dead": portal.base + f"/zhoq/{story.number}-bet",
        "fresh": f"{portal.base}{own}{'&' if '?' in own else '?'}v={portal.views()}",
        "loop": portal.base + (story.path if is_second else second),
    }[story.canonical if story.parts == 1 else "own"]


def _encoded(story, text):
    if story.charset == "cp1251-in-meta":
        return 200, {"Content-Type": "text/html"}, text.encode("cp1251", "xmlcharrefreplace")
    if story.charset == "utf-8-called-latin":
        return 200, {"Content-Type": "text/html; charset=iso-8859-1"}, text.encode()
    if story.charset == "utf-16":
        return 200, {"Content-Type": "text/html"}, text.replace("utf-8", "utf-16").encode("utf-16")
    if story.charset == "utf-8-bom":
        return 200, {"Content-Type": "text/html; charset=windows-1251"}, b"\xef\xbb\xbf" + text.encode()
    if story.charset == "utf-8-with-nul":
        text = text.replace("<p>", "<p>\0").replace("</h1>", "\0</h1>")
    status, headers, body = html(text)
    if story.number % 2:
        headers |= {"Last-Modified": format_datetime(story.changed)} if story.changed.year < 2030 else {}
    return status, headers, body


def _front(portal, match, query):
    stories = [story for story in portal.stories if story.place == "front" and not story.gone]
    traps = "".join(f'<p><a href="{escape(href)}">{text}</a></p>' for href, text in faults.links(portal))
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/lenta.rss">'
        '<link rel="alternate" type="application/atom+xml" href="/lenta.atom">'
    )
    text = markups.listing(portal, "Дала хабары", stories, more=traps + markups.more_button(0))
    return html(text.replace("</head>", head + "</head>"), Link='</jalgasy/?page=2>; rel="next"')


def _all(portal, match, query):
    stories = portal.of_place("listing")
    last = max(1, -(-len(stories) // _PER_PAGE))
    number = int(query.get("page", "1")) if query.get("page", "1").isdigit() else 1
    shown = min(number, last)  # behind the last page the last one comes again, and names a next one
    return html(
        markups.listing(
            portal,
            f"Барлық жаңалық, {number}-бет",
            stories[(shown - 1) * _PER_PAGE : shown * _PER_PAGE],
            following=f"/barlygy/?page={number + 1}",
        )
    )


def _by_button(portal, match, query):
    """The rest of a list, loaded by a button that is no link."""
    stories = portal.of_place("button")
    number = int(query.get("offset", "0")) if query.get("offset", "0").isdigit() else 0
    rows = "".join(
        f'<div class="row"><a href="{escape(portal.link(story))}">{escape(story.title)}</a></div>'
        for story in stories[number : number + 2]
    )
    return html(rows + (markups.more_button(number + 2) if number + 2 < len(stories) else ""))


def _by_header(portal, match, query):
    """The rest of a list, named in a Link header only."""
    return html(markups.listing(portal, "Жалғасы", portal.of_place("header")))


def _archive(portal, match, query):
    months = sorted({f"{story.published:%Y/%m}" for story in portal.of_place("archive")}, reverse=True)
    tags = sorted({tag for story in portal.stories for tag in story.tags})
    people = sorted({name for words in WORDS.values() for name in words["names"]})
    links = [(f"/muragat/{month}/", month) for month in months] + [(portal.tag_path(tag), tag) for tag in tags]
    links += [(portal.author_path(name), name) for name in people]
    return html(
        markups.page(portal, "Мұрағат", "".join(f'<li><a href="{href}">{text}</a></li>' for href, text in links))
    )


def _month(portal, match, query):
    return html(
        markups.listing(
            portal, match[1], [story for story in portal.of_place("archive") if f"{story.published:%Y/%m}" == match[1]]
        )
    )


def _tag(portal, match, query):
    return html(
        markups.listing(
            portal, match[1], [story for story in portal.of_place("tag") if match[1] in story.tags], dated=False
        )
    )


def _author(portal, match, query):
    name = match[1].replace("-", " ")
    stories = portal.of_place("author")
    return html(
        markups.listing(
            portal,
            name,
            [
                story
                for place, story in enumerate(stories)
                if name in story.authors
                or (not story.authors and not place % 2)
                or (not story.authors and name == "Айбек Сарсен")
            ],
        )
    )


def _robots(portal, match, query):
    filler = "".join(f"Disallow: /zhabyq-bolim/{number}/\n" for number in range(15_000))
    text = f"User-agent: *\nDisallow: /tyiym/\n{filler}\nSitemap: {portal.base}/karta.xml\n"
    return 200, {"Content-Type": "text/plain"}, text.encode()


def _sitemap_index(portal, match, query):
    names = ("karta-1.xml.gz", "karta-2.xml", "karta-3.xml", "karta.txt", "karta-4.xml")
    rows = "".join(f"<sitemap><loc>{portal.base}/{name}</loc></sitemap>" for name in names)
    return 200, {"Content-Type": _XML}, f'<?xml version="1.0"?><sitemapindex>{rows}</sitemapindex>'.encode()


def _urlset(rows):
    inner = "".join(
        f"<url><loc>{escape(url)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>" for url, day in rows
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}'
        "</urlset>"
    ).encode()


def _sitemap(portal, match, query):
    if match[1] == "1":  # honest, zipped
        rows = [(portal.base + story.path, utc(story.changed)) for story in portal.of_place("gz")]
        rows += [
            (portal.base + story.path, utc(story.edited))
            for story in portal.stories
            if story.edited and not story.gone and story.place != "gz"
        ]
        return 200, {"Content-Type": "application/x-gzip"}, gzip.compress(_urlset(rows), mtime=0)
    if match[1] == "2":  # every address was changed just now, it says
        now = utc(portal.stories[0].published.now(ZONE))
        rows = [(urljoin(portal.base, portal.link(story)), now) for story in portal.of_place("today")]
        return 200, {"Content-Type": _XML}, _urlset([*rows, *((portal.base + path, now) for path in _PAGES)])
    rows = [(f"{portal.base}/oshken/{number}-eski-habar", "2019-05-05") for number in range(portal.dead_links)]
    return 200, {"Content-Type": _XML}, _urlset(rows)


def _broken_sitemap(portal, match, query):
    rows = _urlset([(portal.base + story.path, None) for story in portal.of_place("html")])
    return 200, {"Content-Type": "text/html"}, rows.replace(b"</urlset>", b"<url><loc>&nbsp;&bad; <")


def _text_sitemap(portal, match, query):
    lines = "\n".join(portal.base + story.path for story in portal.of_place("text"))
    return 200, {"Content-Type": "text/plain"}, lines.encode()


def _rss(portal, match, query):
    newest = [story for story in portal.stories if not story.gone and story.place != "related"][:8]
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(urljoin(portal.base, portal.link(story)))}</link>"
        f"<pubDate>{format_datetime(story.published)}</pubDate>&nbsp;<description>A & B <b></description></item>"
        for story in [*newest, *portal.of_place("rss")]
    )
    return (
        200,
        {"Content-Type": "text/html"},
        f'\n<?xml version="1.0"?><rss version="2.0"><channel>\x0b{items}'.encode(),
    )


def _atom(portal, match, query):
    items = "".join(
        f'<entry><title>{escape(story.title)}</title><link href="{escape(story.path)}"/>'
        f"<updated>{utc(story.changed)}</updated></entry>"
        for story in portal.of_place("atom")
    )
    return (
        200,
        {"Content-Type": "application/atom+xml"},
        (f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{items}</feed>').encode(),
    )


def _redirect(portal, match, query):
    """A chain of three."""
    story, step = portal.story(match["number"]), int(match["step"] or "0")
    if story is None:
        return missing(portal)
    target = story.path if step == 2 else f"/bar/{story.number}/{step + 1}"
    return (301, 302, 308)[step], {"Location": target if step else portal.base + target}, b""


def _refresh(portal, match, query):
    story = portal.story(match["number"])
    if story is None:
        return missing(portal)
    return html(
        f'<html><head><meta http-equiv="refresh" content="0; url={escape(story.path)}"></head><body></body></html>'
    )


def _fixed(portal, match, query):
    return html(markups.page(portal, *_PAGES[match[0]]))


_PATHS = (
    (r"/", _front),
    (r"/barlygy/?", _all),
    (r"/muragat/?", _archive),
    (r"/tizim/?", _by_button),
    (r"/jalgasy/?", _by_header),
    (r"/muragat/(\d{4}/\d\d)/?", _month),
    (r"/taqyryp/([^/]+)/?", _tag),
    (r"/qalamger/([^/]+)/?", _author),
    (r"/robots\.txt", _robots),
    (r"/karta\.xml", _sitemap_index),
    (r"/karta-(1)\.xml\.gz", _sitemap),
    (r"/karta-([23])\.xml", _sitemap),
    (r"/karta-4\.xml", _broken_sitemap),
    (r"/karta\.txt", _text_sitemap),
    (r"/lenta\.rss", _rss),
    (r"/lenta\.atom", _atom),
    (r"(?P<amp>/amp)?/zhanalyq/(?P<number>\d+)-[\w-]+/?", _story),
    (r"(?P<amp>/amp)?/жаңалық/(?P<number>\d+)-[^/]+/?", _story),
    (r"(?P<amp>/amp)?/novosti/[\w-]+_(?P<number>\d+)(?:-(?P<part>\d))?\.html", _story),
    (r"(?P<amp>/amp)?/oku\.php", _story),
    (r"(?P<second>/ekinshi)/(?P<number>\d+)-bet", _story),
    (r"/sessiya/[0-9a-f]+/(?P<number>\d+)/(?P<second>)", _story),
    (r"/bar/(?P<number>\d+)(?:/(?P<step>\d))?", _redirect),
    (r"/kosh/(?P<number>\d+)", _refresh),
    *((re.escape(path), _fixed) for path in _PAGES),
)
_ROUTES = [(re.compile(pattern), respond) for pattern, respond in _PATHS]
