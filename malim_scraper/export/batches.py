"""Records in groups, so that memory holds one group and not the dataset."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

T = TypeVar("T")


def in_groups(items: Iterable[T], size: int) -> Iterator[Iterator[T]]:
    """Yield iterators of at most `size` items each; one is to be used up before the next is asked for.

    >>> [list(group) for group in in_groups("abc", 2)]
    [['a', 'b'], ['c']]
    """
    left = iter(items)
    for first in left:
        yield chain((first,), islice(left, size - 1))


def in_batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of `size`, the last one shorter.

    >>> list(in_batches("abc", 2))
    [['a', 'b'], ['c']]
    """
    return map(list, in_groups(items, size))
