"""One thing as RDF: what every graph says with it as subject, in Turtle and JSON-LD, the same bytes each time.

A thing that an article has a graph for is told by that graph too, so Turtle, which cannot name graphs, holds the
default graph's statements, and the article's own for an article.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from itertools import groupby
from typing import Any

import msgspec
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
    if own:
        return sorted(own, key=lambda quad: (str(quad.subject), *rank(quad)))
    return sorted(store.quads(node, graph=DEFAULT_GRAPH), key=rank)


@lru_cache(maxsize=1)
def _known(base: str) -> dict[str, str]:
    return prefixes(base)


def turtle(store: Store, node: ox.NamedNode) -> bytes:
    """Return the description of ``node`` as Turtle; prefixes are those used."""
    known = _known(store.base)
    names = Names(known)
    paragraphs = groupby(statements(store, node), key=lambda quad: quad.subject)
    body = "".join(describe(quads, names) for _, quads in paragraphs)
    return (header({prefix: known[prefix] for prefix in sorted(names.used)}) + body).encode()


def jsonld(store: Store, node: ox.NamedNode) -> bytes:
    """Return the description of ``node`` as JSON-LD 1.1 with its context inside."""
    return _jsonld(store, node, alone=False)


def embedded(store: Store, node: ox.NamedNode) -> bytes:
    """Return JSON-LD for the page of ``node``: what it is the subject of, so that no page grows with an article."""
    said = statements(store, node)
    return _jsonld(store, node, alone=any(quad.subject != node for quad in said))


@lru_cache(maxsize=1)  # all that is said of most things has them as subject: page and file have the same
def _jsonld(store: Store, node: ox.NamedNode, *, alone: bool) -> bytes:
    """Return what is said of ``node`` as JSON-LD, or what it alone is the subject of."""
    known = _known(store.base)
    names = Names(known)
    nodes: dict[str, dict[str, Any]] = {}
    for subject, quads in groupby(statements(store, node), key=lambda quad: quad.subject):
        if alone and subject != node:
            continue
        name = str(subject)[1:-1]
        about: dict[str, Any] = {"@id": name}
        nodes[name] = about
        for quad in quads:
            predicate = quad.predicate.value
            if predicate == _TYPE:
                about.setdefault("@type", []).append(str(quad.object)[1:-1])
            else:
                about.setdefault(names.key(predicate), []).append(_value(quad.object))
    context = {prefix: known[prefix] for prefix in sorted(names.used)}
    graph = list(nodes.values())
    document = {"@context": context, **graph[0]} if len(graph) == 1 else {"@context": context, "@graph": graph}
    # The encoder of the standard library is five times as slow where it is to indent.
    return (msgspec.json.format(json.dumps(document, ensure_ascii=False), indent=1) + "\n").encode()


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
