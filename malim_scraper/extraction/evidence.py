"""The one place that chooses: candidates of all finders in, one value per field out, by one table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from malim_scraper.extraction.agreement import has_time, same_day, same_list, same_title, same_words
from malim_scraper.extraction.authors import find_authors
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.canonical import find_canonical
from malim_scraper.extraction.free_access import find_free_access
from malim_scraper.extraction.images import find_images
from malim_scraper.extraction.lead import find_lead
from malim_scraper.extraction.published import find_modified, find_published
from malim_scraper.extraction.related import find_related
from malim_scraper.extraction.section import find_section
from malim_scraper.extraction.selectors import find_selected
from malim_scraper.extraction.tags import find_tags
from malim_scraper.extraction.title import find_title
from malim_scraper.text import fold

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page

MAX_CANDIDATES = 60  # of one field; a page that says more contradicts itself
PROFILE = 100.0  # what a person wrote into the portal's profile beats everything
_ALONE, _UNCOUNTED = "heaviest evidence", "no evidence that counts"
Agreement = Callable[[Any, Any], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """How a field is chosen.

    find: its finder. weights: kind of evidence → its weight; one that is not named, or weighs nothing, is shown but
    never chosen. agree: whether two values say the same; each further kind of evidence that agrees adds its weight.
    detail: of values that say the same the one with most is taken.
    """

    find: Callable[[Page], Iterable[Candidate[Any]]]
    weights: Mapping[str, float]
    agree: Agreement = lambda one, other: bool(one == other)
    detail: Callable[[Any], int] = lambda _: 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one field with their scores, the best first."""

    ranked: tuple[tuple[float, Candidate[Any]], ...] = ()
    why: str = "nothing found"

    @property
    def chosen(self) -> Candidate[Any] | None:
        """The candidate that gives the field its value, or None."""
        return self.ranked[0][1] if self.ranked and self.ranked[0][0] > 0 else None


RULES: dict[str, Rule] = {
    "title": Rule(
        find_title,
        {
            "headline": 6,
            "json-ld": 4,
            "opengraph": 3,
            "microdata": 3,
            "heading": 2,
            "title-tag": 1,
            "with-kicker": 5,
            "twitter": 0.25,
            "meta": 0.25,
            "named-as-site": 0.1,
        },
        same_title,
        lambda title: len(fold(title).split()),
    ),
    "authors": Rule(
        find_authors,
        {
            "json-ld": 6,
            "label": 4,
            "microdata": 4,
            "rel-author": 4,
            "opengraph": 4,
            "meta": 4,
            "marker": 3,
            "publisher": 2.5,
            "beside-date": 2,
            "author-link": 2,
            "account": 1.5,
            "alone": 1,
            "opengraph-unprinted": 2,
            "meta-unprinted": 0,
        },
        same_list,
    ),
    "date_published": Rule(
        find_published,
        {
            "json-ld": 6,
            "opengraph": 5,
            "label": 5,
            "microdata": 5,
            "time": 4,
            "printed": 3,
            "meta": 3,
            "url": 3,
            "url-number": 1,
            "label-far": 2,
            "json-ld-created": 2,
            "meta-date": 2,
            "hour-alone": 0.5,
        },
        same_day,
        lambda text: has_time(text),
    ),
    "date_modified": Rule(
        find_modified, {"json-ld": 4, "opengraph": 3, "microdata": 3, "label": 3, "meta": 1}, same_day
    ),
    "lead": Rule(find_lead, {"marker": 4, "json-ld": 3, "opengraph": 2, "meta": 2, "twitter": 1}, same_words),
    "section": Rule(
        find_section,
        {
            "opengraph": 4,
            "json-ld": 4,
            "microdata": 4,
            "breadcrumb": 3,
            "rel-category": 3,
            "label": 3.5,
            "json-ld-breadcrumb": 3,
            "meta": 2,
            "kicker": 2,
        },
        same_words,
    ),
    "tags": Rule(
        find_tags,
        {
            "json-ld": 6,
            "opengraph": 5,
            "news-keywords": 4,
            "meta": 3.5,
            "rel-tag": 4,
            "label": 3.75,
            "microdata": 3,
            "marker": 2.5,
            "topic-link": 2.4,
            "parsely": 2,
            "sailthru": 1,
            "cxense": 1,
            "json-ld-about": 1,
        },
        same_list,
    ),
    "images": Rule(find_images, {"structure": 4, "json-ld": 3, "opengraph": 2, "twitter": 1}),
    "related": Rule(find_related, {"label": 4, "marker": 3, "structure": 2, "json-ld": 2}),
    "free_access": Rule(find_free_access, {"json-ld": 3, "microdata": 2, "json-ld-part": 1.5, "opengraph": 1}),
    "canonical_url": Rule(find_canonical, {"canonical": 5, "opengraph": 3, "json-ld": 2, "url": 1}),
}


def choose(page: Page, field: str, warnings: list[str]) -> Choice:
    """Choose the value of one field; a finder that fails costs the field, not the page, and leaves a warning."""
    rule = RULES[field]
    candidates: list[Candidate[Any]] = []
    for find in (rule.find,) if page.portal is None else (lambda page: find_selected(page, field), rule.find):
        try:
            candidates.extend(islice(find(page), MAX_CANDIDATES))
        except Exception:
            warnings.append(f"failed-{field.replace('_', '-')}")
    return rank(candidates, rule)


def rank(candidates: list[Candidate[Any]], rule: Rule) -> Choice:
    """Order candidates by the weight of their evidence and of all other kinds of evidence that agree with them."""
    if not candidates:
        return Choice()
    weighed = [(candidate, _weight(candidate, rule)) for candidate in candidates]
    if len(weighed) == 1:
        candidate, own = weighed[0]
        return Choice(((own, candidate),), _ALONE if own else _UNCOUNTED)
    rated = []
    for place, (candidate, own) in enumerate(weighed):
        agreeing = _agreeing(candidate, weighed, rule.agree) if own else {}
        rated.append((own + sum(agreeing.values()), own, -place, candidate, agreeing))
    rated.sort(key=lambda row: row[:3], reverse=True)
    first = rated[0]
    level = [row for row in rated[1:] if row[0] >= first[0] - 1e-9 and rule.agree(first[3].value, row[3].value)]
    if level:
        best = max((first, *level), key=lambda row: (rule.detail(row[3].value), row[1], row[2]))
        rated.remove(best)
        rated.insert(0, best)
    others = ", ".join(sorted(rated[0][4]))
    why = _UNCOUNTED if not rated[0][1] else f"agrees with {others}" if others else _ALONE
    return Choice(tuple((score, candidate) for score, _, _, candidate, _ in rated), why)


def _weight(candidate: Candidate[Any], rule: Rule) -> float:
    return PROFILE if candidate.evidence == "profile" else float(rule.weights.get(candidate.evidence, 0))


def _agreeing(
    candidate: Candidate[Any], weighed: list[tuple[Candidate[Any], float]], agree: Agreement
) -> dict[str, float]:
    """Return the other kinds of evidence that say the same, each once, with their weights."""
    found: dict[str, float] = {}
    for other, weight in weighed:
        kind = other.evidence
        if weight and kind != candidate.evidence and kind not in found and agree(candidate.value, other.value):
            found[kind] = weight
    return found
