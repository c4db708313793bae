"""What a user asked of an export, and the command that asks it again."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path

from malim_scraper.export.records import Split
from malim_scraper.export.selection import Selection


@dataclass(frozen=True)
class Request:
    """What to export.

    source: the dataset folder. target: path or address of the result. format: a key of FORMATS, else by the target's
    suffix. fields: names of columns, all when empty. added: keys of ADDED, groups of columns for work on language.
    """

    source: Path
    target: str
    format: str | None = None
    selection: Selection = field(default_factory=Selection)
    fields: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    split: Split = field(default_factory=Split)

    @property
    def name(self) -> str:
        """The last part of the target."""
        return self.target.rstrip("/").rpartition("/")[2]

    def settings(self) -> dict[str, object]:
        """Return all that decides which records and columns are written, ready for JSON."""
        values = {**asdict(self.selection), "fields": self.fields, "added": self.added, "split": asdict(self.split)}
        return {key: str(value) if key in ("since", "until") and value else value for key, value in values.items()}

    def settings_hash(self) -> str:
        """Return a hash of the settings: two exports with the same one chose by the same rules."""
        return hashlib.sha256(json.dumps(self.settings(), sort_keys=True).encode()).hexdigest()[:16]

    def command(self) -> str:
        """Return the command that makes this export, with the place of the dataset as `DIR`."""
        words = ["malim", "export", "DIR", "-o", self.name, *(("--format", self.format) if self.format else ())]
        for option, value in self._options():
            words += [option] if value is True else [option, str(value)]
        return shlex.join(words)

    def _options(self) -> list[tuple[str, object]]:
        chosen = self.selection
        single = {
            "--since": chosen.since, "--until": chosen.until, "--min-words": chosen.min_words,
            "--all-revisions": chosen.all_revisions, "--dedup": chosen.dedup, "--sample": chosen.sample,
            "--seed": chosen.seed, "--fields": ",".join(self.fields), "--split": ",".join(map(str, self.split.shares)),
            "--split-by": self.split.by if self.split.by != "hash" else None}
        many = [("--portal", name) for name in chosen.portals] + [("--language", code) for code in chosen.languages]
        many += [("--add", name) for name in self.added]
        return [*many, *((option, value) for option, value in single.items() if value)]
