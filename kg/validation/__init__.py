"""Does a graph conform, and if not, what is wrong where, and which sentence is behind it?

Shapes (SHACL Core) look at one thing at a time and checks (stored queries) across things. Two engines give one
answer; neither follows an import or opens a connection.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from kg.collector import no_collection
from kg.errors import ValidationError
from kg.validation import checks as across
from kg.validation import fast, passages, reference
from kg.validation.checks import Check, load_checks, own_checks
from kg.validation.places import Places
from kg.validation.results import SEVERITIES, Place, Report, Result
from kg.validation.shapes import Shapes, load_shapes, own_shapes
from kg.validation.statements import Statements, read_quads
from kg.validation.versions import Find
from kg.validation.versions import findings as of_versions

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

ENGINES: dict[str, Find] = {"shacl-rust": fast.findings, "pyshacl": reference.findings}
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

    For shapes, named graphs are merged with the default graph, and things on which articles differ are looked at in
    each version (`kg.validation.versions`); checks see the graphs as they are. ``engine`` is one of `ENGINES` or
    `AUTO`; ``texts`` are articles' texts by IRI, for quotations, lines and columns; ``deadline`` in seconds ends the
    reference. Raises `ValidationError` for shapes that cannot be used.
    """
    shapes = own_shapes() if shapes is None else shapes
    checks = own_checks() if checks is None else checks
    until = None if deadline is None else time.monotonic() + deadline
    statements = Statements(data)
    with no_collection(), ThreadPoolExecutor(1) as worker:
        _ = statements.triples  # which both need
        by_shapes = worker.submit(find, statements, shapes, engine, until)
        # Meanwhile: shacl-rust and Oxigraph let go of the interpreter's lock.
        found = across.findings(statements, checks)
        found += passages.findings(statements, texts or {}) if checks else ()
        of_things, notes = by_shapes.result()
        completed = Places(statements, texts).complete(dict.fromkeys(of_things + found))
        return Report(tuple(sorted(completed, key=lambda result: result.rank)), notes)


def find(data: Statements, shapes: Shapes, engine: str, until: float | None) -> tuple[list[Result], tuple[str, ...]]:
    """Return what breaks shapes, and a note where another engine than the fast one had to find it unasked."""
    if engine not in (*ENGINES, AUTO):
        raise ValidationError(f"there is no engine {engine!r}; use one of {', '.join((AUTO, *ENGINES))}")
    slow = partial(reference.findings, until=until)
    if engine == "pyshacl":
        return of_versions(data, shapes, slow), ()
    try:
        return of_versions(data, shapes, fast.findings), ()
    except fast.RefusalError as refusal:
        if engine != AUTO:
            raise ValidationError(f"{refusal}; leave the choice of engine to kg") from None
        return of_versions(data, shapes, slow), (f"pySHACL validates, and takes longer: {refusal}",)
