"""The page itself: self-contained, everything escaped, nothing that executes or loads."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import groupby
from typing import Any

from malim_scraper.explaining.roles import Line, read_lines
from malim_scraper.extraction import Explanation
from malim_scraper.extraction.evidence import Choice
from malim_scraper.extraction.page import Page

_FOLDED = 8  # lines in a row that became nothing, from which they are folded away
_CANDIDATES = 12
_LONGEST = 400  # characters of a value
_LEGEND = (("title", "title"), ("body", "body"), ("lead", "lead"), ("date", "date"), ("author", "author"),
           ("related", "related"), ("topic", "section, tags"))


def render_page(name: str, page: Page, explanation: Explanation) -> str:
    """Return an HTML document that shows what became of a page.

    name: of the page, for the heading. Nothing of the page executes: its text is escaped, and the document's policy
    allows no script, no form and no request.
    """
    article = explanation.article
    verdict = "no article was found on this page"
    if article:
        verdict = f"warnings: {', '.join(article.warnings) or 'none'}"
    style = _style()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; form-action 'none'"
    legend = "".join(f'<span class="{role}">{escape(text)}</span>' for role, text in _LEGEND)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width"><meta name="referrer" content="no-referrer">
<title>{escape(name)}: explained</title><style>{style}</style></head><body>
<header><h1>{escape(name)}</h1><p>{escape(page.url)}</p><p>{escape(verdict)}</p><p class="legend">{legend}</p></header>
<main><section class="text" aria-label="Text of the page">{"".join(_text(page, explanation))}</section>
<section class="record" aria-label="Record and evidence"><table>
<thead><tr><th>field</th><th>value and evidence</th></tr></thead>
<tbody>{"".join(_fields(explanation))}</tbody></table></section></main></body></html>
"""


def _text(page: Page, explanation: Explanation) -> Iterator[str]:
    lines = read_lines(page, explanation)
    for is_other, group in groupby(lines, key=lambda line: not line.role and not line.marks):
        run = list(group)
        if is_other and len(run) >= _FOLDED:
            yield f"<details><summary>{len(run)} lines that became nothing</summary>"
            yield from map(_line, run)
            yield "</details>"
        else:
            yield from map(_line, run)


def _line(line: Line) -> str:
    node = line.block.node
    names = ".".join([node.tag, *node.names.split()[:2]])[:40]
    role = f' class="{line.role}"' if line.role else ""
    return f"<p{role}><small>{escape(names)}</small>{_marked(line.block.text, line.marks)}</p>"


def _marked(text: str, marks: Iterable[tuple[str, str]]) -> str:
    """The text escaped, its marked parts in their colours; no part is marked twice."""
    for part, field in marks:
        before, found, after = text.partition(part)
        if found:
            rest = [mark for mark in marks if mark[0] != part]
            return f'{_marked(before, rest)}<mark class="{field}">{escape(part)}</mark>{_marked(after, rest)}'
    return escape(text)


def _fields(explanation: Explanation) -> Iterator[str]:
    record = explanation.article.to_dict() if explanation.article else {}
    names = [name for name in record if name not in ("provenance", "warnings", "blocks")] or list(explanation.choices)
    for name in names:
        choice = explanation.choices.get(name, Choice())
        yield f"<tr><th>{escape(name)}</th><td>{_value(record.get(name))}{_evidence(choice)}</td></tr>"


def _value(value: Any) -> str:
    if value is None or value in ("", []):
        return '<span class="none">–</span>'
    if isinstance(value, list):
        return "<ul>" + "".join(f"<li>{_value(item)}</li>" for item in value) + "</ul>"
    if isinstance(value, dict):
        return "<br>".join(escape(_short(part)) for part in value.values() if part is not None)
    return escape(_short(value))


def _evidence(choice: Choice) -> str:
    chosen = choice.chosen
    if not choice.ranked:
        return ""
    head = f"{chosen.evidence} at {chosen.where}" if chosen else choice.why
    rows = "".join(
        f"<tr><td>{score:g}</td><td>{escape(candidate.evidence)}</td><td>{escape(_short(candidate.raw))}</td>"
        f"<td>{escape(candidate.where)}</td></tr>" for score, candidate in choice.ranked[:_CANDIDATES])
    count = len(choice.ranked)
    why = f"{count} candidate{'s' * (count != 1)}; {choice.why}"
    heads = "<tr><th>score</th><th>evidence</th><th>as on the page</th><th>where</th></tr>"
    return (f"<details><summary>{escape(head)} <em>({escape(why)})</em></summary>"
            f"<table>{heads}{rows}</table></details>")


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}… ({len(text)} characters)"


@cache
def _style() -> str:
    return files(__package__).joinpath("document.css").read_text("utf-8")
