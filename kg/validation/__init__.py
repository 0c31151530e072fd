"""Does a graph conform, and if not, what is wrong where, and which sentence is behind it?

Shapes (SHACL Core) look at one thing at a time and checks (stored queries) across things. Two engines give one
answer; neither follows an import or opens a connection.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from kg.errors import ValidationError
from kg.validation import checks as across
from kg.validation import fast, passages, reference
from kg.validation.checks import Check, load_checks, own_checks
from kg.validation.places import Places
from kg.validation.results import SEVERITIES, Place, Report, Result
from kg.validation.shapes import Shapes, load_shapes, own_shapes
from kg.validation.statements import Settled, Statements, read_quads, settled

if TYPE_CHECKING:
    from pyoxigraph import Quad

__all__ = [
    "AUTO",
    "ENGINES",
    "SEVERITIES",
    "Check",
    "Place",
    "Report",
    "Result",
    "Shapes",
    "load_checks",
    "load_shapes",
    "own_checks",
    "own_shapes",
    "read_quads",
    "validate",
]

Engine = Callable[[Settled, Shapes], list[Result]]

ENGINES: dict[str, Engine] = {"shacl-rust": fast.findings, "pyshacl": reference.findings}
"""What finds where data breaks shapes, by name; all give the same findings."""
AUTO = "auto"
"""The name of the choice: the fast engine, and the reference where that refuses."""


def validate(
    data: "bytes | Iterable[Quad]",
    shapes: Shapes | None = None,
    *,
    checks: Sequence[Check] | None = None,
    engine: str = AUTO,
    texts: Mapping[str, str] | None = None,
    deadline: float | None = None,
) -> Report:
    """Return what is wrong with ``data``, N-Quads or quads, by ``shapes`` and ``checks``, by default our own.

    For shapes, named graphs are merged with the default graph, and articles that differ yield (see `settled`); checks
    see the graphs as they are. ``engine`` is one of `ENGINES` or `AUTO`; ``texts`` are articles' texts by IRI, for
    quotations, lines and columns; ``deadline`` in seconds ends the reference. Raises `ValidationError` for shapes that
    cannot be used.
    """
    shapes = own_shapes() if shapes is None else shapes
    checks = own_checks() if checks is None else checks
    statements = Statements(data)
    found, notes = _findings(settled(statements.lines, shapes.single), shapes, engine, deadline)
    found += across.findings(statements.lines, checks)
    found += passages.findings(statements.lines, texts or {}) if checks else ()
    completed = Places(statements, texts).complete(dict.fromkeys(found))
    return Report(tuple(sorted(completed, key=lambda result: result.rank)), notes)


def _findings(
    data: Settled, shapes: Shapes, engine: str, deadline: float | None
) -> tuple[list[Result], tuple[str, ...]]:
    """Return the findings, and a note where another engine than the fast one had to find them unasked."""
    if engine not in (*ENGINES, AUTO):
        raise ValidationError(f"there is no engine {engine!r}; use one of {', '.join((AUTO, *ENGINES))}")
    slow = partial(reference.findings, deadline=deadline)
    if engine == "pyshacl":
        return slow(data, shapes), ()
    try:
        return fast.findings(data, shapes), ()
    except fast.RefusalError as refusal:
        if engine != AUTO:
            raise ValidationError(f"{refusal}; leave the choice of engine to kg") from None
        return slow(data, shapes), (f"pySHACL validates, and takes longer: {refusal}",)
