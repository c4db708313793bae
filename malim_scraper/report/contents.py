"""What a report tells of the articles: when they appeared, which fields they have, their length, who wrote them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from malim_scraper.report.charts import bars, chart, heat, stacked
from malim_scraper.report.page import Figure, Section, Table
from malim_scraper.report.periods import periods
from malim_scraper.report.survey import JUDGED, Survey

_LENGTHS = (0, 1, 50, 100, 200, 300, 400, 600, 800, 1_200, 2_000, 5_000, 10**9)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def time_section(survey: Survey) -> Section:
    """Articles over time and portals, and the hours of publication."""
    unit, name, labels = periods(survey.by_day)
    largest = [portal for portal, _ in survey.portals.most_common(7)]
    counts: Counter[tuple[str, str]] = Counter()
    for (day, portal), count in survey.days.items():
        if day:
            counts[name(day), portal if portal in largest else "others"] += count
    shown = [*largest, *(["others"] if len(survey.portals) > len(largest) else [])]
    series = [(portal, [counts[label, portal] for label in labels]) for portal in shown]
    table = Table(f"articles by {unit} and portal", [unit, *shown],
                  [[label, *(counts[label, portal] for portal in shown)] for label in labels])
    undated = sum(count for (day, _), count in survey.days.items() if day is None)
    totals = {label: sum(counts[label, portal] for portal in shown) for label in labels}
    text = f"No article of {survey.count:,} has a date of publication."
    if labels:
        peak = max(totals, key=lambda label: totals[label])
        empty = sum(not total for total in totals.values())
        text = (f"Articles by {unit} of publication, {labels[0]} to {labels[-1]}. Most in {peak}: {totals[peak]:,}. "
                f"{empty} of {len(labels)} have none. {undated:,} articles are undated and not shown.")
    svg = chart(stacked(labels, series), text=text) if labels else ""
    return Section("time", "Articles over time", [Figure(text, table, svg), *_hours(survey)])


def _hours(survey: Survey) -> Iterable[Figure]:
    if not survey.hours:
        return
    most = max(survey.hours.values())
    rows = [[survey.hours[day, hour] for hour in range(24)] for day in range(7)]
    day, hour = max(survey.hours, key=lambda cell: survey.hours[cell])
    text = ("Hour and weekday of publication, in the portals' own time; "
            f"{survey.hours.total():,} articles show a time. Most on {_WEEKDAYS[day]} from {hour}:00: {most:,}.")
    labels = [str(hour) for hour in range(24)]
    svg = chart(heat(labels, _WEEKDAYS, [[count / most for count in row] for row in rows]), text=text, taller=0.7)
    yield Figure(text, Table("articles by weekday and hour", ["weekday", *labels],
                             [[_WEEKDAYS[number], *row] for number, row in enumerate(rows)]), svg)


def coverage_section(survey: Survey) -> Section:
    """How many articles have each field, over time."""
    unit, name, labels = periods(survey.by_day)
    all_in: Counter[str] = Counter()
    filled: Counter[tuple[str, str]] = Counter()
    for day, count in survey.by_day.items():
        all_in[name(day)] += count
    for (day, key), count in survey.filled.items():
        filled[name(day), key] += count
    shares = [[filled[label, key] / all_in[label] if all_in[label] else None for label in labels] for key in JUDGED]
    total = [survey.totals[key] / survey.count for key in JUDGED]
    low = min(range(len(JUDGED)), key=lambda number: total[number])
    text = (f"Share of articles in which a field holds something, by {unit} of publication: the fuller the cell, the "
            f"more. A field that fades at once: a portal that changed. Rarest: {JUDGED[low]}, {total[low]:.0%} of all.")
    table = Table(f"share of articles with each field, by {unit}", ["field", "all", *labels],
                  [[key, f"{total[number]:.1%}", *("" if share is None else f"{share:.0%}" for share in shares[number])]
                   for number, key in enumerate(JUDGED)])
    svg = chart(heat(labels, JUDGED, shares), text=text, taller=1.15) if labels else ""
    return Section("coverage", "Coverage of each field", [Figure(text, table, svg)])


def length_section(survey: Survey) -> Section:
    """How long the bodies are."""
    labels = ["none", *(f"{low}–{high - 1}" for low, high in pairwise(_LENGTHS[1:-1])), f"{_LENGTHS[-2]}+"]
    counts = [sum(count for words, count in survey.lengths.items() if low <= words < high)
              for low, high in pairwise(_LENGTHS)]
    middle = sorted(survey.lengths.elements())[survey.count // 2]
    text = (f"Words of the body. The middle article has {middle:,}, the longest {max(survey.lengths):,}; "
            f"{counts[0]:,} have none and {counts[1]:,} fewer than {_LENGTHS[2]}.")
    rows = list(zip(labels, counts, strict=True))
    table = Table("articles by words of the body", ["words", "articles"], rows)
    return Section("length", "Length", [Figure(text, table, chart(stacked(labels, [("articles", counts)]), text=text))])


def names_section(survey: Survey) -> Section:
    """Languages, sections and authors."""
    return Section("names", "Languages, sections, authors", [
        _ranking(survey.languages, "language", "languages", survey.count),
        _ranking(survey.sections, "section", "sections", survey.count),
        _ranking(survey.authors, "author", "authors", survey.count)])


def _ranking(counts: Counter[str], one: str, many: str, total: int) -> Figure:
    missing = counts.get("", 0)
    named = sorted(((name, count) for name, count in counts.items() if name), key=lambda item: (-item[1], item[0]))
    without = f" {missing:,} of {total:,} articles have none." if missing else ""
    if not named:
        return Figure(f"No {one} is known.{without}", Table(many, [one, "articles"], []))
    text = f"{len(named):,} {many if len(named) > 1 else one}. First: {named[0][0]}, {named[0][1]:,} articles.{without}"
    top = named[:15]
    svg = chart(bars([name for name, _ in top], [count for _, count in top]), text=text,
                taller=max(0.35, 0.085 * len(top)))
    rows = named[:200]
    return Figure(text, Table(f"articles by {one}, the first {len(rows)}", [one, "articles"], rows), svg)
