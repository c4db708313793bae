"""The log of a command that runs unattended: a file that rotates, as text or as one JSON object a line."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import click

from malim_scraper.errors import MalimError, UsageError

MAX_BYTES = 10_000_000  # of a file; then it is renamed to FILE.1 and a new one begun
KEPT = 5  # renamed files
_OWN = "malim_scraper"
logger = logging.getLogger(_OWN)


def log_options(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options --log-file, --log-json and --log-level, and the log while it runs."""
    @click.option("--log-file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
                  help=f"Append to a log that is rotated at {MAX_BYTES // 1_000_000} MB; {KEPT} old ones stay.")
    @click.option("--log-json", is_flag=True, help="Write the log as one JSON object a line.")
    @click.option("--log-level", type=click.Choice(["debug", "info", "warning", "error"], case_sensitive=False),
                  default="info", show_default=True, help="What the log holds.")
    @wraps(command)
    def logged(*args: Any, log_file: Path | None, log_json: bool, log_level: str, **options: Any) -> int:
        if log_json and log_file is None:
            raise UsageError("--log-json says how the log is written. Add --log-file FILE.")
        with _logging_to(log_file, log_level.upper(), _JsonFormatter() if log_json else _TextFormatter()):
            name = f"malim {click.get_current_context().info_name}"
            logger.info("%s begins", name)
            code = command(*args, **options)
            logger.info("%s ends with exit code %d", name, code)
            return code

    return logged


def tell(line: str, level: int = logging.INFO) -> None:
    """Print a line on standard error and write it to the log, where there is one."""
    click.echo(line, err=True)
    logger.log(level, "%s", line)


@contextmanager
def _logging_to(path: Path | None, level: str, formatter: logging.Formatter) -> Iterator[None]:
    handler: logging.Handler = _LogFile.opened(path) if path else logging.NullHandler()
    handler.setLevel(level)
    handler.setFormatter(formatter)
    root = logging.getLogger() if path else logger  # also what libraries report
    logging.getLogger("scrapy").setLevel(logging.ERROR)  # of Scrapy what went wrong, not how it works
    before = logger.level
    root.addHandler(handler)
    logger.setLevel(level if path else before)
    try:
        yield
    except MalimError as error:
        logger.error("Error: %s", error)
        raise
    finally:
        logger.setLevel(before)
        root.removeHandler(handler)
        handler.close()


class _LogFile(RotatingFileHandler):
    """Rotates by size, goes on in a new file when another program moved this one, and fails in one line, once."""

    has_failed = False

    @classmethod
    def opened(cls, path: Path) -> _LogFile:
        try:
            return cls(path, maxBytes=MAX_BYTES, backupCount=KEPT, encoding="utf-8", errors="replace")
        except OSError as error:
            raise MalimError(f"{path}: cannot be written ({error.strerror}).") from error

    def emit(self, record: logging.LogRecord) -> None:
        try:
            if self.stream and not _is_in_place(self.baseFilename, self.stream.fileno()):
                moved, self.stream = self.stream, self._open()
                moved.close()
        except OSError:
            self.handleError(record)
            return
        super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        if not self.has_failed:
            self.has_failed = True
            click.echo(f"Warning: {self.baseFilename}: cannot be written; the run goes on without its log.", err=True)


class _TextFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return _time_of(record)


class _JsonFormatter(logging.Formatter):
    """Keys: time (ISO 8601, UTC), level, logger, message; url, portal and exception where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {"time": _time_of(record), "level": record.levelname.lower(), "logger": record.name,
                 "message": record.getMessage()}
        entry |= {name: str(record.__dict__[name]) for name in ("url", "portal") if record.__dict__.get(name)}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


def _is_in_place(path: str, file: int) -> bool:
    try:
        return os.path.samestat(Path(path).stat(), os.fstat(file))
    except FileNotFoundError:
        return False


def _time_of(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
