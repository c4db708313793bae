"""Why a page could not be fetched, in a few words."""

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

_WORDS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "host not found"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadTimeoutError, "no answer in time"),
    (DownloadCancelledError, "too large"),
    (ResponseDataLossError, "the answer broke off"),
    (DownloadFailedError, "the answer is no HTTP, or it broke off"),
)
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "dns"), (DownloadConnectionRefusedError, "refused"), (DownloadTimeoutError, "timeout"),
    (ResponseDataLossError, "broken"), (DownloadFailedError, "broken"),
)
KINDS = (*dict.fromkeys(word for _, word in _KINDS), "http_3xx", "http_4xx", "http_5xx", "other")  # of `kind_of`
_REASONS = {"too-large": "too large", "unreadable": "its compression cannot be read", "no-page": "no page"}
_FOR_GOOD = ("foreign-host", "private-address", "no-page", "Forbidden by robots.txt")
GONE = (404, 410)


def status_of(failure: Failure) -> int:
    """Return the HTTP status of a failed download, or 0 when none was received."""
    return failure.value.response.status if isinstance(failure.value, HttpError) else 0


def kind_of(failure: Failure) -> str:
    """Return the kind of a failed download in one word, of a bounded set: `http_5xx`, `timeout`, …, else `other`."""
    if status := status_of(failure):
        return f"http_{min(max(status // 100, 3), 5)}xx"
    return next((word for kind, word in _KINDS if isinstance(failure.value, kind)), "other")


def may_pass(failure: Failure) -> bool:
    """Tell whether a page failed for a reason that soon passes: the server was busy, or the answer broke off."""
    return status_of(failure) in (429, 500, 502, 503, 504) or kind_of(failure) in ("broken", "refused")


def is_refused(failure: Failure) -> bool:
    """Tell whether a page is not to be fetched: by robots.txt, by what it is or by whose it is."""
    return _is_ignored(failure) and str(failure.value).startswith(_FOR_GOOD)


def is_refused_for_now(failure: Failure) -> bool:
    """Tell whether the host asked to be left alone for the rest of the run."""
    return _is_ignored(failure) and str(failure.value).startswith("retry-after")


def _is_ignored(failure: Failure) -> bool:
    return isinstance(failure.value, IgnoreRequest) and not isinstance(failure.value, HttpError)


def tell(failure: Failure) -> str:
    """Return the cause of a failed download: the status, or what happened to the connection."""
    text = tell_cause(failure.value)
    return _REASONS.get(text.partition(":")[0], text)


def tell_cause(cause: BaseException | None) -> str:
    """Return in a few words what made a download fail."""
    if isinstance(cause, HttpError):
        return f"HTTP {cause.response.status}"
    if "certificate verify failed" in f"{cause} {cause.__cause__ if cause else ''}":
        return "its TLS certificate cannot be verified (-s DOWNLOAD_VERIFY_CERTIFICATES=False fetches it nevertheless)"
    for kind, words in _WORDS:
        if isinstance(cause, kind):
            return words
    text = str(cause).strip().partition("\n")[0][:200]
    if isinstance(cause, IgnoreRequest) and text:
        return text
    return f"{type(cause).__name__}: {text}" if text else type(cause).__name__
