"""What is to be done, as JSON that goes to other processes and machines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from malim_scraper.errors import ProfileError
from malim_scraper.profiles import Portal, load_portal, parse_portal

VERSION = version("malim_scraper")
Order = dict[str, Any]
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Options:
    """How the pages are read.

    portal: name of a packaged profile, or of the TOML file whose text is `profile`. timezone: IANA name. crawled_at:
    ISO 8601 with an offset. hosts: only pages of these and of what is below them; empty: all.
    """

    portal: str | None = None
    profile: str = ""
    timezone: str | None = None
    crawled_at: str | None = None
    hosts: tuple[str, ...] = ()

    @classmethod
    def of(cls, portal: str | None, timezone: str | None, crawled_at: datetime | None,
           hosts: tuple[str, ...]) -> Options:
        """Make the options; a profile that cannot be used is a UsageError."""
        profile = ""
        if portal:
            load_portal(portal)
        if portal and portal.endswith(".toml"):
            try:
                profile = Path(portal).read_text("utf-8")
            except (OSError, UnicodeDecodeError) as error:
                raise ProfileError(f"{portal}: cannot be read ({error}).") from error
        folded = tuple(sorted({host.lower().strip(".") for host in hosts}))
        return cls(portal, profile, timezone, crawled_at.isoformat() if crawled_at else None, folded)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Options:
        """Read what `asdict` and JSON made of options."""
        return cls(**{**values, "hosts": tuple(values["hosts"])})

    def load_profile(self) -> Portal | None:
        """Return the profile."""
        if self.profile:
            return parse_portal(self.profile, source=self.portal or "profile")
        return load_portal(self.portal) if self.portal else None

    def wants(self, url: str) -> bool:
        """Tell whether pages of this address are asked for.

        >>> Options(hosts=("kz",)).wants("https://malim.kz/1"), Options(hosts=("lim.kz",)).wants("https://malim.kz/1")
        (True, False)
        """
        if not self.hosts:
            return True
        try:
            host = (urlsplit(url).hostname or "").rstrip(".")
        except ValueError:
            return False
        return any(host == one or host.endswith(f".{one}") for one in self.hosts)
