"""What finders yield: one possible value of a field, with where it was found."""

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Candidate(Generic[T]):
    """One possible value of a field.

    value: ready to store (a date stays the text as printed). raw: as on the page.
    evidence: the kind of evidence, such as `json-ld` or `label`; it becomes the record's provenance.
    where: a JSON pointer, a meta name or a path of tags and names, for people who look for it on the page.
    """

    value: T
    raw: str
    evidence: str
    where: str
