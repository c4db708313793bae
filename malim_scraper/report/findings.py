"""What a report tells of links, crawls and faults: related articles, runs, warnings, duplicates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from malim_scraper.export.duplicates import Duplicate
from malim_scraper.report.charts import INK, SERIES, Draw, bars, chart, stacked
from malim_scraper.report.page import Figure, Row, Section, Table
from malim_scraper.report.related import Related
from malim_scraper.report.survey import Survey


def related_section(related: Related) -> Section:
    """Which articles point to which, and the clusters that they form."""
    note = (f"{related.pointing:,} articles present related ones: {related.links:,} links to stored articles, "
            f"{related.outside:,} to addresses that are not stored.")
    most = Figure("The articles that most others present as related.", Table(
        "most often related", ["article", "presented by"],
        [[(title or address, address), count] for title, address, count in related.most]))
    if not related.drawing:
        return Section("related", "Related articles", [most] if related.most else [], note=note)
    drawn = (f"The most linked articles of the largest clusters, {len(related.drawing)} in all: a dot is an article, "
             "larger with more links; a line joins two of which one presents the other; a colour is a cluster.")
    clusters = Table("clusters of articles that present each other", ["named by its most linked article", "articles"],
                     related.clusters)
    return Section("related", "Related articles", [
        Figure(drawn, clusters, chart(_graph(related), text=drawn, taller=1.4)), most], note=note)


def _graph(related: Related) -> Draw:
    def draw(axes: Any, narrow: bool) -> None:
        places = related.drawing
        for one, other in related.lines:
            axes.plot([places[one][0], places[other][0]], [places[one][1], places[other][1]],
                      color=INK, linewidth=0.5, alpha=0.3, zorder=1)
        most = max(links for _, _, links, _ in places)
        axes.scatter([x for x, *_ in places], [y for _, y, *_ in places], zorder=2, linewidths=0,
                     s=[(30 if narrow else 60) * (0.3 + links / most) for _, _, links, _ in places],
                     c=[SERIES[cluster] for *_, cluster in places])
        axes.set_axis_off()

    return draw


def runs_section(runs: Sequence[dict[str, Any]]) -> Section:
    """What the last crawls did."""
    last = runs[-60:]
    if not last:
        return Section("runs", "Health of the crawls", note="The dataset folder tells of no run.")
    keys = ("requests", "stored", "revisions", "errors")
    sums = {key: [_total(run, key) for run in last] for key in keys}
    labels = [str(run["started_at"])[:16].replace("T", " ") for run in last]
    outcomes = Counter(str(run.get("outcome")) for run in runs)
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.most_common())
    text = (f"Runs: {len(runs):,}, of them {told}. The last one, {labels[-1]}, stored {sums['stored'][-1]:,} new "
            f"articles with {sums['requests'][-1]:,} requests; errors: {sums['errors'][-1]:,}.")
    rows = [[label, run.get("ended_at"), run.get("outcome"), *(sums[key][number] for key in keys), run.get("message")]
            for number, (label, run) in enumerate(zip(labels, last, strict=True))]
    table = Table("the last runs", ["started", "ended", "outcome", *keys, "message"], rows)
    drawing = stacked([label[:10] for label in labels], [(key, sums[key]) for key in keys[1:]])
    return Section("runs", "Health of the crawls", [Figure(text, table, chart(drawing, text=text))])


def _total(run: dict[str, Any], key: str) -> int:
    return sum(int(counts.get(key) or 0) for counts in (run.get("portals") or {}).values() if isinstance(counts, dict))


def warnings_section(survey: Survey) -> Section:
    """Which warnings records carry, with examples."""
    named = sorted(survey.warnings.items(), key=lambda item: (-item[1], item[0]))
    if not named:
        return Section("warnings", "Warnings", note="No record carries a warning.")
    text = f"Warnings of the records. Most frequent: {named[0][0]}, in {named[0][1]:,} of {survey.count:,} articles."
    svg = chart(bars([code for code, _ in named[:15]], [count for _, count in named[:15]]), text=text,
                taller=max(0.35, 0.085 * len(named[:15])))
    examples: list[Row] = [(code, (title or address, address))
                           for code, _ in named for title, address in survey.examples[code]]
    return Section("warnings", "Warnings", [
        Figure(text, Table("articles by warning", ["warning", "articles"], named), svg),
        Figure("Examples of each.", Table("examples", ["warning", "article"], examples))])


def duplicates_section(
    duplicates: Sequence[Duplicate] | None, count: int, shown: Mapping[str, tuple[str, str]],
) -> Section:
    """How many of `count` articles repeat another; null where nobody looked. shown: title and address of each."""
    if duplicates is None:
        note = "Not looked for, since the extra 'duplicates' is missing or the dataset too large: ask malim duplicates."
        return Section("duplicates", "Duplicates", note=note)
    exact = sum(one.exact for one in duplicates)
    note = (f"{exact:,} of {count:,} articles repeat another word by word, {len(duplicates) - exact:,} nearly. "
            "malim export --dedup leaves them out.")
    unlike = sorted(duplicates, key=lambda one: (one.similarity, one.id))[:50]
    rows: list[Row] = [(shown[one.id], shown[one.kept], f"{one.similarity:.2f}") for one in unlike]
    table = Table("repeated articles", ["article", "repeats", "similarity"], rows)
    figures = [Figure("The least similar of them, to judge by.", table)] if rows else []
    return Section("duplicates", "Duplicates", figures, note=note)
