"""The HTTP server that Prometheus scrapes, in the reactor's own thread, so that no count moves while it is read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from twisted.internet.error import CannotListenError
from twisted.web.resource import Resource
from twisted.web.server import Site

from malim_scraper.errors import MalimError

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry


class _Page(Resource):
    registry: CollectorRegistry

    def render_GET(self, request: Any) -> bytes:  # noqa: N802
        from prometheus_client.exposition import choose_encoder

        encode, content_type = choose_encoder(request.getHeader("accept") or "")
        request.setHeader("content-type", content_type)
        return encode(self.registry)


_new_site: Any = Site  # Twisted's web server has no types
_new_resource: Any = Resource
_new_page: Any = _Page


def serve(registry: CollectorRegistry, host: str, port: int) -> None:
    """Serve the metrics of a registry at `/metrics` until the reactor stops; MalimError when the port is not free."""
    from twisted.internet import reactor

    running: Any = reactor
    root, page = _new_resource(), _new_page()
    page.registry = registry
    root.putChild(b"metrics", page)
    site = _new_site(root)
    site.noisy = False
    try:
        listening = running.listenTCP(port, site, interface=host)
    except CannotListenError as error:
        number = getattr(error.socketError, "errno", None)
        cause = os.strerror(number) if isinstance(number, int) and number > 0 else str(error.socketError)
        raise MalimError(f"--metrics: {host}:{port} cannot be used ({cause}).") from error
    running.addSystemEventTrigger("before", "shutdown", listening.stopListening)
