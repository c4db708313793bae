"""Secrets in Scrapy's log: it prints the settings of each crawl."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from malim_scraper.profiles.secrets import is_secret_setting

_LOGGER = logging.getLogger("scrapy.crawler")


class _Mask(logging.Filter):
    """Puts asterisks in place of the secrets that it knows."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        if any(secret in text for secret in self.secrets):
            for secret in sorted(self.secrets, key=len, reverse=True):
                text = text.replace(secret, "***")
            record.msg, record.args = text, ()
        return True


_mask = _Mask()


def mask_settings(settings: Mapping[str, Any]) -> None:
    """Keep the secrets among these settings out of the log, as long as this process lives."""
    found: Iterable[object] = (value for name, value in settings.items() if is_secret_setting(name))
    _mask.secrets.update(value for value in found if isinstance(value, str) and value)
    if _mask.secrets:
        _LOGGER.addFilter(_mask)
