"""pySHACL, the reference: slow, and what the fast engine is held equal to."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import ValidationError
from kg.namespaces import PREFIXES
from kg.validation import apart
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import rdflib_graph

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph

_SH = PREFIXES["sh"]
_POSTFIX = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


def findings(data: bytes, shapes: Shapes, about: str = "", *, until: float | None = None) -> list[Result]:
    """Return what ``data``, N-Quads taken as one graph, breaks, about things whose IRIs begin with ``about``.

    With ``until``, a time by `time.monotonic`, pySHACL works in a process of its own that is ended then: its patterns
    may take for ever. Raises `ValidationError` where the shapes cannot be used or the time is up.
    """
    if until is None:
        return _findings(data, shapes, about)
    job = [msgspec.msgpack.encode((shapes.ntriples, about)), data]
    try:
        (answer,) = apart.answers(work, job, until)
    except apart.TimeUpError:
        raise ValidationError(
            "pySHACL was not done in time; simplify sh:pattern, or allow more with --deadline"
        ) from None
    except apart.EndedError:
        raise ValidationError("pySHACL ended without an answer; simplify the shapes") from None
    error, results = msgspec.msgpack.decode(answer, type=tuple[str, list[Result]])
    if error:
        raise ValidationError(error)
    return results


def work(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield findings or the error of what `findings` sends to another process."""
    ntriples, about = msgspec.msgpack.decode(next(pieces), type=tuple[str, str])
    try:
        told: tuple[str, list[Result]] = ("", _findings(b"".join(pieces), Shapes(_parsed(ntriples)), about))
    except ValidationError as error:
        told = (str(error), [])
    yield msgspec.msgpack.encode(told)


def _parsed(text: str | bytes) -> "Iterator[Quad]":
    import pyoxigraph

    return pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.N_QUADS)


def _findings(data: bytes, shapes: Shapes, about: str) -> list[Result]:
    import pyshacl
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # of each malformed date it would tell with a traceback
    try:
        _, found, text = pyshacl.validate(
            rdflib_graph(_parsed(data)), shacl_graph=shapes.graph, inplace=True, do_owl_imports=False, advanced=False
        )
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise ValidationError(f"the shapes cannot be used: {error}") from error
    except TypeError as error:  # what is no date by a date: https://www.w3.org/TR/shacl/#LessThanConstraintComponent
        raise ValidationError(f"pySHACL cannot compare two values ({error}); use the engine shacl-rust") from error
    if not isinstance(found, Graph):
        raise ValidationError(f"the shapes cannot be applied to the data: {text}")
    results = [
        _result(found, dict(found.predicate_objects(result)), shapes)
        for result in found.subjects(RDF.type, SH.ValidationResult)
        # Results within results tell why a value fits no shape; they are of no shape's own.
        if (None, SH.detail, result) not in found
    ]
    return [result for result in results if result.focus.startswith(about)]


def _result(graph: "Graph", found: dict[Any, Any], shapes: Shapes) -> Result:
    from rdflib import URIRef
    from rdflib.namespace import SH

    shape = found[SH.sourceShape]
    named = str(shape) if isinstance(shape, URIRef) else ""
    path = found.get(SH.resultPath)
    value = found.get(SH.value)
    focus = found[SH.focusNode]
    return Result(
        severity=str(found[SH.resultSeverity]).removeprefix(_SH),
        focus=str(focus) if isinstance(focus, URIRef) else _term(focus),
        path="" if path is None else str(path) if isinstance(path, URIRef) else path_text(graph, path),
        value="" if value is None else _term(value),
        message=shapes.messages.get(named) or str(found.get(SH.resultMessage, "")),
        shape=named,
        component=str(found[SH.sourceConstraintComponent]),
    )


def path_text(graph: "Graph", path: Any) -> str:
    """Return a property path in SPARQL's notation: https://www.w3.org/TR/shacl/#property-paths"""
    from rdflib import RDF, URIRef
    from rdflib.namespace import SH

    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return " / ".join(path_text(graph, part) for part in graph.items(path))
    for name, mark in _POSTFIX.items():
        if inner := graph.value(path, SH[name]):
            return f"({path_text(graph, inner)}){mark}"
    if inner := graph.value(path, SH.inversePath):
        return f"^{path_text(graph, inner)}"
    either = graph.value(path, SH.alternativePath)
    return "(" + " | ".join(path_text(graph, part) for part in graph.items(either)) + ")"


def _term(node: Any) -> str:
    """Return an rdflib term as N-Triples spell it."""
    import pyoxigraph
    from rdflib import BNode, URIRef

    if isinstance(node, URIRef):
        return f"<{node}>"
    if isinstance(node, BNode):
        return f"_:{node}"
    datatype = pyoxigraph.NamedNode(str(node.datatype)) if node.datatype and not node.language else None
    return str(pyoxigraph.Literal(str(node), language=node.language, datatype=datatype))
