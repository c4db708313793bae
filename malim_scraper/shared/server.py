"""The Redis server that workers share: one call at a time, tried again for a while when it does not answer."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import urlsplit

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from scrapy_redis.connection import get_redis

from malim_scraper.shared.errors import SharedError

logger = logging.getLogger(__name__)
T = TypeVar("T")
_TIMEOUT = 10.0  # seconds for one answer
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


class Server:
    """A connection. patience: seconds for which an outage is sat out; after that nothing is tried again.

    address: the URL without user and password. is_stopping: whether a signal ends the crawl, so that nobody waits.
    """

    def __init__(self, url: str, *, password: str | None, patience: float) -> None:
        """Connect; a server that cannot be reached or used is a SharedError."""
        self.address = masked(url)
        self.is_stopping: Callable[[], bool] = lambda: False
        self._patience = 0.0
        self._failure: str | None = None
        secret = {"password": password} if password else {}
        try:
            self._client: redis.Redis = get_redis(
                url=url, socket_timeout=_TIMEOUT, socket_connect_timeout=_TIMEOUT, decode_responses=True,
                retry=Retry(NoBackoff(), 0), **secret)
        except ValueError as error:
            raise SharedError(f"Redis at {self.address}: the address cannot be read.") from error
        self._scripts: dict[str, Any] = {}
        self._call(self._client.ping)
        self._patience = patience

    def run(self, script: str, keys: Sequence[str], *args: str | float) -> Any:
        """Run a Lua script and return its answer; SharedError when the server is lost. It may run twice."""
        known = self._scripts.get(script)
        if known is None:
            known = self._scripts[script] = self._client.register_script(script)
        return self._call(lambda: known(keys=keys, args=args))

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def _call(self, act: Callable[[], T]) -> T:
        if self._failure is not None:
            raise SharedError(self._failure)
        until, pause = 0.0, _FIRST_PAUSE
        while True:
            try:
                return act()
            except (redis.AuthenticationError, redis.exceptions.AuthorizationError) as error:
                raise self._give_up("it refuses the password") from error
            except (redis.ConnectionError, redis.TimeoutError) as error:
                now = time.monotonic()
                if not until:
                    until = now + self._patience
                    if self._patience:
                        logger.warning("Redis at %s does not answer; trying again for %g s", self.address,
                                       self._patience)
                if now >= until or self.is_stopping():
                    raise self._give_up(_first_line(error)) from error
                time.sleep(min(pause, until - now))
                pause = min(2 * pause, _LONGEST_PAUSE)
            except redis.RedisError as error:
                raise self._give_up("it lost the frontier, or other workers have begun anew"
                                    if "MALIMGONE" in str(error) else _first_line(error)) from error

    def _give_up(self, why: str) -> SharedError:
        self._failure = f"Redis at {self.address}: {why.rstrip('.')}. What was stored is kept; run again."
        return SharedError(self._failure)


def masked(url: str) -> str:
    """Return a Redis URL without user and password.

    >>> masked("redis://user:secret@node.example:6379/1?password=secret")
    'redis://node.example:6379/1'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200] or type(error).__name__
