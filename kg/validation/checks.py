"""Checks: rules across things, as stored queries that must return nothing.

A check is a file of SPARQL with a ``#+`` header in YAML: ``message`` (what is wrong; what to do), ``severity`` (one of
`SEVERITIES`, by default Violation), ``reads``, the properties it looks at (without it, everything is loaded for it),
and ``together``, how far it looks (without it, it is asked of the whole graph): ``[]`` at what is said of one thing,
``[dip:office]`` at a thing and all that points to it by that property, ``[graph]`` at the graph of an article and what
the default graph says of the same things (`kg.validation.parts`). It selects ``?this``, the thing, and may select
``?path``, ``?value`` and ``?article``, the graph that says so. In a message ``{?name}`` stands for the value of that
variable.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources.abc import Traversable
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import KgError, QueryError, ValidationError
from kg.namespaces import PREFIXES, iri
from kg.resources import folder
from kg.sparql import check as check_sparql
from kg.validation import apart
from kg.validation.results import SEVERITIES, Result, spoken
from kg.validation.statements import Statements, files_in, in_default_graph

if TYPE_CHECKING:
    from pyoxigraph import Store

CHECKS = "https://w3id.org/diplomacy-kg/checks/"
COMPONENT = PREFIXES["sh"] + "SPARQLConstraintComponent"
GRAPH = "graph"
"""Stands for the graph of an article, among the properties by which things hang together."""
_PLACEHOLDER = re.compile(r"\{\?(\w+)\}")
_LINES = 20_000
"""Lines of a piece; to look at more may take long, so that another process does it meanwhile."""


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """A rule across things."""

    name: str
    message: str
    severity: str
    reads: tuple[str, ...] | None
    """IRIs of the properties it looks at; None means all."""
    together: tuple[str, ...] | None = None
    """What makes things that it sees together hang together: IRIs of properties, and `GRAPH`; None means all do."""
    text: str

    @property
    def in_graphs(self) -> bool:
        """Whether it looks into articles' graphs."""
        return "GRAPH" in self.text.upper()


def check_files(directory: Traversable | Path) -> list[Traversable | Path]:
    """Return the files of a folder of checks; raise `ValidationError` where there is none."""
    return files_in(directory, ".rq", "checks, files of SPARQL named .rq")


def load_checks(folders: Iterable[Traversable | Path]) -> tuple[Check, ...]:
    """Return the checks, files that end in .rq, right in ``folders``; raise `ValidationError` for what is none."""
    checks = []
    for directory in folders:
        checks += [_loaded(file) for file in check_files(directory)]
    return tuple(checks)


@cache
def own_checks() -> tuple[Check, ...]:
    """Return the checks of the folder ``shapes/``, read once."""
    return load_checks([folder("shapes")])


def _loaded(file: Traversable | Path) -> Check:
    import pyoxigraph
    import yaml

    try:
        text = file.read_text(encoding="utf-8-sig")
        check_sparql(text)
        answers: Any = pyoxigraph.Store().query(text, prefixes=PREFIXES)
        header = yaml.safe_load("\n".join(line[2:] for line in text.splitlines() if line.startswith("#+")))
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(f"{file.name} cannot be read: {error}") from error
    except (QueryError, SyntaxError) as error:
        raise ValidationError(f"{file.name} is no check: {error}") from error
    except yaml.YAMLError as error:
        raise ValidationError(f"{file.name}: its header is not YAML: {' '.join(str(error).split())}") from error
    if "this" not in [variable.value for variable in getattr(answers, "variables", ())]:
        raise ValidationError(f"{file.name} selects no ?this; select the thing that is wrong under that name")
    return _check(file.name, header if isinstance(header, dict) else {}, text)


def _check(name: str, header: dict[str, Any], text: str) -> Check:
    message, severity = header.get("message"), header.get("severity", "Violation")
    if not message or not isinstance(message, str):
        raise ValidationError(f"{name} has no message; begin it with: #+ message: what is wrong; what to do")
    if severity not in SEVERITIES:
        raise ValidationError(f"{name} has the severity {severity!r}; use one of {', '.join(SEVERITIES)}")
    reads, together = (_properties(name, header, key) for key in ("reads", "together"))
    return Check(
        name=name.removesuffix(".rq"), message=message, severity=severity, reads=reads, together=together, text=text
    )


def _properties(name: str, header: dict[str, Any], key: str) -> tuple[str, ...] | None:
    properties, word = header.get(key), {"together": GRAPH}.get(key)
    if properties is None:
        return None
    if not isinstance(properties, list) or not all(isinstance(each, str) for each in properties):
        raise ValidationError(f"{name} {key} {properties!r}; write a list of properties such as [dip:date]")
    try:
        return tuple(sorted(each if each == word else iri(each) for each in properties))
    except KgError as error:
        raise ValidationError(f"{name}: {error}") from error


def findings(data: Statements, checks: Sequence[Check], until: float | None = None) -> list[Result]:
    """Return what ``data`` breaks of ``checks``, without labels and places; see `findings_of`."""
    lines = iter(read_by(data, checks))
    pieces = (b"\n".join([*piece, b""]) for piece in iter(lambda: list(islice(lines, _LINES)), []))
    return findings_of(pieces, checks, until=until, much=len(data.lines) > _LINES)


def findings_of(data: Iterable[bytes], checks: Sequence[Check], *, folder: Path | None = None,
                until: float | None = None, much: bool = False) -> list[Result]:  # fmt: skip
    """Return what N-Quads in pieces, of which `read_by` tells what is needed, break; much of it needs a ``folder``.

    A user's own checks have time until ``until``, by `time.monotonic`; ``much`` data has so with any check. Raises
    `ValidationError` when it is up.
    """
    if not checks:
        return []
    if much or not (until is None or set(checks) <= set(own_checks())):
        return _apart(data, checks, folder, until)
    return [result for results in _each(data, checks, folder) for result in results]


def _apart(data: Iterable[bytes], checks: Sequence[Check], folder: Path | None, until: float | None) -> list[Result]:
    """Return what data breaks, found by another process: it may be ended, and does not wait for this one's lock."""
    found: list[Result] = []
    waiting = iter(check.name for check in checks)
    job = msgspec.msgpack.encode((checks, str(folder or "")))
    try:
        for answer in apart.answers(work, chain([job], data), until):
            found += msgspec.msgpack.decode(answer, type=list[Result])
            next(waiting)
    except apart.TimeUpError:
        reason = "was not done in time; let it look at less, or allow more with --deadline"
        raise ValidationError(f"the check {next(waiting)} {reason}") from None
    except apart.EndedError:
        reason = "ended without an answer, for want of memory perhaps; let it look at less"
        raise ValidationError(f"the check {next(waiting)} {reason}") from None
    return found


def work(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the findings of each check that `_apart` sends to another process."""
    checks, folder = msgspec.msgpack.decode(next(pieces), type=tuple[list[Check], str])
    yield from map(msgspec.msgpack.encode, _each(pieces, checks, Path(folder) if folder else None))


def _each(data: Iterable[bytes], checks: Sequence[Check], folder: Path | None) -> Iterator[list[Result]]:
    """Yield the findings of each check."""
    import pyoxigraph

    store = pyoxigraph.Store() if folder is None else pyoxigraph.Store(folder)
    for piece in data:
        # The lines are as a parser wrote them, so IRIs and language tags need no second look.
        store.bulk_load(input=piece, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True)
    yield from (_findings(store, check) for check in checks)


def read_by(data: Statements, checks: Sequence[Check]) -> Iterable[bytes]:
    """Return the lines that checks read; of what none reads in articles' graphs, those of the default graph."""
    if any(check.reads is None for check in checks):
        return data.lines
    wanted: dict[str, bool] = {}
    for check in checks:
        for name in check.reads or ():
            wanted[name] = wanted.get(name, False) or check.in_graphs
    return (
        line
        for name, in_graphs in wanted.items()
        for line in data.by_property.get(f"<{name}>".encode(), ())
        if in_graphs or in_default_graph(line)
    )


def _findings(store: "Store", check: Check) -> list[Result]:
    solutions: Any = store.query(check.text, prefixes=PREFIXES)
    names = [variable.value for variable in solutions.variables]
    rows = {
        tuple("" if term is None else str(term) for term in solution)
        for solution in solutions
        if solution["this"] is not None
    }
    return [_result(check, dict(zip(names, row, strict=True))) for row in sorted(rows)]


def _result(check: Check, row: dict[str, str]) -> Result:
    focus, article, path = row["this"], row.get("article", ""), row.get("path", "")
    return Result(
        severity=check.severity,
        focus=focus[1:-1] if focus.startswith("<") else focus,
        path=path[1:-1],
        value=row.get("value", ""),
        message=_PLACEHOLDER.sub(lambda found: spoken(row.get(found[1], "")), check.message),
        shape=CHECKS + check.name,
        component=COMPONENT,
        articles=(article[1:-1],) if article else (),
    )
