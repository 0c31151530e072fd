"""What all pages have in common: how long a list may be, what is shown of a stored query, that there is none."""

from typing import NamedTuple

from kg.store import Term
from kg.things import Parameter

MANY = 100
"""Rows of one list on one page: what follows goes to further pages, so that none grows with the store."""


class AbsentError(LookupError):
    """There is no page of that path."""


class Question(NamedTuple):
    """A stored query."""

    name: str
    summary: str
    description: str
    sparql: str
    parameters: tuple[Parameter, ...] = ()
    lists: tuple[str, ...] = ()
    """Columns of several values."""

    @property
    def answered(self) -> bool:
        """Whether it can be asked without parameters, so that a page can tell its answer."""
        return not any(parameter.required for parameter in self.parameters)


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


def script_text(text: str) -> str:
    """Return JSON that can stand in a script element: no tag can end it."""
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
