"""Does a graph conform, and if not, what is wrong where, and which sentence is behind it?

Shapes (SHACL Core) look at one thing at a time and checks (stored queries) across things. Two engines give one
answer; neither follows an import or opens a connection.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from kg.collector import no_collection
from kg.validation import buckets, passages
from kg.validation import checks as across
from kg.validation.checks import Check, load_checks, own_checks
from kg.validation.choice import AUTO, ENGINES
from kg.validation.places import Places
from kg.validation.results import SEVERITIES, Place, Report, Result
from kg.validation.shapes import Shapes, load_shapes, own_shapes
from kg.validation.statements import Statements, read_quads

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
    with no_collection(), ThreadPoolExecutor(os.cpu_count()) as workers:
        by_shapes = [workers.submit(look) for look in buckets.looks(statements, shapes, engine, until)]
        # Meanwhile: shacl-rust and Oxigraph let go of the interpreter's lock.
        found = across.findings(statements, checks)
        found += passages.findings(statements, texts or {}) if checks else ()
        by_bucket = [done.result() for done in by_shapes]
        of_things = (result for results, _ in by_bucket for result in results)
        completed = Places(statements, texts).complete(dict.fromkeys([*of_things, *found]))
    notes = dict.fromkeys(note for _, some in by_bucket for note in some)
    return Report(tuple(sorted(completed, key=lambda result: result.rank)), tuple(notes))
