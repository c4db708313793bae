"""The fields of one page as a person judges them: value, evidence, doubt."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from malim_scraper.extraction import Explanation
from malim_scraper.extraction.evidence import RULES, Choice

SHOWN = ("title", "authors", "date_published", "date_modified", "lead", "body", "section", "tags", "images", "related",
         "language", "free_access", "canonical_url")
EXPECTED = ("title", "authors", "date_published", "lead", "body", "section", "images")  # of nearly every article
_LONGEST = 160
_CODES = {"date_published": ("date-conflict", "future-date", "timezone-assumed"), "body": ("short-body",)}
# Other evidence may rightly name something else in these: a part of the list, another picture.
_LISTS = ("images", "tags", "related", "body")


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field: its value in short, the evidence it came from, where on the page, and what speaks against it."""

    field: str
    value: str
    evidence: str = ""
    where: str = ""
    doubt: str = ""


def field_rows(explanation: Explanation) -> list[FieldRow]:
    """Return a row for each field of an article, in the order of the record; none when the page is no article."""
    article = explanation.article
    if article is None:
        return []
    rows = []
    for name in SHOWN:
        choice = explanation.choices.get(name, Choice())
        chosen = choice.chosen
        rows.append(FieldRow(name, brief(getattr(article, name)), chosen.evidence if chosen else "",
                             chosen.where if chosen else "", "; ".join(_doubts(name, choice, article.warnings))))
    return rows


def missing_fields(rows: list[FieldRow]) -> list[str]:
    """Return the fields that nearly every article has and this one lacks."""
    return [row.field for row in rows if row.field in EXPECTED and not row.value]


def brief(value: Any) -> str:
    """Return a value as one short line; empty when there is none."""
    if value is None or value == [] or value == "":
        return ""
    if isinstance(value, list):
        parts = [part if isinstance(part, str) else getattr(part, "title", "") or part.url for part in value]
        text = f"{len(parts)}: {'; '.join(parts)}" if len(parts) > 1 else parts[0]
    else:
        text = str(value).replace("\n", " ")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}… ({len(text)} characters)"


def _doubts(name: str, choice: Choice, warnings: list[str]) -> Iterator[str]:
    yield from (code for code in _CODES.get(name, ()) if code in warnings)
    chosen = choice.chosen
    if chosen is None:
        if choice.ranked:
            yield f"only {choice.ranked[0][1].evidence}, which does not count"
        return
    if name in RULES and name not in _LISTS and chosen.evidence != "profile":
        rule = RULES[name]
        seen: set[str] = set()
        for score, other in choice.ranked[1:]:
            differs = not rule.agree(chosen.value, other.value) and not rule.agree(other.value, chosen.value)
            if score > 0 and differs and other.evidence not in (*seen, chosen.evidence):
                seen.add(other.evidence)
                yield f"{other.evidence} says {brief(other.value)[:60]}"
            if len(seen) == 2:
                break
