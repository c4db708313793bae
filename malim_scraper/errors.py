"""What a user can have done wrong, told in one line."""

from __future__ import annotations


class MalimError(Exception):
    """A failure that the command line prints as one line: what, where, and what to do. Exit code 1."""

    exit_code = 1


class UsageError(MalimError):
    """Wrong usage: a value that cannot be read, an unknown portal, an address of another scheme. Exit code 2."""

    exit_code = 2


class ProfileError(UsageError):
    """A portal profile that cannot be used: file, line, key and remedy."""


class DatasetError(MalimError):
    """A dataset folder that cannot be read, written or locked."""


class MissingExtra(UsageError):
    """A library of an optional extra that is not installed: the command that installs it."""

    @classmethod
    def told(cls, purpose: str, extra: str) -> MissingExtra:
        """Return the error whose line is the same everywhere. purpose: what needs it, such as "--archive"."""
        return cls(f"{purpose} needs the extra '{extra}'. Install it: pip install 'malim_scraper[{extra}]'")
