"""Does a graph conform, and if not, what is wrong where, and which sentence is behind it?

Shapes (SHACL Core) look at one thing at a time and checks (stored queries) across things. Two engines give one
answer; neither follows an import or opens a connection.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.collector import no_collection
from kg.validation import buckets, passages
from kg.validation import checks as checking
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
    reference and checks of a user's own. Raises `ValidationError` for shapes that cannot be used, and when time is up.
    """
    shapes = own_shapes() if shapes is None else shapes
    checks = own_checks() if checks is None else checks
    until = None if deadline is None else time.monotonic() + deadline
    statements = Statements(data)
    places = Places(statements, texts)
    _ = statements.by_property  # reckoned once, before several threads ask for it
    with no_collection(), _threads() as threads:
        across = threads.submit(checking.findings, statements, checks, until)
        by_shapes = [threads.submit(look) for look in buckets.looks(statements, shapes, engine, until)]
        found = list(passages.findings(statements, texts or {})) if checks else []
        for done in as_completed(by_shapes):
            places.prepare(done.result()[0])  # meanwhile others are still at work
        by_bucket = [done.result() for done in by_shapes]
        of_things = (result for results, _ in by_bucket for result in results)
        completed = places.complete(dict.fromkeys([*of_things, *across.result(), *found]))
    notes = dict.fromkeys(note for _, some in by_bucket for note in some)
    return Report(tuple(sorted(completed, key=lambda result: result.rank)), tuple(notes))


@contextmanager
def _threads() -> Iterator[ThreadPoolExecutor]:
    """Give threads that begin nothing more after an error: one more than cores, as each waits for Python's lock."""
    with ThreadPoolExecutor((os.cpu_count() or 1) + 1) as threads:
        try:
            yield threads
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise
