"""How many portals the number of open files allows at once."""

import resource

RESERVED = 200  # files of the program itself: libraries, dataset, logs, the socket of the metrics


def portals_allowed(wanted: int, connections: int) -> int:
    """Raise this process's limit of open files as far as needed, and return how many portals it allows.

    wanted: portals at once. connections: of one portal at once; as many again may be kept open between requests.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = RESERVED + 2 * connections * wanted
    if soft != resource.RLIM_INFINITY and needed > soft:
        most = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
        soft = max(soft, most)
    if soft == resource.RLIM_INFINITY or needed <= soft:
        return wanted
    return max(1, (soft - RESERVED) // (2 * connections))
