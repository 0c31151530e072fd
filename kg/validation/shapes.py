"""Shapes: read from folders, held to SHACL Core, and made ready for the engines.

Specification: https://www.w3.org/TR/shacl/, sections 2 to 4.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ValidationError
from kg.namespaces import PREFIXES, curie
from kg.resources import folder
from kg.validation.results import SEVERITIES
from kg.validation.statements import files_in, nquads, rdflib_graph, read_quads

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph

_SH, _RDF, _XSD = PREFIXES["sh"], PREFIXES["rdf"], PREFIXES["xsd"]
_NODES = ("property", "node", "not", "qualifiedValueShape")
_LISTS = ("and", "or", "xone", "in", "languageIn", "ignoredProperties")
_PATHS = ("path", "inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
_INTEGERS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_BOOLEANS = ("uniqueLang", "closed", "deactivated", "qualifiedValueShapesDisjoint")
_IRIS = ("class", "datatype", "nodeKind", "equals", "disjoint", "lessThan", "lessThanOrEquals", "severity")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_TERMS = ("hasValue", "minInclusive", "maxInclusive", "minExclusive", "maxExclusive", "pattern", "flags")
_NOTES = ("message", "name", "description", "order", "group", "defaultValue", "declare", "prefix", "namespace")
_LINKS = ("entailment", "shapesGraph", "suggestedShapesGraph")
_KNOWN = {*_NODES, *_LISTS, *_PATHS, *_INTEGERS, *_BOOLEANS, *_IRIS, *_TARGETS, *_TERMS, *_NOTES, *_LINKS}
_REACHING = ("path", "property", "closed", "equals", "disjoint")  # what looks at the triples of a focus node
_NAMING = ("pattern", "minLength", "maxLength", "in", "hasValue", "equals", "disjoint")  # without a path, at its IRI

_Description = dict[str, list[Any]]


class Shapes:
    """A shapes graph and what the engines and the report ask of it."""

    def __init__(self, quads: "Iterable[Quad]") -> None:
        self.quads = list(dict.fromkeys(quads))
        self._described: dict[Any, _Description] = defaultdict(lambda: defaultdict(list))
        for quad in self.quads:
            self._described[quad.subject][quad.predicate.value].append(quad.object)

    @cached_property
    def graph(self) -> "Graph":
        """The shapes as rdflib holds them."""
        return rdflib_graph(self.quads)

    @cached_property
    def ntriples(self) -> str:
        """The shapes as N-Triples."""
        return nquads(self.quads).decode()

    @cached_property
    def single(self) -> frozenset[bytes]:
        """The properties, in angle brackets, of which some shape permits one value, in all or in one language."""
        return frozenset(
            str(path).encode()
            for described in self._described.values()
            if any(limit.value == "1" for limit in described[_SH + "maxCount"])
            or any(unique.value == "true" for unique in described[_SH + "uniqueLang"])
            for path in described[_SH + "path"]
        )

    @cached_property
    def asking(self) -> frozenset[bytes]:
        """The properties, in angle brackets, of whose values some shape asks for a class."""
        return frozenset(
            str(path).encode()
            for described in self._all()
            for path in described[_SH + "path"]
            if described[_SH + "class"]
            or any(self._described[inner][_SH + "class"] for inner in self._below(described))
        )

    @cached_property
    def messages(self) -> dict[str, str]:
        """The message of each shape that has an IRI and a message; the English one of several."""
        found = {}
        for shape, described in self._described.items():
            texts = sorted(described[_SH + "message"], key=lambda text: (text.language != "en", text.value))
            if texts:
                found[shape.value] = texts[0].value
        return found

    @cached_property
    def local(self) -> bool:
        """Whether what a shape says of a thing depends on its own triples and the classes of its values alone.

        So the thing may have another name, and nothing else be there.
        """
        if any(described[_SH + "targetObjectsOf"] + described[_SH + "targetNode"] for described in self._all()):
            return False
        if any(kind.value == PREFIXES["rdfs"] + "Class" for d in self._all() for kind in d[_RDF + "type"]):
            return False
        for described in self._all():
            if not described[_SH + "path"] and any(described[_SH + name] for name in _NAMING):
                return False
            for path in described[_SH + "path"]:
                if not hasattr(path, "value") or path in self._described:
                    return False
                if any(self._described[inner][_SH + name] for inner in self._below(described) for name in _REACHING):
                    return False
        return True

    def use(self, name: str) -> bool:
        """Return whether any shape uses a term of SHACL."""
        return any(described[_SH + name] for described in self._all())

    def _all(self) -> list[_Description]:
        return list(self._described.values())

    def _below(self, described: _Description) -> Iterator[Any]:
        """Yield the shapes that the values of a property shape have to fit."""
        waiting, seen = list(self._parts(described)), set()
        while waiting:
            shape = waiting.pop()
            if shape not in seen and shape in self._described:
                seen.add(shape)
                yield shape
                waiting += self._parts(self._described[shape])

    def _parts(self, described: _Description) -> Iterator[Any]:
        for name in (*_NODES, "and", "or", "xone"):
            yield from described[_SH + name]
        yield from described[_RDF + "first"]
        yield from described[_RDF + "rest"]

    def faults(self) -> Iterator[tuple[Any, str]]:
        """Yield node and reason of whatever is no SHACL Core, or what an engine would stumble over."""
        for node, described in list(self._described.items()):
            for name in [key.removeprefix(_SH) for key in described if key.startswith(_SH)]:
                if name not in _KNOWN:
                    yield node, f"uses sh:{name}, which is not of SHACL Core; write the constraint without it"
                for value in described[_SH + name]:
                    if reason := self._wrong(name, value):
                        yield node, f"has sh:{name} {reason}"
            for shape in described[_SH + "property"]:
                paths = len(self._described[shape][_SH + "path"]) if shape in self._described else 0
                if paths != 1:
                    yield node, f"has sh:property with {paths} sh:path; give each property shape one"
        for node in self._circles():
            yield node, "leads back to itself; SHACL leaves recursive shapes undefined, so take the circle apart"

    def _wrong(self, name: str, value: Any) -> str:
        datatype = getattr(getattr(value, "datatype", None), "value", "")
        if name in _INTEGERS and (datatype != _XSD + "integer" or not value.value.isdecimal()):
            return f"{value}, which is no count; write a whole number"
        if name in _BOOLEANS and (datatype != _XSD + "boolean" or value.value not in ("true", "false")):
            return f"{value}, which is neither true nor false; write one of them"
        if name in _IRIS and (datatype or not str(value).startswith("<")):
            return f"{value}, which is no IRI; write one"
        if name == "severity" and value.value.removeprefix(_SH) not in SEVERITIES:
            return f"{value}; use sh:{', sh:'.join(SEVERITIES)}"
        if name in _LISTS and not self._described_or_nil(value):
            return f"{value}, which is no list; write the values in round brackets"
        return ""

    def _described_or_nil(self, value: Any) -> bool:
        if getattr(value, "value", "") == _RDF + "nil":
            return True
        return value in self._described and bool(self._described[value][_RDF + "first"])

    def _circles(self) -> Iterator[Any]:
        """Yield a node of each way that leads from a shape, list or path back to it."""
        steps = [_SH + name for name in (*_NODES, *_LISTS, *_PATHS)] + [_RDF + "first", _RDF + "rest"]
        done: set[Any] = set()
        for start in list(self._described):
            if start in done:
                continue
            way, on_way = [(start, self._next(start, steps))], {start}
            while way:
                node, others = way[-1]
                other = next((o for o in others if o not in done), None)
                if other is None:
                    done.add(node)
                    on_way.discard(node)
                    way.pop()
                elif other in on_way:
                    yield other
                    done.add(other)
                else:
                    on_way.add(other)
                    way.append((other, self._next(other, steps)))

    def _next(self, node: Any, steps: list[str]) -> Iterator[Any]:
        described = self._described[node]
        return iter([other for step in steps for other in described[step] if other in self._described])


def shape_files(directory: Traversable | Path) -> list[Traversable | Path]:
    """Return the files of a folder of shapes; raise `ValidationError` where there is none."""
    return files_in(directory, ".ttl", "SHACL shapes in Turtle")


def load_shapes(folders: Iterable[Traversable | Path]) -> Shapes:
    """Return the shapes of all Turtle files right in ``folders``; raise `ValidationError` for what is none."""
    quads: list[Quad] = []
    files: dict[Any, str] = {}
    for directory in folders:
        for file in shape_files(directory):
            found = _shapes_of(file)
            files |= {quad.subject: file.name for quad in found}
            quads += found
    shapes = Shapes(quads)
    for node, reason in shapes.faults():
        name = curie(node.value) if str(node).startswith("<") else "a nameless shape"
        raise ValidationError(f"{files[node]}: {name} {reason}")
    return shapes


@cache
def own_shapes() -> Shapes:
    """Return the shapes of the folder ``shapes/``, read once."""
    return load_shapes([folder("shapes")])


def _shapes_of(file: Traversable | Path) -> "list[Quad]":
    quads = read_quads(file)
    kinds = {_SH + "NodeShape", _SH + "PropertyShape"}
    if not any(getattr(quad.object, "value", None) in kinds for quad in quads):
        raise ValidationError(f"{file.name} holds no SHACL shape; declare a sh:NodeShape in it or take it away")
    return quads
