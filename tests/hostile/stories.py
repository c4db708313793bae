"""The articles of the hostile portal: what each says, where it is found, how its own address misbehaves."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote
from zoneinfo import ZoneInfo

from hostile.words import WORDS, headline, paragraphs, slug

ZONE = ZoneInfo("Asia/Almaty")
SIZES = {
    "front": 6,
    "listing": 22,
    "gz": 14,
    "today": 10,
    "rss": 5,
    "atom": 5,
    "archive": 12,
    "tag": 6,
    "author": 6,
    "related": 6,
    "html": 4,
    "text": 4,
    "button": 4,
    "header": 4,
}
# What a story's address does at the first request; the second is answered well.
TROUBLES = ("busy", "busy-date", "limited", "recovers", "reset", "cut-gzip", "short", "hangs")
FORMS = (
    "plain",
    "utm",
    "fbclid",
    "amp",
    "print",
    "mobile",
    "upper",
    "slash",
    "fragment",
    "dots",
    "jsession",
    "phpsession",
    "second",
    "redirect",
    "refresh",
    "https",
    "hex",
    "session-path",
    "userinfo",
    "dot-host",
    "two-slashes",
    "long",
)
CANONICALS = ("own", "own", "none", "own", "front", "own", "https", "loop", "dead", "relative", "other")
CHARSETS = ("utf-8", "cp1251-in-meta", "utf-8-called-latin", "utf-16", "utf-8-bom", "utf-8-with-nul")
# What a story's address does each time
HABITS = ("long-length", "no-last-chunk", "cookie", "new-etag", "foreign-base")
MARKUPS = ("bulletin", "gazette", "board")


@dataclass
class Story:
    """One article and its truth.

    place: the kind of place that leads to it. form: how it is linked there. canonical: what its page
    declares. trouble: one of `TROUBLES`, or None. shown: how its date is printed.
    """

    number: int
    language: str
    markup: str
    title: str
    paragraphs: list
    authors: list
    section: str
    tags: list
    published: datetime
    shown: str
    place: str
    form: str
    canonical: str
    trouble: str | None
    charset: str
    parts: int = 1
    habit: str | None = None
    related: list = field(default_factory=list, repr=False)  # of each other: a repr would never end
    edited: datetime | None = None
    gone: int = 0

    @property
    def path(self):
        """Its own address below the host."""
        if self.markup == "board":
            return f"/oku.php?id={self.number}"
        if self.markup == "gazette":
            return f"/novosti/{slug(self.title)}_{self.number}.html"
        if self.number % 7 == 0:
            return quote(f"/жаңалық/{self.number}-{'-'.join(self.title.lower().split()[:5]).replace(':', '')}")
        return f"/zhanalyq/{self.number}-{slug(self.title)}"

    @property
    def date_published(self):
        """What the record must have; a relative date is compared by its day only."""
        if self.shown in ("none", "list"):
            return None
        if self.shown in ("day", "day-words"):
            return self.published.date().isoformat()
        return self.published.isoformat()

    @property
    def is_relative(self):
        """Whether the page prints how long ago it was."""
        return self.shown in ("ago", "yesterday")

    @property
    def changed(self):
        """When it changed last."""
        return self.edited or self.published

    def edit(self, text):
        """Correct the second paragraph."""
        self.paragraphs = [self.paragraphs[0], text, *self.paragraphs[2:]]
        self.edited = datetime.now(ZONE).replace(microsecond=0)


def make_stories(count, seed):
    """The stories of a portal, newest first."""
    dice = random.Random(seed)
    places = [place for place, share in SIZES.items() for _ in range(share)]
    now = datetime.now(ZONE).replace(second=0, microsecond=0)
    stories = [
        make_story(
            dice, number, places[number * 37 % len(places)] if number else "front", _moment(dice, now, number, count)
        )
        for number in range(count)
    ]
    hidden = [story for story in stories if story.place == "related"]
    shown = [story for story in stories if story.place != "related"]
    for story in shown:
        story.related = dice.sample([other for other in shown if other is not story], 2)
    for story in hidden:
        for host in dice.sample(shown, 2):
            host.related.append(story)
    return stories


def _moment(dice, now, number, count):
    if number < 6:
        return now - timedelta(hours=2 + 5 * number)
    days = 4 + number * 900 // count
    day = date(now.year, now.month, now.day) - timedelta(days=days)
    return datetime(day.year, day.month, day.day, dice.randint(6, 22), dice.choice((0, 5, 20, 45)), tzinfo=ZONE)


def make_story(dice, number, place, published):
    """One story; what is peculiar about it follows from its number."""
    markup = MARKUPS[number % 3]
    language = {"bulletin": "kk", "gazette": "ru", "board": "ru" if number % 2 else "kk"}[markup]
    words = WORDS[language]
    shown = ("moment", "moment", "day", "moment", "moment", "day", "moment", "none", "moment", "list")[number % 10]
    if number < 6:
        shown = ("ago", "yesterday")[number % 2] if number in (1, 2) else "moment"
    elif number % 43 == 0:
        shown, published = "future", published.replace(year=published.year + 9, day=min(published.day, 28))
    title = headline(dice, language, 1000 + number)
    parts = dice.randint(2, 4) if number % 17 == 3 and place != "related" else 1
    text = paragraphs(dice, language, 4 if parts == 1 else 3 * parts)
    return Story(
        number=1000 + number,
        language=language,
        markup=markup,
        title=title,
        paragraphs=text,
        authors=[] if number % 9 == 4 else dice.sample(words["names"], 2 if number % 11 == 0 else 1),
        section=dice.choice(words["sections"]),
        tags=dice.sample(words["tags"], 2),
        published=published,
        shown=shown,
        place=place,
        form=FORMS[number * 5 % len(FORMS)] if parts == 1 else ("plain", "part-2")[number % 2],
        canonical="fresh" if number % 23 == 9 else CANONICALS[number * 3 % len(CANONICALS)],
        trouble=TROUBLES[number // 12 % len(TROUBLES)] if number % 12 == 5 else None,
        charset=CHARSETS[number // 3 % len(CHARSETS)] if markup == "gazette" else "utf-8",
        parts=parts,
        habit=HABITS[number // 7 % len(HABITS)] if number % 7 == 3 and number % 12 != 5 else None,
    )


def utc(moment):
    """A point in time as sitemaps write it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
