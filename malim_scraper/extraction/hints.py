"""What the names in `class`, `id`, `role` and `itemprop` hint at, as one bit each."""

import re
from functools import lru_cache


class Hint:
    """What an element, or one that it stands in, says of itself; plain ints, for speed."""

    NONE = 0
    NAV = 1
    HEADER = 2
    FOOTER = 4
    ASIDE = 8
    COMMENT = 16
    SHARE = 32
    RELATED = 64
    PROMO = 128
    AD = 256
    CAPTION = 512
    BYLINE = 1024
    DATE = 2048
    TAGS = 4096
    HIDDEN = 8192
    BODY = 16384
    ARTICLE = 32768
    FORM = 65536
    PAYWALL = 131072
    LEAD = 262144
    TITLE = 524288
    STRONG = 1048576
    EMPHASIS = 2097152


TAG_HINTS = {
    "nav": Hint.NAV, "header": Hint.HEADER, "footer": Hint.FOOTER, "aside": Hint.ASIDE, "form": Hint.FORM,
    "figcaption": Hint.CAPTION, "article": Hint.ARTICLE, "time": Hint.DATE, "address": Hint.BYLINE, "h1": Hint.TITLE,
    "b": Hint.STRONG, "strong": Hint.STRONG, "em": Hint.EMPHASIS, "i": Hint.EMPHASIS,
}

# English, and what portals of Central Asia write in Latin letters. Matched against the words of the names and pairs of
# them joined ("post-body__text" is "post", "body", "text", "postbody", "bodytext"), so that "header" is not found in
# "subheader".
_WORDS = {
    Hint.NAV: "nav navbar navigation menu breadcrumb breadcrumbs speedbar pagination pager topbar toolbar toc",
    Hint.HEADER: "header masthead",
    Hint.FOOTER: "footer colophon copyright",
    Hint.ASIDE: "sidebar aside widget rail complementary",
    Hint.COMMENT: "comment comments disqus respond replies reviews kommentarii kommentariy pikir pikirler izohlar",
    Hint.SHARE: "share sharing social socials addtoany likes podelitsya",
    Hint.RELATED: "related similar recommend recommended recommendation recommendations recirc recirculation readmore"
                  " readalso readnext seealso moreon outbrain taboola pohozhie pohojie uqsas",
    Hint.PROMO: "promo newsletter subscribe subscription signup teaser teasers cta banner",
    Hint.AD: "ad ads advert advertisement sponsor sponsored dfp adsbygoogle reklama zharnama jarnama",
    Hint.CAPTION: "caption credit photocredit figcaption captiontext",
    Hint.BYLINE: "byline author authors writer contributor contributors reporter avtor avtory muallif",
    Hint.DATE: "date dateline datetime time timestamp published posted",
    Hint.TAGS: "tag tags tagcloud keywords topic topics tegi metki tegter",
    Hint.HIDDEN: "hidden visuallyhidden sronly screenreader dnone invisible",
    Hint.BODY: "articlebody entrybody postbody storybody newsbody contentbody textbody articlecontent entrycontent"
               " postcontent storycontent newscontent articletext entrytext posttext storytext newstext detailtext"
               " bodytext singlecontent",
    Hint.ARTICLE: "article post story entry hentry",
    Hint.PAYWALL: "paywall cookie cookies consent gdpr regwall",
    Hint.LEAD: "lead lede standfirst dek summary intro excerpt subtitle description podzagolovok",
    Hint.TITLE: "headline title zagolovok zag takyryp taqyryp sarlavha",
}
_HINT_OF = {word: sum(hint for hint, words in _WORDS.items() if word in words.split())
            for words in _WORDS.values() for word in words.split()}
# What Drupal's `field--label-hidden` hides is a part of the element and not the element.
_PARTS = frozenset(("label", "title", "sidebar", "header", "footer", "menu", "image", "caption"))
# What `has-sidebar` or `with-menu` names stands in or beside the element.
_ABOUT = frozenset(("has", "with", "without", "no", "hide"))
_FRAME = Hint.NAV | Hint.HEADER | Hint.FOOTER | Hint.ASIDE
_BUILT = "elementorwidget"  # the page builder's name for each box of the text, not for one in a sidebar
_SPLIT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


@lru_cache(maxsize=20_000)
def name_hints(names: str) -> int:
    """Return what the names in a `class`, `id`, `role` or `itemprop` value hint at.

    >>> name_hints("entry-content post__related") == Hint.RELATED | Hint.BODY | Hint.ARTICLE
    True
    >>> name_hints("main-nav") == Hint.NAV, name_hints("main has-sidebar with-menu") == Hint.NONE
    (True, True)
    """
    found = 0
    for name in names[:500].split():
        found |= _hints_of_one(name)
    return found


@lru_cache(maxsize=8_000)
def _hints_of_one(name: str) -> int:
    if name in _HINT_OF:
        return _HINT_OF[name]
    if name.isascii() and name.islower():
        words = name.replace("_", "-").split("-")
        if not name.isalpha():
            words = [word.strip("0123456789") for word in words]
    else:
        words = [word.lower() for word in _SPLIT.findall(name)]
    found = 0
    last = ""
    for word in words:
        if word in _HINT_OF and not (word == "hidden" and last in _PARTS) and last + word != _BUILT:
            found |= _HINT_OF[word] & ~_FRAME if last in _ABOUT else _HINT_OF[word]
        if last + word in _HINT_OF:
            found |= _HINT_OF[last + word]
        last = word
    return found
