"""Charts as SVG in the colours of the page: drawn by matplotlib, twice, for a wide and for a narrow screen.

Colours are stand-ins that become CSS variables, so that one drawing serves light, dark and paper.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable, Sequence
from typing import Any

from malim_scraper.extras import need

INK, FAINT = "#010203", "#010204"
SERIES = tuple(f"#01030{number}" for number in range(1, 9))
_VARIABLES = {INK: "var(--ink)", FAINT: "var(--line)", **{one: f"var(--s{i})" for i, one in enumerate(SERIES, 1)}}
_SIZES = {"wide": (8.6, 3.4), "narrow": (3.9, 3.6)}  # inches of 72 points
_STYLE = {
    "svg.fonttype": "none", "svg.hashsalt": "malim", "font.size": 10, "text.color": INK, "axes.labelcolor": INK,
    "xtick.color": INK, "ytick.color": INK, "axes.edgecolor": FAINT, "grid.color": FAINT, "axes.grid": True,
    "axes.axisbelow": True, "axes.spines.top": False, "axes.spines.right": False, "legend.frameon": False,
}
_ID = re.compile(r' id="([^"]+)"')
_USED = re.compile(r"(?:url\(#|href=\"#)([^)\"]+)")

Draw = Callable[[Any, bool], None]


def chart(draw: Draw, *, text: str, taller: float = 1.0) -> str:
    """Return a chart as two SVG elements, of which the page shows one.

    draw: is called with a matplotlib Axes, and whether the screen is narrow. text: says in words what is to be seen.
    Raises MalimError when the extra 'report' is not installed.
    """
    matplotlib = need("matplotlib", extra="report", purpose="the report")
    figures = need("matplotlib.figure", extra="report", purpose="the report")
    parts = []
    for name, (width, height) in _SIZES.items():
        with matplotlib.rc_context(_STYLE):
            figure = figures.Figure(figsize=(width, height * taller), layout="constrained")
            draw(figure.add_subplot(), name == "narrow")
            file = io.StringIO()
            figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        parts.append(_in_page(file.getvalue(), name, text))
    return "".join(parts)


def _in_page(svg: str, name: str, text: str) -> str:
    svg = svg[svg.index("<svg"):]
    used = set(_USED.findall(svg))
    svg = _ID.sub(lambda found: found[0] if found[1] in used else "", svg)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"font: ([\d.]+)px[^;\"]*", r"font-size: \1px", svg)
    for stand_in, variable in _VARIABLES.items():
        svg = svg.replace(stand_in, variable)
    label = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    svg = re.sub(r' width="[^"]*pt"| height="[^"]*pt"', "", svg, count=2)
    return svg.replace("<svg", f'<svg class="{name}" role="img" aria-label="{label}"', 1)


def bars(names: Sequence[str], counts: Sequence[int]) -> Draw:
    """Return the drawing of horizontal bars, the first on top."""
    def draw(axes: Any, narrow: bool) -> None:
        limit = 18 if narrow else 44
        axes.barh([*map(str, range(len(names)))], counts, color=SERIES[0], height=0.7)
        axes.set_yticks(range(len(names)), [shorten(name, limit) for name in names])
        axes.invert_yaxis()
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        axes.locator_params(axis="x", nbins=4 if narrow else 8, integer=True)

    return draw


def stacked(labels: Sequence[str], series: Sequence[tuple[str, Sequence[int]]]) -> Draw:
    """Return the drawing of upright bars, one for each label, the series on top of each other."""
    def draw(axes: Any, narrow: bool) -> None:
        floor = [0] * len(labels)
        for color, (name, counts) in zip(SERIES, series, strict=False):
            axes.bar(range(len(labels)), counts, bottom=floor, color=color, width=0.85, label=shorten(name, 24))
            floor = [low + count for low, count in zip(floor, counts, strict=True)]
        _label_some(axes, labels, narrow)
        axes.grid(visible=False, axis="x")
        axes.locator_params(axis="y", nbins=6, integer=True)
        if len(series) > 1:
            axes.figure.legend(loc="outside upper left", ncols=2 if narrow else 4, fontsize=9)

    return draw


def heat(labels: Sequence[str], rows: Sequence[str], shares: Sequence[Sequence[float | None]]) -> Draw:
    """Return the drawing of a grid: one row per name, one cell per label, the fuller the higher its share (0 to 1)."""
    def draw(axes: Any, narrow: bool) -> None:
        patches = need("matplotlib.patches", extra="report", purpose="the report")
        for y, row in enumerate(shares):
            for x, share in enumerate(row):
                if share is not None:
                    axes.add_patch(patches.Rectangle((x - 0.5, y - 0.44), 1, 0.88, facecolor=SERIES[0],
                                                     edgecolor="none", alpha=round(0.06 + 0.94 * share, 2)))
        axes.set_xlim(-0.5, len(labels) - 0.5)
        axes.set_ylim(len(rows) - 0.5, -0.5)
        axes.set_yticks(range(len(rows)), rows)
        _label_some(axes, labels, narrow, taken=0.08 * max(map(len, rows)))
        axes.grid(visible=False)

    return draw


def _label_some(axes: Any, labels: Sequence[str], narrow: bool, *, taken: float = 0.4) -> None:
    """Label as many places as fit beside each other; taken: inches at the left. A character has about 0.085."""
    room = ((3.5 if narrow else 8.2) - taken) / (0.085 * max(map(len, labels), default=1) + 0.1)
    step = max(1, math.ceil(len(labels) / room))
    axes.set_xticks(range(0, len(labels), step), labels[::step])
    axes.set_xlim(-0.5, max(len(labels) - 0.5, 3.5))  # a single bar is no wall


def shorten(text: str, length: int) -> str:
    """Return a text of at most `length` characters; matplotlib's own signs in it lose their meaning."""
    text = " ".join(text.split()).replace("$", r"\$")
    return text if len(text) <= length else text[:length - 1].rstrip() + "…"
