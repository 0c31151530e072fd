"""What all pages have in common: how long a list may be, what is shown of a stored query, that there is none."""

from typing import NamedTuple

from kg.store import Term

MANY = 100
"""Rows of one list on one page: what follows goes to further pages, so that none grows with the store."""


class AbsentError(LookupError):
    """There is no page of that path."""


class Question(NamedTuple):
    """A stored query that can be asked without parameters."""

    name: str
    summary: str
    description: str
    sparql: str


class Answer(NamedTuple):
    """The current answer of a stored query."""

    columns: tuple[str, ...]
    rows: list[tuple[Term | None, ...]]
    csv: bytes


def pages(rows: int) -> int:
    """Return how many pages a list of ``rows`` takes.

    >>> pages(0), pages(100), pages(101)
    (1, 1, 2)
    """
    return max(1, -(-rows // MANY))
