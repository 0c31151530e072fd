"""What all pages have in common: how long a list may be, what is shown of a stored query, that there is none."""

from typing import NamedTuple

from kg.store import Term

MANY = 100
"""Rows of one list on one page: what follows goes to further pages, so that none grows with the store."""


class Answer(NamedTuple):
    """The current answer of a stored query that asks for nothing."""

    name: str
    summary: str
    description: str
    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    sparql: str
    csv: bytes


class AbsentError(LookupError):
    """There is no page of that path."""


def pages(rows: int) -> int:
    """Return how many pages a list of ``rows`` takes.

    >>> pages(0), pages(100), pages(101)
    (1, 1, 2)
    """
    return max(1, -(-rows // MANY))
