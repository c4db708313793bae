"""Libraries of optional extras: imported on use, told in one line when missing."""

from importlib import import_module
from types import ModuleType

from malim_scraper.errors import MissingExtra


def need(module: str, *, extra: str, purpose: str) -> ModuleType:
    """Import a module of an optional extra; raises MissingExtra with the command that installs it.

    purpose: what needs it, such as `--archive`.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtra.told(purpose, extra) from error
