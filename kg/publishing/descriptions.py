"""One thing as RDF: what every graph says with it as subject, in Turtle and JSON-LD, the same bytes each time.

A thing that an article has a graph for is told by that graph too, so Turtle, which cannot name graphs, holds the
default graph's statements, and the article's own for an article.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyoxigraph as ox

from kg.namespaces import PREFIXES
from kg.store import DEFAULT_GRAPH, Store
from kg.turtle import Names, describe, header, prefixes, rank

_TYPE = PREFIXES["rdf"] + "type"
_STRING = PREFIXES["xsd"] + "string"


@lru_cache(maxsize=1)  # a page and the files beside it are written one after another
def statements(store: Store, node: ox.NamedNode) -> list[ox.Quad]:
    """Return what is said of ``node``: by the default graph, or by its own graph where it is an article's name."""
    own = list(store.quads(graph=node))
    found = own or [*store.quads(node, graph=DEFAULT_GRAPH)]
    return sorted(found, key=lambda quad: (str(quad.subject), *rank(quad)))


def turtle(store: Store, node: ox.NamedNode) -> bytes:
    """Return the description of ``node`` as Turtle; prefixes are those used."""
    known = prefixes(store.base)
    names = Names(known)
    paragraphs: dict[str, list[ox.Quad]] = {}
    for quad in statements(store, node):
        paragraphs.setdefault(str(quad.subject), []).append(quad)
    body = "".join(describe(quads, names) for quads in paragraphs.values())
    return (header({prefix: known[prefix] for prefix in sorted(names.used)}) + body).encode()


def jsonld(store: Store, node: ox.NamedNode) -> bytes:
    """Return the description of ``node`` as JSON-LD 1.1 with its context inside."""
    return _jsonld(store, statements(store, node))


def embedded(store: Store, node: ox.NamedNode) -> bytes:
    """Return JSON-LD for the page of ``node``: what it is the subject of, so that no page grows with an article."""
    return _jsonld(store, [quad for quad in statements(store, node) if quad.subject == node])


def _jsonld(store: Store, said: list[ox.Quad]) -> bytes:
    names = Names(prefixes(store.base))
    nodes: dict[str, dict[str, Any]] = {}
    for quad in said:
        about = nodes.setdefault(str(quad.subject), {"@id": str(quad.subject)[1:-1]})
        if quad.predicate.value == _TYPE:
            about.setdefault("@type", []).append(str(quad.object)[1:-1])
        else:
            about.setdefault(names.key(quad.predicate.value), []).append(_value(quad.object))
    known = prefixes(store.base)
    context = {prefix: known[prefix] for prefix in sorted(names.used)}
    graph = list(nodes.values())
    document = {"@context": context, **graph[0]} if len(graph) == 1 else {"@context": context, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _value(term: Any) -> Any:
    if isinstance(term, ox.NamedNode):
        return {"@id": term.value}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype.value == _STRING
    return term.value if plain else {"@value": term.value, "@type": term.datatype.value}


_WRITERS: dict[str, Callable[[Store, ox.NamedNode], bytes]] = {".jsonld": jsonld, ".ttl": turtle}
SUFFIXES = tuple(_WRITERS)
"""Endings of the files beside a page."""


def write(store: Store, node: ox.NamedNode, suffix: str) -> bytes:
    """Return the description of ``node`` in the format of ``suffix``, one of `SUFFIXES`."""
    return _WRITERS[suffix](store, node)
