"""Output that appears only when it is whole: written beside its place, then renamed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from malim_scraper.errors import DatasetError, UsageError
from malim_scraper.extras import need

MARK = "export.json"  # stands in every exported folder; only a folder with it is ever replaced


@contextmanager
def staged_files(folder: Path) -> Iterator[Path]:
    """Give a temporary folder; when the block ends well, each file in it moves into `folder`, replacing its like.

    When the block fails, nothing was there. Raises DatasetError when `folder` cannot be written.
    """
    with _temporary(folder) as stage:
        yield stage
        for path in sorted(stage.iterdir()):
            path.replace(folder / path.name)


@contextmanager
def staged_folder(target: Path) -> Iterator[Path]:
    """Give a temporary folder that becomes `target` when the block ends well.

    An earlier export there is replaced; any other folder with something in it is a UsageError.
    """
    if target.exists() and not (target / MARK).is_file() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} is there and is no earlier export; choose another place")
    with _temporary(target.parent) as stage:
        new, old = stage / "new", stage / "old"
        new.mkdir()
        yield new
        if target.exists():
            target.replace(old)
        try:
            new.replace(target)
        except OSError:
            old.replace(target)
            raise


@contextmanager
def staged_remote(address: str) -> Iterator[Path]:
    """Give a temporary folder whose files are uploaded beside `address` (`s3://…`, `gs://…`) when the block ends well.

    Raises MalimError when fsspec, or its part for this protocol, is not installed.
    """
    fsspec = need("fsspec", extra="remote", purpose=f"writing to {address}")
    try:
        system, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UsageError(f"{address}: {error}") from error
    with tempfile.TemporaryDirectory(prefix="malim-export-") as name:
        yield Path(name)
        for file in sorted(path for path in Path(name).rglob("*") if path.is_file()):
            place = f"{path}/{file.relative_to(name).as_posix()}"
            system.makedirs(place.rpartition("/")[0], exist_ok=True)
            system.put_file(str(file), place)


@contextmanager
def _temporary(parent: Path) -> Iterator[Path]:
    try:
        parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=".malim-export-", dir=parent))
        stage.chmod(0o755)
    except OSError as error:
        raise DatasetError(f"{parent}: cannot write here: {error.strerror}") from error
    try:
        yield stage
    except OSError as error:
        raise DatasetError(f"export to {parent} failed: {error}") from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)
