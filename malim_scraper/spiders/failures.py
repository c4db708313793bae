"""Why a page could not be fetched, in a few words."""

from scrapy.exceptions import IgnoreRequest
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet import error
from twisted.python.failure import Failure
from twisted.web.client import ResponseFailed

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (error.DNSLookupError, "host not found"),
    (error.ConnectionRefusedError, "connection refused"),
    (error.TimeoutError, "no answer in time"),
    (error.ConnectionLost, "connection lost"),
    (error.ConnectError, "no connection"),
)


def tell(failure: Failure) -> str:
    """Return the cause of a failed download: the status, or what happened to the connection."""
    cause = failure.value
    if isinstance(cause, HttpError):
        return f"HTTP {cause.response.status}"
    if isinstance(cause, ResponseFailed) and cause.reasons:
        cause = cause.reasons[0].value
    for kind, words in _WORDS:
        if isinstance(cause, kind):
            return words
    text = str(cause).strip().partition("\n")[0][:200]
    if isinstance(cause, IgnoreRequest) and text:
        return text
    return f"{type(cause).__name__}: {text}" if text else type(cause).__name__
