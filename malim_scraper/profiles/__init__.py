"""Portal profiles: one TOML file per portal, which sharpens what works without it."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from malim_scraper.errors import ProfileError, UsageError
from malim_scraper.profiles.portal import LABELS, SELECTABLE, Portal
from malim_scraper.profiles.reading import parse_portal

__all__ = ["LABELS", "SELECTABLE", "Portal", "load_portal", "parse_portal", "portal_names"]


def portal_names() -> list[str]:
    """Return the names of the packaged profiles, sorted."""
    return sorted(entry.name.removesuffix(".toml") for entry in files(__name__).iterdir()
                  if entry.name.endswith(".toml"))


def load_portal(name: str) -> Portal:
    """Load a packaged profile by name, or a user's own by the path of its TOML file.

    Raises UsageError for an unknown name and ProfileError for a file that cannot be used.
    """
    if name.endswith(".toml"):
        try:
            return parse_portal(Path(name).read_text("utf-8"), source=name)
        except OSError as error:
            raise ProfileError(f"{name}: cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise ProfileError(f"{name}: is not UTF-8. Save it in that encoding.") from error
    if name not in portal_names():
        close = get_close_matches(name, portal_names(), n=1)
        hint = f" Did you mean '{close[0]}'?" if close else f" Known portals: {', '.join(portal_names())}."
        raise UsageError(f"unknown portal '{name}'.{hint} A profile of your own ends in .toml, "
                         "an address begins with http:// or https://.")
    return parse_portal(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"), source=f"{name}.toml")
