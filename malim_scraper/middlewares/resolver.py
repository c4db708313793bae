"""Name resolution that never leads a crawl into a private network.

The check stands where a connection takes its address from, so a name server that answers otherwise the second time
(DNS rebinding) gains nothing.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.request import getproxies

from malim_scraper.urls import host_of, is_private


class PublicResolver:
    """Passes on what another resolver finds, without private addresses; a Twisted `IHostnameResolver`.

    inner: the resolver asked. allowed: hosts that may have private addresses, with the number of crawls that say so.
    refused: hosts that had none but private ones.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.crawls = 0
        self.allowed: Counter[str] = Counter()
        self.refused: set[str] = set()

    def resolveHostName(self, resolutionReceiver: Any, hostName: str, *args: Any, **kwargs: Any) -> Any:  # noqa: N802, N803
        """Resolve a name; the receiver hears of public addresses only."""
        receiver = _PublicReceiver(resolutionReceiver, hostName, self)
        return self.inner.resolveHostName(receiver, hostName, *args, **kwargs)

    def may_reach(self, host: str, address: str) -> bool:
        """Tell whether a host may be reached at an IP address."""
        return not is_private(address) or self.allowed[_bare(host)] > 0


class _PublicReceiver:
    """A Twisted `IResolutionReceiver`."""

    def __init__(self, receiver: Any, host: str, resolver: PublicResolver) -> None:
        self.resolutionBegan = receiver.resolutionBegan
        self.receiver = receiver
        self.host = host
        self.resolver = resolver
        self.found = self.passed = 0

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.found += 1
        if self.resolver.may_reach(self.host, address.host):
            self.passed += 1
            self.receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        if self.found and not self.passed:
            self.resolver.refused.add(_bare(self.host))
        self.receiver.resolutionComplete()


def guard(reactor: Any, named: Iterable[str]) -> PublicResolver:
    """Put a guard before the reactor's resolver for one crawl; a guard that is there already serves both.

    named: hosts that a person typed, and which may therefore be private. So may the proxies of the environment.
    """
    resolver = reactor.nameResolver
    if not isinstance(resolver, PublicResolver):
        resolver = PublicResolver(resolver)
        reactor.installNameResolver(resolver)
    resolver.crawls += 1
    resolver.allowed.update({*named, *(host_of(proxy) for proxy in getproxies().values())})
    return resolver


def release(reactor: Any, resolver: PublicResolver, named: Iterable[str]) -> None:
    """End what `guard` began; after the last crawl the reactor has its own resolver again."""
    resolver.crawls -= 1
    resolver.allowed.subtract(named)
    if resolver.crawls == 0 and reactor.nameResolver is resolver:
        reactor.installNameResolver(resolver.inner)


def _bare(host: str) -> str:
    return host_of(f"http://{host}/") or host
