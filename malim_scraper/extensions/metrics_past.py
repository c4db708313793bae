"""What earlier runs left for the metrics of this one."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from malim_scraper.dataset.crew_runs import RECENT, read_runs
from malim_scraper.dataset.health import alarms_of, is_complete

logger = logging.getLogger(__name__)
Sample = tuple[str, tuple[tuple[str, str], ...]]  # name and sorted labels


@dataclass(frozen=True, slots=True)
class Past:
    """successes: portal → Unix time at which a run over it was complete last. alarms: portal → how many its last run
    raised. samples: what counters and histograms had reached, where one file goes on from run to run."""

    successes: Mapping[str, float] = field(default_factory=dict)
    alarms: Mapping[str, int] = field(default_factory=dict)
    samples: Mapping[Sample, float] = field(default_factory=dict)

    def of(self, portals: Collection[str]) -> Past:
        """Return what is of these portals: a portal that is crawled no more raises no alert."""
        return Past({name: at for name, at in self.successes.items() if name in portals},
                    {name: count for name, count in self.alarms.items() if name in portals}, self.samples)

    def before(self, name: str, labels: Mapping[str, str]) -> float:
        """Return what a sample had reached."""
        return self.samples.get((name, tuple(sorted(labels.items()))), 0.0)


def read_past(dataset: Path | None, *, samples: Mapping[Sample, float] | None = None) -> Past:
    """Read what the runs of a dataset folder tell of each portal."""
    successes: dict[str, float] = {}
    alarms: dict[str, int] = {}
    for run in read_runs(dataset, last=RECENT) if dataset is not None else ():
        for portal in run.get("portals", ()):
            alarms[portal] = len(alarms_of(run, portal))
            if is_complete(run, portal):
                successes[portal] = datetime.fromisoformat(run["ended_at"]).timestamp()
    return Past(successes, alarms, samples or {})


def read_samples(path: Path) -> dict[Sample, float]:
    """Return what the counters in a file had reached; a file that is none of Prometheus begins anew, with a warning."""
    from prometheus_client.parser import text_string_to_metric_families

    try:
        families = list(text_string_to_metric_families(path.read_text("utf-8")))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, IndexError) as error:
        logger.warning("--metrics: %s: cannot be read, its counters begin anew (%s)", path, error)
        return {}
    return {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in families
            if family.type in ("counter", "histogram") for sample in family.samples}
