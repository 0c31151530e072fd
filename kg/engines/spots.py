"""Spots: lines that checks read, where those of a few places can be had without going through the others.

A piece has an index before its lines, which are sorted by the group of checks that reads them, and by spot.
"""

import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

Spot = tuple[int, int, bytes]
"""The number of a group of checks, a spot, and the lines that it reads there."""
_SIZE = array("Q").itemsize


def key_of(group: int, spot: int) -> int:
    """Return what the lines of a group in a spot are found by."""
    return (group << 32) + spot


def packed(items: Iterable[Spot]) -> bytes:
    """Return lines as a piece of them."""
    some = sorted(items)
    keys = array("Q", (key_of(group, spot) for group, spot, _ in some))
    ends = array("Q", accumulate(len(lines) for _, _, lines in some))
    return b"".join((len(some).to_bytes(_SIZE, sys.byteorder), keys, ends, *(lines for _, _, lines in some)))


def unpacked(
    data: bytes, wanted: Iterable[int] | None = None, first: int = 0, last: int = 1 << 32
) -> Iterator[tuple[int, bytes]]:
    """Yield the group and lines of what is ``wanted`` in a piece, None being all, in spots from ``first`` to ``last``.

    >>> data = packed([(1, 7, b"seven "), (0, 9, b"nine "), (0, 8, b"eight "), (1, 8, b"too ")])
    >>> list(unpacked(data)), list(unpacked(data, [key_of(0, 9), key_of(2, 0)]))
    ([(0, b'eight nine '), (1, b'seven too ')], [(0, b'nine ')])
    >>> list(unpacked(data, None, 8, 9))
    [(0, b'eight '), (1, b'too ')]
    """
    count = int.from_bytes(data[:_SIZE], sys.byteorder)
    keys, ends = array("Q"), array("Q", [0])
    keys.frombytes(data[_SIZE : _SIZE * (count + 1)])
    ends.frombytes(data[_SIZE * (count + 1) : _SIZE * (2 * count + 1)])
    start = _SIZE * (2 * count + 1)
    if wanted is None:
        groups = range((keys[-1] >> 32) + 1 if count else 0)
        ranges = [(key_of(group, first), key_of(group, last)) for group in groups]
    else:
        ranges = [(key, key + 1) for key in wanted if first <= key % (1 << 32) < last]
    for low, high in ranges:
        at, end = bisect_left(keys, low), bisect_left(keys, high)
        if at < end:
            yield low >> 32, data[start + ends[at] : start + ends[end]]
