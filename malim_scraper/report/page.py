"""The page: sections of text, charts and tables in one HTML file that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from string import Template

Cell = str | int | float | tuple[str, str] | None  # a pair: a text and the address that it links to
Row = Sequence[Cell]


@dataclass(frozen=True)
class Table:
    """A table. caption: what it lists. head: names of the columns."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Figure:
    """A chart with the table behind it. text: what is to be seen in it. svg: empty for a table alone."""

    text: str
    table: Table
    svg: str = ""


@dataclass(frozen=True)
class Section:
    """A section of the report. id: for links to it. note: said once, before the figures."""

    id: str
    title: str
    figures: Sequence[Figure] = field(default_factory=tuple)
    note: str = ""


def render(title: str, intro: str, numbers: Sequence[tuple[str, str]], sections: Iterable[Section]) -> str:
    """Return the whole page. numbers: the most telling ones, each with its name."""
    sections = list(sections)
    here = files(__name__.rpartition(".")[0])
    return Template(here.joinpath("page.html").read_text("utf-8")).substitute(
        title=escape(title), intro=escape(intro), style=here.joinpath("page.css").read_text("utf-8"),
        numbers="".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in numbers),
        links="".join(f'<li><a href="#{one.id}">{escape(one.title)}</a></li>' for one in sections),
        sections="\n".join(map(_section, sections)))


def _section(section: Section) -> str:
    note = f"<p>{escape(section.note)}</p>" if section.note else ""
    return (f'<section id="{section.id}"><h2>{escape(section.title)}</h2>{note}'
            f"{''.join(map(_figure, section.figures))}</section>")


def _figure(figure: Figure) -> str:
    if not figure.svg:
        return f"<p>{escape(figure.text)}</p>{_table(figure.table)}"
    table = f"<summary>Table: {escape(figure.table.caption)}</summary>{_table(figure.table)}"
    return (f"<figure>{figure.svg}<figcaption>{escape(figure.text)}</figcaption><details>{table}</details></figure>")


def _table(table: Table) -> str:
    if not table.rows:
        return ""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    caption = escape(table.caption)
    return (f'<div class="table" tabindex="0" role="region" aria-label="{caption}"><table><caption>{caption}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>")


def _cell(cell: Cell) -> str:
    if isinstance(cell, tuple):
        text, address = cell
        if address.startswith(("https://", "http://")):
            return f'<td><a href="{escape(address)}" rel="noreferrer">{escape(text or address)}</a></td>'
        return f"<td>{escape(text)}</td>"
    if isinstance(cell, int):
        return f'<td class="number">{cell:,}</td>'
    return f"<td>{escape('' if cell is None else str(cell))}</td>"
