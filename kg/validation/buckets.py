"""Data in buckets: each is looked at by itself, so that no process has to hold all of it.

A bucket holds all lines of its things. Of the things it refers to in other buckets it is told the classes; such a
thing is given no class of its own but that class's `ELSEWHERE`, of which the class is made a part: so it counts as an
instance where a shape asks for one, and is no target itself. That is enough for local shapes (`Shapes.local`).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
from pyoxigraph import NamedNode, Quad

from kg.namespaces import PREFIXES, iri
from kg.validation import find
from kg.validation.passages import findings as of_passages
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import Statements

ELSEWHERE = "urn:x-elsewhere:"
"""Before the IRI of a class: the class of what is an instance of that class, but described in another bucket."""

_TYPE, _SUBCLASS = f"<{iri('rdf:type')}>", f"<{iri('rdfs:subClassOf')}>"
_CLASS = PREFIXES["sh"] + "class"


def classes(lines: Iterable[bytes]) -> dict[bytes, list[bytes]]:
    """Return the classes of the things that N-Quads lines describe, all terms in angle brackets."""
    found: dict[bytes, list[bytes]] = {}
    mark, predicate = f" {_TYPE} ".encode(), _TYPE.encode()
    for line in lines:
        if mark in line:
            subject, said, value, _ = line.split(b" ", 3)
            if said == predicate:  # no long string that merely holds these words
                known = found.setdefault(subject, [])
                if value not in known:
                    known.append(value)
    return found


def references(lines: Iterable[bytes], described: Mapping[bytes, object], shapes: Shapes) -> set[bytes]:
    """Return the IRIs that lines refer to where some shape asks for a class, but for those ``described``."""
    asking, found = shapes.asking, set()
    for line in lines:
        _, predicate, value = line.split(b" ", 3)[:3]
        if predicate in asking and value.startswith(b"<"):
            found.add(value)
    return found - described.keys()


def look(
    data: bytes, elsewhere: Mapping[bytes, Sequence[bytes]], shapes: Shapes, engine: str
) -> tuple[list[Result], tuple[str, ...]]:
    """Return what a bucket breaks, without labels and places, and notes; ``elsewhere`` are classes of other things."""
    described = classes(data.splitlines())
    kinds = {kind.decode() for some in (*described.values(), *elsewhere.values()) for kind in some}
    context = [f"{kind} {_SUBCLASS} <{ELSEWHERE}{kind[1:]} ." for kind in sorted(kinds)]
    context += [
        f"{thing.decode()} {_TYPE} <{ELSEWHERE}{kind.decode()[1:]} ."
        for thing, some in elsewhere.items()
        for kind in some
    ]
    statements = Statements(data + "\n".join([*context, ""]).encode())
    found, notes = find(statements, _batched(shapes), engine, None)
    found = [msgspec.structs.replace(r, message=r.message.replace(ELSEWHERE, "")) for r in found]
    return [*found, *of_passages(Statements(data), {})], notes


@lru_cache(maxsize=4)
def _batched(shapes: Shapes) -> Shapes:
    """Return shapes that ask for a class or its `ELSEWHERE`, a class above it."""
    return Shapes(_asking_above(quad) if quad.predicate.value == _CLASS else quad for quad in shapes.quads)


def _asking_above(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, NamedNode(ELSEWHERE + str(quad.object)[1:-1]), quad.graph_name)
