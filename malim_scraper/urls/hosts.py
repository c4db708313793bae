"""Whose an address is: the portal's own, a stranger's, or one inside a private network."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from malim_scraper.urls.fold import split

_LOCAL_ENDINGS = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet")
_NAT64 = ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Site:
    """What belongs to a portal.

    hosts: folded, without `www.`. port: the only one, or None for those of http and https.
    named: hosts that a person typed; alone these may be private addresses.
    """

    hosts: frozenset[str]
    port: int | None
    named: frozenset[str]

    @classmethod
    def of(cls, start_urls: Iterable[str], hosts: Iterable[str] = ()) -> "Site":
        """Make the site of these start addresses and the further hosts of its profile."""
        starts = [parts for parts in map(split, start_urls) if parts is not None]
        named = frozenset(_bare(parts.hostname or "") for parts in starts)
        port = starts[0].port if starts else None
        return cls(named | {_bare(host) for host in hosts}, port, named)

    def owns(self, url: str) -> bool:
        """Tell whether an address is the portal's own and may be fetched."""
        host = host_of(url)
        return is_own(url, self.hosts, self.port) and (host in self.named or not is_private(host))


def is_own(url: str, hosts: Collection[str], port: int | None = None) -> bool:
    """Tell whether an address is http or https, on one of these hosts, with or without `www.`, and on this port.

    hosts: folded, without `www.`. port: None stands for the ports of http and https.

    >>> is_own("https://www.malim.kz/a", {"malim.kz"}), is_own("http://malim.kz:8080/", {"malim.kz"})
    (True, False)
    """
    host, own_port = _host_and_port(url)
    return host in hosts and own_port == port


def host_of(url: str) -> str:
    """Return the host of an address, folded and without `www.`; empty when it has none."""
    return _host_and_port(url)[0]


def portal_key(name: str, url: str) -> str:
    """Return the name of a portal that has no profile: its host, with the port where that is unusual.

    name: the host, or the name of a profile, which stays as it is. url: an address of the portal.

    >>> portal_key("127.0.0.1", "http://127.0.0.1:8080/"), portal_key("malim", "http://127.0.0.1:8080/")
    ('127.0.0.1:8080', 'malim')
    """
    host, port = _host_and_port(url)
    return f"{name}:{port}" if port is not None and name == host else name


@lru_cache(maxsize=8_192)
def _host_and_port(url: str) -> tuple[str, int | None]:
    parts = split(url)
    return (_bare(parts.hostname or ""), parts.port) if parts else ("", None)


def is_private(host: str) -> bool:
    """Tell whether a host is an address that the public network does not reach, or a name for one; asks no name server.

    host: a name or an IP address in any spelling that clients accept: `[::1]`, `127.1`, `0x7f000001`,
    `::ffff:10.0.0.1`.
    """
    host = host.strip("[]").partition("%")[0].rstrip(".").lower()
    if host in ("localhost", "") or host.endswith(_LOCAL_ENDINGS):
        return True
    address = _address(host)
    return address is not None and _is_inside(address)


def _is_inside(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inner is None and address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is None and int(address) >> 32 == 0 and int(address) > 0xFFFF:
            inner = IPv4Address(int(address))  # ::a.b.c.d, deprecated but routed by some stacks
        if inner is not None:
            return _is_inside(inner)
    return not address.is_global or address.is_multicast


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host)
    except ValueError:
        return _legacy_address(host)


def _legacy_address(host: str) -> IPv4Address | None:
    """Read the spellings of inet_aton(3): one to four parts, each decimal, octal or hexadecimal."""
    parts = host.split(".")
    if len(parts) > 4:
        return None
    numbers = [_number(part) for part in parts]
    if any(number is None for number in numbers):
        return None
    *head, last = [number or 0 for number in numbers]
    if any(number > 255 for number in head) or last >= 256 ** (4 - len(head)):
        return None
    for place, number in enumerate(head):
        last += number << (8 * (3 - place))
    return IPv4Address(last)


def _number(text: str) -> int | None:
    if not text or len(text) > 20 or not text.isascii():
        return None
    try:
        if text.startswith("0x"):
            return int(text[2:] or "0", 16)
        if not text.isdigit():
            return None
        return int(text, 8 if text.startswith("0") else 10)
    except ValueError:
        return None


def _bare(host: str) -> str:
    return host.strip("[]").lower().rstrip(".").removeprefix("www.")
