"""The figures of a crawl for Prometheus: which there are, and how they are read from a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from malim_scraper.extensions.metrics_past import Past
from malim_scraper.spiders.desk import Desk
from malim_scraper.spiders.durations import BOUNDS
from malim_scraper.spiders.failures import KINDS

if TYPE_CHECKING:
    from prometheus_client.core import Metric

Values = Mapping[str, float]  # of the second label, or "" where there is none
_STATUS = "downloader/response_status_count/"
_EXTRACTION = "malim_extraction_seconds"


def _one(name: str) -> Callable[[Desk], Values]:
    return lambda desk: {"": float(desk.stats.get_value(name, 0))}


def _articles(desk: Desk) -> Values:
    names = {"new": "stored", "revised": "revisions", "unchanged": "unchanged", "duplicate": "duplicates"}
    return {label: desk.counted(name) for label, name in names.items()}


def _statuses(desk: Desk) -> Values:
    found = dict.fromkeys(("2xx", "3xx", "4xx", "5xx", "other"), 0.0)
    for name, count in desk.stats.get_stats().items():
        if name.startswith(_STATUS):
            status = f"{name.removeprefix(_STATUS)[:1]}xx"
            found[status if status in found else "other"] += count
    return found


def _errors(desk: Desk) -> Values:
    found = {kind: float(desk.stats.get_value(f"malim/error/{kind}", 0)) for kind in KINDS}
    return {**found, "unreadable": desk.counted("errors") - sum(found.values())}


# name, what it counts, the label beside `portal`, how it is read
COUNTERS: tuple[tuple[str, str, str, Callable[[Desk], Values]], ...] = (
    ("malim_requests", "Requests sent, robots.txt, redirects and retries included.", "",
     _one("downloader/request_count")),
    ("malim_responses", "Answers received, by class of their status.", "status", _statuses),
    ("malim_response_bytes", "Bytes received, as they came.", "", _one("downloader/response_bytes")),
    ("malim_articles", "Articles read, by what they were to the dataset.", "outcome", _articles),
    ("malim_not_articles", "Pages that hold no article.", "", _one("malim/not_articles")),
    ("malim_errors", "Pages that could not be had, by kind of failure.", "kind", _errors),
)


@dataclass(slots=True)
class Figures:
    """What is known of one portal, at the moment that it was read.

    counters: name → values. extraction: how many up to each bound, and the sum of seconds. queue: pages in line,
    or None when nobody knows.
    """

    portal: str
    counters: dict[str, Values]
    extraction: tuple[list[int], float]
    queue: int | None = None


def read(desk: Desk, queue: int | None) -> Figures:
    """Read the figures of a crawl, under way or ended."""
    return Figures(desk.portal.name, {name: reader(desk) for name, _, _, reader in COUNTERS},
                   (list(desk.extraction.counts), desk.extraction.total), queue)


def metrics(portals: list[Figures], states: Mapping[str, int], past: Past) -> Iterator[Metric]:
    """Yield the metrics of all portals. states: how many portals are in which state."""
    from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

    for name, text, label, _ in COUNTERS:
        counter = CounterMetricFamily(name, text, labels=["portal", *([label] if label else [])])
        for portal in portals:
            for value, count in portal.counters[name].items():
                labels = {"portal": portal.portal, **({label: value} if label else {})}
                counter.add_metric(list(labels.values()), count + past.before(f"{name}_total", labels))
        yield counter
    yield _histogram(portals, past)
    for name, text, values in (
        ("malim_queue_length", "Pages in line.",
         {portal.portal: portal.queue for portal in portals if portal.queue is not None}),
        ("malim_last_success_timestamp_seconds", "When a run over the portal was complete last, Unix time.",
         past.successes),
        ("malim_alarms", "What the last run over the portal found to be unhealthy.", past.alarms),
    ):
        gauge = GaugeMetricFamily(name, text, labels=["portal"])
        for portal_name, number in values.items():
            gauge.add_metric([portal_name], number)
        yield gauge
    crowd = GaugeMetricFamily("malim_portals", "Portals of this run, by how far they are.", labels=["state"])
    for state, number in states.items():
        crowd.add_metric([state], number)
    yield crowd


def _histogram(portals: list[Figures], past: Past) -> Metric:
    from prometheus_client.core import HistogramMetricFamily

    family = HistogramMetricFamily(_EXTRACTION, "Seconds that reading one page took, its links included.",
                                   labels=["portal"])
    for portal in portals:
        counts, total = portal.extraction
        names = [*map(str, BOUNDS), "+Inf"]
        labels = {"portal": portal.portal}
        buckets = [(name, count + past.before(f"{_EXTRACTION}_bucket", {**labels, "le": name}))
                   for name, count in zip(names, accumulate(counts), strict=True)]
        family.add_metric([portal.portal], buckets, total + past.before(f"{_EXTRACTION}_sum", labels))
    return family
