"""Which thing a name means: by IRI, slug, Wikidata identifier, code, label or another name, in a store or elsewhere."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import chain
from typing import Any, NamedTuple
from urllib.parse import quote

import pyoxigraph as ox

from kg.endpoint import Endpoint, sparql, values
from kg.errors import QueryError
from kg.iris import fold
from kg.namespaces import DIP, PREFIXES, iri
from kg.store import Store

Source = Store | Endpoint
"""What can be asked: a store on this machine, or an endpoint elsewhere."""

_COUNTRY = (iri("schema:Country"), iri("org:Organization"))
CLASSES: dict[str, tuple[str, ...]] = {
    "person": (DIP.Person,),
    "country": _COUNTRY,
    "actor": (DIP.Person, *_COUNTRY),
    "office": (DIP.Office,),
    "event": (DIP.Event,),
    "agreement": (DIP.Agreement,),
    "article": (iri("schema:NewsArticle"),),
}
"""The types of parameter that name a thing, and the classes such a thing may have."""
ANY = "thing"
"""Anything of the store; by name, what is of a class above, a place, a tenure or a discrepancy."""
_NAMED = {*chain(*CLASSES.values()), iri("schema:Place"), DIP.Tenure, DIP.Discrepancy}


class Parameter(NamedTuple):
    """What a stored query asks for."""

    name: str
    type: str
    """A key of `CLASSES`, or ``date``, ``integer``, ``string``."""
    required: bool
    description: str = ""
    default: str | None = None
    partial: str | None = None
    """Which end of a month or year a date without a day stands for: ``first``, ``last``; None refuses it."""


_QID = re.compile(r"Q[1-9]\d*")
_LABEL, _REPLACED = iri("rdfs:label"), iri("dcterms:isReplacedBy")
# A label counts before a code, a code before another name, that before an article's file.
_NAMES = f"""
  {{ ?node <{_LABEL}> ?name BIND(0 AS ?place) }}
  UNION {{ ?node <{iri("skos:notation")}> ?name BIND(1 AS ?place) }}
  UNION {{ ?node <{iri("skos:altLabel")}> ?name BIND(2 AS ?place) }}
  UNION {{ GRAPH ?graph {{ ?node <{DIP.file}> ?name }} BIND(3 AS ?place) }}
"""
_LANGUAGES = ("", "@en", "@vi", "@zh", "@und")
"""How the names of a store are tagged, most of them: those that are not are found by looking at all."""
_PLAIN = "^[A-Za-z0-9]+( [A-Za-z0-9]+)*$"
"""Names that `kg.iris.fold` does nothing to but to make them lower case."""


def find(source: Source, value: str, kind: str, *, asked: str = "the name") -> ox.NamedNode:
    """Return the thing of ``kind`` (a key of `CLASSES`, or `ANY`) that ``value`` names in ``source``.

    ``value`` is an IRI, its last parts (``person/xi-jinping``), a QID, a code, a label or another name; letters are
    compared without case and diacritics where none is spelt so. An IRI that was replaced stands for its successor.
    Raises `QueryError` with near names, or with the candidates.
    """
    named = [_successor(source, node) for node in _by_identifier(source, value.strip())]
    if named:
        fitting = [node for node in named if _is_a(source, node, kind)]
        if not fitting:
            raise QueryError(f"{asked}: {value} is not {_a(kind)} of this store; name one by its label")
        return _only(source, value, fitting, asked)
    return _by_name(source, value, kind, asked)


def _rows(source: Source, text: str) -> list[Any]:
    """Return the rows of a SELECT of our own."""
    return list(source.query(text))  # type: ignore[arg-type]


def _by_identifier(source: Source, value: str) -> list[ox.NamedNode]:
    """Return what ``value`` names as an IRI, a slug or a QID; nothing where it is none of these."""
    if _QID.fullmatch(value):
        match = ox.NamedNode(PREFIXES["wd"] + value)
        found = _rows(source, f"SELECT DISTINCT ?node {{ ?node <{iri('skos:exactMatch')}> {sparql(match)} }}")
        return [node for (node,) in found if isinstance(node, ox.NamedNode)]
    is_iri = value.startswith(("http://", "https://", "urn:"))
    if not is_iri and ("/" not in value or " " in value):
        return []
    try:
        node = ox.NamedNode(value if is_iri else source.base + quote(value, safe="/-._~%"))
    except ValueError:
        raise QueryError(f"{value!r} is not an IRI; check it for blanks and quotes") from None
    return [node] if is_iri or _is_a(source, node, ANY) else []


def _successor(source: Source, node: ox.NamedNode) -> ox.NamedNode:
    """Return the thing that replaces ``node``, else itself."""
    found = _rows(source, f"SELECT ?now {{ {sparql(node)} <{_REPLACED}> ?now }}")
    return next((now for (now,) in found if isinstance(now, ox.NamedNode)), node)


def _is_a(source: Source, node: ox.NamedNode, kind: str) -> bool:
    """Tell whether anything is said of ``node`` or, unless ``kind`` is `ANY`, that it is of its classes."""
    said = f"{sparql(node)} {'?property' if kind == ANY else 'a'} ?value"
    wanted = "" if kind == ANY else f"VALUES ?value {{ {values(map(ox.NamedNode, CLASSES[kind]))} }}"
    return bool(source.query(f"ASK {{ {wanted} {{ {said} }} UNION {{ GRAPH ?graph {{ {said} }} }} }}"))


def _by_name(source: Source, value: str, kind: str, asked: str) -> ox.NamedNode:
    """Return the one thing named ``value``."""
    if spelt := _spelt(source, value, kind):
        return _only(source, value, spelt, asked)
    folded = fold(value)
    # Of names in plain letters those that differ stay where they are; the others are compared here.
    differ = f'!REGEX(STR(?name), "{_PLAIN}") || LCASE(STR(?name)) = {sparql(ox.Literal(folded))}'
    found: dict[int, set[ox.NamedNode]] = {}
    for node, name, place in _named(source, kind, f"FILTER({differ})"):
        if fold(name.value) == folded:
            found.setdefault(int(place.value), set()).add(node)
    if found:
        return _only(source, value, found[min(found)], asked)
    near: dict[str, str] = {}
    for _, name, _ in sorted(_named(source, kind), key=str):
        near.setdefault(fold(name.value), name.value)
    raise QueryError(f"{asked}: no {kind} of this store is called {value!r}; {_near_names(folded, near)}")


def _spelt(source: Source, value: str, kind: str) -> list[ox.NamedNode]:
    """Return the things of a kind with a label, else a code, else another name, that is spelt as names mostly are.

    The indexes of a store answer this; to compare letters of any case and with diacritics takes a look at all names.
    """
    plain = " ".join(value.split())
    spellings = sorted({plain, plain.upper(), plain.title()})
    names = " ".join(sparql(ox.Literal(spelling)) + tag for spelling in spellings for tag in _LANGUAGES)
    classes = CLASSES.get(kind, _NAMED)
    for name in ("rdfs:label", "skos:notation", "skos:altLabel"):
        where = f"VALUES ?name {{ {names} }} ?node <{iri(name)}> ?name ; a ?class"
        found = {node for node, of in _rows(source, f"SELECT ?node ?class {{ {where} }}") if of.value in classes}
        if named := [node for node in found if isinstance(node, ox.NamedNode)]:
            return named
    return []


def _named(source: Source, kind: str, condition: str = "") -> list[Any]:
    """Return the things of a kind with each of their names and its place in the order of names."""
    classes = values(map(ox.NamedNode, sorted(CLASSES.get(kind, _NAMED))))
    where = f"VALUES ?class {{ {classes} }} ?node a ?class . {_NAMES} {condition}"
    rows = _rows(source, f"SELECT ?node ?name ?place {{ {where} }}")
    return [row for row in rows if isinstance(row[0], ox.NamedNode) and isinstance(row[1], ox.Literal)]


def _only(source: Source, value: str, nodes: Iterable[ox.NamedNode], asked: str) -> ox.NamedNode:
    ordered = sorted(set(nodes), key=lambda node: node.value)
    if len(ordered) == 1:
        return ordered[0]
    candidates = ", ".join(f"{_label(source, node)} <{node.value}>" for node in ordered[:8])
    more = f" and {len(ordered) - 8} more" if len(ordered) > 8 else ""
    raise QueryError(f"{asked}: {value!r} may be {candidates}{more}; give the IRI of the one you mean")


def _label(source: Source, node: ox.NamedNode) -> str:
    """Return the English label of ``node``, else any, else the end of its IRI."""
    found = [name for (name,) in _rows(source, f"SELECT ?name {{ {sparql(node)} <{_LABEL}> ?name }}")]
    found.sort(key=lambda literal: (literal.language != "en", literal.value))
    return str(found[0].value) if found else node.value.rsplit("/", 1)[-1]


def _near_names(folded: str, near: Mapping[str, str]) -> str:
    close = [near[key] for key in get_close_matches(folded, near, 5, 0.6)]
    parts = [name for key, name in near.items() if set(folded.split()) & set(key.split())]
    similar = list(dict.fromkeys(close + sorted(parts)))[:5]
    return f"near names: {', '.join(similar)}" if similar else "see the names with: kg query people, offices, events"


def _a(word: str) -> str:
    return ("an " if word[0] in "aeiou" else "a ") + word
