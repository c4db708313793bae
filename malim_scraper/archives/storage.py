"""The folder that a run writes, here or where fsspec writes: a file in it is whole or not there."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any, cast

from malim_scraper.archives.places import find_system, is_remote
from malim_scraper.errors import DatasetError, MalimError

_OBJECTS = frozenset(("s3", "s3a", "gs", "gcs", "az", "abfs", "oss"))  # no folders; a bucket is the user's to make


class Folder(ABC):
    """Files by names that may have folders in them. What fails is a DatasetError. address: as the user gave it."""

    def __init__(self, address: str) -> None:
        self.address = address

    @abstractmethod
    def make(self) -> None:
        """Make the folder when it is missing."""

    @abstractmethod
    def sizes(self, inside: str = "") -> dict[str, int]:
        """Return the files that stand directly in a folder, by name, with their sizes; none when it is missing."""

    @abstractmethod
    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        """Return the bytes of a file between two offsets."""

    @abstractmethod
    def put(self, path: Path, name: str) -> None:
        """Copy a file of this machine into the folder; it appears when it is whole."""

    @abstractmethod
    def write(self, name: str, data: bytes) -> None:
        """Write a file; it appears when it is whole."""

    @abstractmethod
    def move(self, name: str, new: str) -> None:
        """Give a file another name, in place of what has it."""

    @abstractmethod
    def remove(self, name: str) -> None:
        """Remove a file; one that is missing is none to remove."""


def open_folder(address: str) -> Folder:
    """Return the folder of an address. Raises DatasetError when there is no way to it."""
    return _Remote(address) if is_remote(address) else _Local(address)


class _Local(Folder):
    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._root = Path(address)

    def make(self) -> None:
        with _told(self.address):
            self._root.mkdir(parents=True, exist_ok=True)

    def sizes(self, inside: str = "") -> dict[str, int]:
        with _told(self.address):
            place = self._root / inside
            return {file.name: file.stat().st_size for file in place.iterdir() if file.is_file()} \
                if place.is_dir() else {}

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        with _told(self.address), (self._root / name).open("rb") as file:
            file.seek(start)
            return file.read() if stop is None else file.read(stop - start)

    def put(self, path: Path, name: str) -> None:
        with _told(self.address), self._made(name) as new:
            copyfile(path, new)

    def write(self, name: str, data: bytes) -> None:
        with _told(self.address), self._made(name) as new:
            new.write_bytes(data)

    def move(self, name: str, new: str) -> None:
        with _told(self.address):
            (self._root / name).replace(self._root / new)

    def remove(self, name: str) -> None:
        with _told(self.address):
            (self._root / name).unlink(missing_ok=True)

    @contextmanager
    def _made(self, name: str) -> Iterator[Path]:
        place = self._root / name
        place.parent.mkdir(exist_ok=True)
        new = place.with_name(f".{place.name}.{os.getpid()}.new")
        try:
            yield new
            with new.open("rb") as file:
                os.fsync(file.fileno())
            new.replace(place)
        finally:
            new.unlink(missing_ok=True)


class _Remote(Folder):
    """Object stores show a file when its upload is whole."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self._system, self._root = find_system(address.rstrip("/"))
        self._has_folders = not _OBJECTS.intersection([self._system.protocol] if isinstance(self._system.protocol, str)
                                                      else self._system.protocol)

    def make(self) -> None:
        self._make(self._root)

    def sizes(self, inside: str = "") -> dict[str, int]:
        place = f"{self._root}/{inside}".rstrip("/")
        with _told(self.address):
            self._system.invalidate_cache()
            if not self._system.isdir(place):
                return {}
            return {info["name"].rpartition("/")[2]: int(info["size"] or 0)
                    for info in self._system.ls(place, detail=True) if info["type"] == "file"}

    def read(self, name: str, start: int = 0, stop: int | None = None) -> bytes:
        with _told(self.address):
            return cast(bytes, self._system.cat_file(f"{self._root}/{name}", start=start, end=stop))

    def put(self, path: Path, name: str) -> None:
        with _told(self.address):
            self._make(f"{self._root}/{name}".rpartition("/")[0])
            self._system.put_file(str(path), f"{self._root}/{name}")

    def write(self, name: str, data: bytes) -> None:
        with _told(self.address):
            self._make(f"{self._root}/{name}".rpartition("/")[0])
            self._system.pipe_file(f"{self._root}/{name}", data)

    def move(self, name: str, new: str) -> None:
        with _told(self.address):
            self._system.mv(f"{self._root}/{name}", f"{self._root}/{new}")

    def remove(self, name: str) -> None:
        with _told(self.address):
            try:
                self._system.rm_file(f"{self._root}/{name}")
            except FileNotFoundError:
                return

    def _make(self, folder: str) -> None:
        if self._has_folders:
            with _told(self.address):
                self._system.makedirs(folder, exist_ok=True)


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except MalimError:
        raise
    except Exception as error:  # each library behind fsspec raises its own
        reason: Any = getattr(error, "strerror", None) or " ".join(str(error).split())[:200] or type(error).__name__
        raise DatasetError(f"{address}: cannot be used ({reason}).") from error
