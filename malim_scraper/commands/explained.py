"""An explanation as tables: for each field its candidates, their evidence and scores, the chosen one and why."""

from __future__ import annotations

import shutil
import sys
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from malim_scraper.extraction import Explanation

LONGEST = 300  # characters of a value
MOST = 12  # candidates of a field
_WIDTH = 140  # columns where the output is no terminal


def terminal_width() -> int:
    """Return the columns of the terminal that standard output is, else those of a wide page."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDTH


def print_explanation(name: str, explanation: Explanation, file: IO[str], width: int) -> None:
    """Print the tables of one page to a text stream, in so many columns."""
    console = Console(file=file, width=width, highlight=False)
    article = explanation.article
    verdict = f"warnings: {', '.join(article.warnings) or 'none'}" if article else "no article"
    console.print(Text(f"{name}: {verdict}", style="bold"))
    for field, choice in explanation.choices.items():
        table = Table(title=Text(f"{field}: {choice.why}"), title_justify="left", expand=False)
        for column in ("", "score", "evidence", "value", "where"):
            table.add_column(column, overflow="fold", max_width=80 if column == "value" else 40)
        for score, candidate in choice.ranked[:MOST]:
            chosen = candidate is choice.chosen
            table.add_row(
                "→" if chosen else "",
                f"{score:g}",
                candidate.evidence,
                Text(shown(candidate.value)),
                Text(candidate.where),
                style="bold" if chosen else "",
            )
        if choice.ranked:
            console.print(table)
        else:
            console.print(Text(f"{field}: {choice.why}"))


def shown(value: Any) -> str:
    """Return a value as one short line for a person.

    >>> shown(["Асқар Нұр", "Malim Админ"])
    'Асқар Нұр; Malim Админ'
    """
    if isinstance(value, list):
        text = "; ".join(map(shown, value))
    else:
        text = next(
            (
                getattr(value, name)
                for name in ("text", "title", "url")
                if hasattr(value, name) and not isinstance(value, str)
            ),
            str(value),
        )
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
