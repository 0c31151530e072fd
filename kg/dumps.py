"""Dumps: the whole store as files, byte for byte the same from one run to the next.

Every form is written subject by subject in IRI order, so that memory holds the names of the subjects and one
description, never the graph. There are no blank nodes in a store, which is what makes this possible.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import DumpError
from kg.namespaces import PREFIXES
from kg.store import DEFAULT_GRAPH, Store, Term
from kg.turtle import Names, describe, header, prefixes, rank

GraphName = ox.NamedNode | ox.DefaultGraph
Writer = Callable[[Store, IO[bytes]], None]

_STRING, _TYPE = PREFIXES["xsd"] + "string", PREFIXES["rdf"] + "type"


def dump(store: Store, form: str, output: IO[bytes]) -> str | None:
    """Write the store to ``output`` in ``form``, a key of `WRITERS`; return a note on what the form cannot hold."""
    if form not in WRITERS:
        raise DumpError(f"there is no dump format {form!r}; choose one of {', '.join(WRITERS)}")
    WRITERS[form](store, output)
    if form not in TRIPLES_ONLY or not (count := len(store.graphs())):
        return None
    return f"{form} holds the default graph only; nquads, trig and jsonld keep the {count} article graphs too"


# ---------------------------------------------------------------------------------------------- in IRI order


def _subjects(store: Store, graph: ox.DefaultGraph | None) -> list[ox.NamedNode]:
    """Return the subjects of the default graph, or of all graphs, in the order of their N-Triples text."""
    # The database drops doubles before it reads names: an eighth of the time of reading all quads.
    elsewhere = "" if isinstance(graph, ox.DefaultGraph) else "UNION { GRAPH ?graph { ?subject ?p ?o } }"
    found: Any = store.query(f"SELECT DISTINCT ?subject {{ {{ ?subject ?p ?o }} {elsewhere} }}")
    subjects = [subject for (subject,) in found]
    named = [subject for subject in subjects if isinstance(subject, ox.NamedNode)]
    if len(named) < len(subjects):
        raise DumpError("the store has blank nodes, which have no order; build it again with kg build")
    return sorted(named, key=str)


def _descriptions(store: Store, graph: GraphName) -> Iterator[list[ox.Quad]]:
    """Yield the quads of ``graph`` subject by subject, the class first, then in order."""
    if isinstance(graph, ox.DefaultGraph):
        for subject in _subjects(store, graph):
            yield sorted(store.quads(subject, graph=graph), key=rank)
        return
    # An article's graph is small: one look-up for all of it is ten times as fast as one a subject.
    ordered = sorted(store.quads(graph=graph), key=lambda quad: (str(quad.subject), *rank(quad)))
    for _, quads in groupby(ordered, key=lambda quad: quad.subject):
        yield list(quads)


def _lines(store: Store, graph: ox.DefaultGraph | None) -> Iterator[bytes]:
    """Yield the N-Quads lines of the default graph, or of all graphs, sorted."""
    for subject in _subjects(store, graph):
        for line in sorted(str(quad) for quad in store.quads(subject, graph=graph)):
            yield f"{line} .\n".encode()


# ---------------------------------------------------------------------------------------------- lines


def write_nquads(store: Store, output: IO[bytes]) -> None:
    """Write all graphs as N-Quads, lines sorted: the bytes a build makes."""
    output.writelines(_lines(store, None))


def write_ntriples(store: Store, output: IO[bytes]) -> None:
    """Write the default graph as N-Triples, lines sorted."""
    output.writelines(_lines(store, DEFAULT_GRAPH))


# ---------------------------------------------------------------------------------------------- Turtle and TriG


def _paragraphs(store: Store, graph: GraphName, names: Names, indent: str = "") -> Iterator[bytes]:
    return (describe(quads, names, indent).encode() for quads in _descriptions(store, graph))


def write_turtle(store: Store, output: IO[bytes]) -> None:
    """Write the default graph as Turtle."""
    known = prefixes(store.base)
    output.write(header(known).encode())
    output.writelines(_paragraphs(store, DEFAULT_GRAPH, Names(known)))


def write_trig(store: Store, output: IO[bytes]) -> None:
    """Write all graphs as TriG: the default graph, then the others in IRI order."""
    known = prefixes(store.base)
    names = Names(known)
    output.write(header(known).encode())
    output.writelines(_paragraphs(store, DEFAULT_GRAPH, names))
    for graph in store.graphs():
        output.write(f"\n{names.iri(graph.value)} {{".encode())
        output.writelines(_paragraphs(store, graph, names, "  "))
        output.write(b"}\n")


# ---------------------------------------------------------------------------------------------- JSON-LD


def write_jsonld(store: Store, output: IO[bytes]) -> None:
    """Write all graphs as JSON-LD 1.1: the default graph's nodes, then a graph object for each other graph."""
    known = prefixes(store.base)
    names = Names(known)
    output.write(b'{"@context": ' + _json(known) + b',\n "@graph": [')
    for number, part in enumerate(_parts(store, names)):
        output.write(b"," + part if number else part)
    output.write(b"\n]}\n")


def _parts(store: Store, names: Names) -> Iterator[bytes]:
    """Yield what the outer ``@graph`` holds, each part from its line break on."""
    yield from _nodes(store, DEFAULT_GRAPH, names)
    for graph in store.graphs():
        yield b'\n {"@graph": [' + b",".join(_nodes(store, graph, names)) + b'\n ], "@id": ' + _json(graph.value) + b"}"


def _nodes(store: Store, graph: GraphName, names: Names) -> Iterator[bytes]:
    for quads in _descriptions(store, graph):
        yield b"\n  " + _json({"@id": _value(quads[0].subject)["@id"], **_properties(quads, names)})


def _properties(quads: Iterable[ox.Quad], names: Names) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for quad in quads:
        if quad.predicate.value == _TYPE and isinstance(quad.object, ox.NamedNode):
            found.setdefault("@type", []).append(quad.object.value)
        else:
            found.setdefault(names.key(quad.predicate.value), []).append(_value(quad.object))
    return found


def _value(term: Term) -> dict[str, str]:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if not isinstance(term, ox.Literal):
        raise DumpError(f"{term} cannot be written as JSON-LD; choose nquads")
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype.value == _STRING
    return {"@value": term.value} if plain else {"@value": term.value, "@type": term.datatype.value}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


TRIPLES_ONLY = ("turtle", "ntriples")
"""The formats that cannot name graphs."""

WRITERS: dict[str, Writer] = {
    "turtle": write_turtle,
    "ntriples": write_ntriples,
    "nquads": write_nquads,
    "trig": write_trig,
    "jsonld": write_jsonld,
}
"""The formats a store can be dumped in."""
