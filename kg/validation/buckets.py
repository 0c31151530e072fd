"""Data in buckets: each is looked at by itself, so that no process has to hold all of it.

A bucket holds all lines of its things. Of the things it refers to in other buckets it is told the classes; such a
thing is given no class of its own but that class's `ELSEWHERE`, of which the class is made a part: so it counts as an
instance where a shape asks for one, and is no target itself. That is enough for local shapes (`Shapes.local`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial

import msgspec
from pyoxigraph import NamedNode, Quad

from kg.namespaces import PREFIXES, iri
from kg.validation.choice import find
from kg.validation.fast import refusal
from kg.validation.passages import findings as of_passages
from kg.validation.results import Result
from kg.validation.shapes import Shapes
from kg.validation.statements import Statements

Found = tuple[list[Result], tuple[str, ...]]
"""Findings, without labels and places, and notes."""
Use = Callable[[Statements, Shapes], Found]
"""What finds where statements break shapes."""

SIZE = 100_000
"""Lines of a bucket, or more: so few that their index stays near the processor, and that they are soon looked at."""
ELSEWHERE = "urn:x-elsewhere:"
"""Before the IRI of a class: the class of what is an instance of that class, but described in another bucket."""

_TYPE, _SUBCLASS = f"<{iri('rdf:type')}>", f"<{iri('rdfs:subClassOf')}>"
_CLASS = PREFIXES["sh"] + "class"


def classes(data: Statements) -> dict[bytes, list[bytes]]:
    """Return the classes of the things that ``data`` describes, all terms in angle brackets."""
    found: dict[bytes, list[bytes]] = {}
    begun = b"\n"
    for line in data.by_property.get(_TYPE.encode(), ()):
        if not line.startswith(begun):  # or else another graph says the same
            begun = line[:-1]
            subject, _, value, _ = line.split(b" ", 3)
            if value.startswith(b"<"):
                known = found.setdefault(subject, [])
                if value not in known:
                    known.append(value)
    return found


def references(data: Statements, described: Mapping[bytes, object], shapes: Shapes) -> set[bytes]:
    """Return the IRIs that ``data`` refers to where some shape asks for a class, but for those ``described``."""
    asking = (data.by_property.get(name, ()) for name in shapes.asking)
    values = {line.split(b" ", 3)[2] for lines in asking for line in lines}
    return {value for value in values if value.startswith(b"<")} - described.keys()


def look(bucket: Statements, elsewhere: Mapping[bytes, Sequence[bytes]], shapes: Shapes, engine: str,
         until: float | None) -> Found:  # fmt: skip
    """Return what a bucket breaks, without labels and places, and notes; ``elsewhere`` are classes of other things."""
    kinds = {kind for some in (*classes(bucket).values(), *elsewhere.values()) for kind in some}
    found, notes = _within(bucket, kinds, elsewhere, partial(find, engine=engine, until=until), shapes)
    return [*found, *of_passages(bucket, {})], notes


def looks(data: Statements, shapes: Shapes, engine: str, until: float | None) -> list[Callable[[], Found]]:
    """Return what, done in any order, finds all that breaks shapes: a look at each bucket of much, or one at all."""
    use = partial(find, engine=engine, until=until)
    # What blank nodes are, and classes of classes, is known where all is at hand.
    count = len(data.lines) // SIZE if shapes.local and not data.nameless and engine != "pyshacl" else 0
    if count < 2 or _SUBCLASS.encode() in data.by_property or refusal(_batched(shapes)):
        return [partial(use, data, shapes)]
    described = classes(data)
    kinds = {kind for some in described.values() for kind in some}
    buckets = data.parts(len(data.lines) // count + 1)
    return [partial(_look, data, bucket, described, kinds, use, shapes) for bucket in buckets]


def _look(data: Statements, bucket: Statements, described: Mapping[bytes, Sequence[bytes]], kinds: Iterable[bytes],
          use: Use, shapes: Shapes) -> Found:  # fmt: skip
    """Return what a bucket of ``data``, whose things are ``described`` so, breaks."""
    first, last = bucket.lines[0].partition(b" ")[0], bucket.lines[-1]
    things: set[bytes] = set()
    for name in shapes.asking:
        asking = data.by_property.get(name, [])
        among = asking[bisect_left(asking, first) : bisect_right(asking, last)]
        things.update(line.split(b" ", 3)[2] for line in among)
    others = {thing: described[thing] for thing in things if thing in described and not first <= thing <= last}
    return _within(bucket, kinds, others, use, shapes)


def _within(bucket: Statements, kinds: Iterable[bytes], elsewhere: Mapping[bytes, Sequence[bytes]], use: Use,
            shapes: Shapes) -> Found:  # fmt: skip
    above, mark = b" " + _SUBCLASS.encode(), b" " + _TYPE.encode()
    known = [(kind + above, kind) for kind in kinds]
    known += [(thing + mark, kind) for thing, some in elsewhere.items() for kind in some]
    context = [b"%b <%b%b ." % (begun, ELSEWHERE.encode(), kind[1:]) for begun, kind in known]
    found, notes = use(Statements(lines=[*bucket.lines, *context]), _batched(shapes))
    return [msgspec.structs.replace(r, message=r.message.replace(ELSEWHERE, "")) for r in found], notes


@lru_cache(maxsize=4)
def _batched(shapes: Shapes) -> Shapes:
    """Return shapes that ask for a class or its `ELSEWHERE`, a class above it."""
    return Shapes(_asking_above(quad) if quad.predicate.value == _CLASS else quad for quad in shapes.quads)


def _asking_above(quad: Quad) -> Quad:
    return Quad(quad.subject, quad.predicate, NamedNode(ELSEWHERE + str(quad.object)[1:-1]), quad.graph_name)
