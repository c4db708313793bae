"""Why a record is as it is: for each field all candidates, their scores, the one that was chosen."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any

from malim_scraper.extraction.evidence import Choice
from malim_scraper.items import Article


@dataclass(frozen=True, slots=True)
class Explanation:
    """The record, and for each field all candidates with their scores. article: None when the page is no article."""

    article: Article | None
    choices: dict[str, Choice] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return all of it as plain dicts and lists, for `--json`.

        `article` is the record or null; `fields` has for each field `why` and `candidates`, the best first, each with
        score, chosen, evidence, value, raw and where.
        """
        return {
            "article": self.article.to_dict() if self.article else None,
            "fields": {name: _choice(choice) for name, choice in self.choices.items()},
        }


def _choice(choice: Choice) -> dict[str, Any]:
    rows = [
        {
            "score": round(score, 2),
            "chosen": candidate is choice.chosen,
            "evidence": candidate.evidence,
            "value": _plain(candidate.value),
            "raw": candidate.raw,
            "where": candidate.where,
        }
        for score, candidate in choice.ranked
    ]
    return {"why": choice.why, "candidates": rows}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
