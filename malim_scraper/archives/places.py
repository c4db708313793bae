"""Where saved pages lie: files of this machine, and addresses that fsspec opens (`s3://`, `https://`, …)."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, cast

from malim_scraper.errors import MalimError, UsageError
from malim_scraper.extras import need

BLOCK = 4 << 20  # bytes asked for at once


class Unreadable(MalimError):
    """A place that cannot be read now: no such file, a server that does not answer. Trying again may help."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file. size: in bytes, None when its server does not say. stamp: changes when the file does."""

    address: str
    size: int | None
    stamp: str


def is_remote(address: str) -> bool:
    """Tell whether an address is one for fsspec, not a path of this machine.

    >>> is_remote("s3://bucket/a.warc.gz"), is_remote("saved/a.html")
    (True, False)
    """
    return "://" in address


def list_entries(address: str, endings: tuple[str, ...]) -> list[Entry]:
    """Return the file of an address, or the files in its folder with one of these endings, deeply, sorted by name.

    Raises Unreadable when there is nothing or it cannot be asked.
    """
    if is_remote(address):
        return _list_remote(address, endings)
    place = Path(address)
    try:
        files = [place] if place.is_file() else sorted(
            file for file in place.rglob("*") if file.name.lower().endswith(endings) and file.is_file())
        return [_entry(file) for file in files]
    except OSError as error:
        raise Unreadable(f"{address}: cannot be read ({error.strerror}).") from error


@contextmanager
def opened(address: str) -> Iterator[BinaryIO]:
    """Open a file for reading at any offset; reads that fail are Unreadable.

    A small file, and one whose server gives no ranges, is read once, into a temporary file.
    """
    if not is_remote(address):
        with ExitStack() as stack:
            try:
                file = stack.enter_context(Path(address).open("rb"))
            except OSError as error:
                raise Unreadable(f"{address}: cannot be read ({error.strerror}).") from error
            yield file
        return
    system, path = find_system(address)
    with _told(address):
        size = system.info(path).get("size") or 0
    if size > BLOCK and gives_ranges(address):
        with _told(address):
            remote = system.open(path, "rb", block_size=BLOCK, cache_type="readahead")
        with remote:
            yield cast(BinaryIO, _Told(remote, address))
        return
    with tempfile.TemporaryFile(prefix="malim-") as whole:
        with _told(address), system.open(path, "rb", block_size=0) as stream:
            copyfileobj(stream, whole)
        whole.seek(0)
        yield cast(BinaryIO, whole)


def gives_ranges(address: str) -> bool:
    """Tell whether a file can be read from any offset; an HTTP server is asked. Raises Unreadable."""
    if not address.startswith(("http://", "https://")):
        return True
    system, path = find_system(address)
    with _told(address):
        if not system.info(path).get("size"):
            return False
        with system.open(path, "rb", block_size=64) as file:
            try:
                file.seek(1)
                return bool(file.read(1))
            except ValueError:  # it answers with the whole file
                return False


def find_system(address: str) -> tuple[Any, str]:
    """Return the file system of an address and the path in it.

    Raises MissingExtra or UsageError when there is none, Unreadable when it does not answer.
    """
    login, _, place = address.partition("://")[2].partition("/")[0].rpartition("@")
    if ":" in login:
        raise UsageError(f"…@{place}: an address must hold no password. Put it into the environment, where fsspec "
                         "reads it: FSSPEC_FTP_PASSWORD and the like.")
    fsspec = need("fsspec", extra="remote", purpose=address)
    with _told(address):
        try:
            system, path = fsspec.core.url_to_fs(address)
        except ImportError as error:
            raise UsageError(f"{address}: {error}") from error
        except ValueError as error:
            raise UsageError(f"{address}: {error}.") from error
    return system, path


class _Told:
    """A remote file whose failures are Unreadable: each library behind fsspec raises its own."""

    def __init__(self, file: Any, address: str) -> None:
        self._file, self._address = file, address

    def read(self, size: int = -1) -> bytes:
        with _told(self._address):
            return cast(bytes, self._file.read(size))

    def seek(self, offset: int, whence: int = 0) -> int:
        return cast(int, self._file.seek(offset, whence))


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except MalimError:
        raise
    except FileNotFoundError as error:
        raise Unreadable(f"{address}: no such file or folder.") from error
    except Exception as error:
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise Unreadable(f"{address}: cannot be read ({reason}).") from error


def _entry(file: Path) -> Entry:
    found = file.stat()
    return Entry(str(file), found.st_size, f"{found.st_size}-{found.st_mtime_ns}")


def _list_remote(address: str, endings: tuple[str, ...]) -> list[Entry]:
    system, path = find_system(address)
    with _told(address):
        if address.lower().endswith(endings) and not address.endswith("/"):
            found = {path: system.info(path)}
        else:
            found = {name: info for name, info in system.find(path, detail=True).items()
                     if name.lower().endswith(endings)}
    return [_remote_entry(system, name, found[name]) for name in sorted(found)]


def _remote_entry(system: Any, name: str, info: dict[str, Any]) -> Entry:
    size = info.get("size")
    mark = next((str(info[key]) for key in ("ETag", "etag", "LastModified", "mtime") if info.get(key)), "")
    stamp = hashlib.blake2b(f"{size} {mark}".encode(), digest_size=8).hexdigest()
    return Entry(system.unstrip_protocol(name), size, stamp)
