"""What a person sees of an article's fields, as against what only the page's metadata declare."""

from __future__ import annotations

from malim_scraper.extraction.evidence import RULES
from malim_scraper.extraction.explanation import Explanation

# Kinds of evidence that no reader sees. Microdata, `rel` links and `time` elements mark what is printed.
DECLARED = frozenset((
    "json-ld", "json-ld-about", "json-ld-breadcrumb", "json-ld-created", "json-ld-part", "hydration", "opengraph",
    "opengraph-unprinted", "twitter", "meta", "meta-date", "meta-unprinted", "publisher", "title-tag", "url",
    "url-number", "news-keywords", "parsely", "sailthru", "cxense", "canonical", "generic"))


def visible_fields(found: Explanation) -> list[str]:
    """Return the fields whose value the visible page gives or confirms; empty without an article.

    found: what was read of a page. A value that another kind of evidence gives counts when printed text says the same.
    """
    names = []
    for name, choice in found.choices.items():
        chosen = choice.chosen
        if chosen is None or found.article is None:
            continue
        agree = RULES[name].agree if name in RULES else None
        if chosen.evidence not in DECLARED or (agree is not None and any(
                candidate.evidence not in DECLARED and agree(chosen.value, candidate.value)
                for _, candidate in choice.ranked)):
            names.append(name)
    return names
