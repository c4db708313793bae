"""The graph of related articles: who points to whom, and which articles stand close together.

Clusters are found by the method of Louvain: https://doi.org/10.1088/1742-5468/2008/10/P10008
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from malim_scraper.extras import need
from malim_scraper.report.survey import Survey

LARGEST = 2_000  # articles whose clusters are looked for: those with the most links
COLOURS = 8  # clusters in the picture
DRAWN = 160  # articles in it


@dataclass
class Related:
    """What the related items show.

    pointing: articles with related items. links: from one stored article to another. outside: to an address that is
    not stored. most: (title, address, times pointed to). clusters: (title of the most linked article, articles).
    drawing: the most linked articles of the largest clusters as `x, y, links, cluster`; lines: pairs of their numbers.
    """

    pointing: int = 0
    links: int = 0
    outside: int = 0
    most: list[tuple[str, str, int]] = field(default_factory=list)
    clusters: list[tuple[str, int]] = field(default_factory=list)
    drawing: list[tuple[float, float, int, int]] = field(default_factory=list)
    lines: list[tuple[int, int]] = field(default_factory=list)


def relate(survey: Survey) -> Related:
    """Build the graph of a survey. Raises MalimError when the extra 'report' is not installed."""
    networkx = need("networkx", extra="report", purpose="the report")
    sources, targets = survey.links[::2], survey.links[1::2]
    aimed = Counter(filter(survey.pages.__contains__, targets))
    found = Related(len(set(sources)), aimed.total(), len(targets) - aimed.total())
    found.most = [(*survey.pages[page], count) for page, count in _first(aimed, 10)]
    linked = aimed + Counter(one for one, other in zip(sources, targets, strict=True) if other in survey.pages)
    largest = {page for page, _ in _first(linked, LARGEST)}
    graph = networkx.Graph()
    graph.add_edges_from(sorted(pair for pair in zip(sources, targets, strict=True) if largest.issuperset(pair)))
    clusters = sorted(networkx.community.louvain_communities(graph, seed=1), key=len, reverse=True) if graph else []
    found.clusters = [(survey.pages[max(group, key=lambda page: (aimed[page], page))][0], len(group))
                      for group in clusters[:10]]
    _draw(networkx, graph, clusters, linked, found)
    return found


def _draw(networkx: Any, graph: Any, clusters: list[set[int]], linked: Counter[int], found: Related) -> None:
    """Place the most linked articles of the largest clusters."""
    largest = [Counter({page: linked[page] for page in group}) for group in clusters[:COLOURS]]
    cluster_of = {page: number for number, group in enumerate(largest) for page, _ in _first(group, DRAWN // COLOURS)}
    part = graph.subgraph(cluster_of)
    places = networkx.spring_layout(part, seed=1, k=1.6 / max(1, len(cluster_of)) ** 0.5)
    found.drawing = [(float(places[page][0]), float(places[page][1]), linked[page], cluster)
                     for page, cluster in cluster_of.items()]
    number = {page: position for position, page in enumerate(cluster_of)}
    found.lines = sorted((number[one], number[other]) for one, other in part.edges)


def _first(counts: Counter[int], size: int) -> list[tuple[int, int]]:
    """Return the most frequent, always in the same order."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:size]
