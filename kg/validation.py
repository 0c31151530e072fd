"""Does a graph conform to the shapes, and if not, what is wrong where, and which sentence is behind it?

The engine is pySHACL; it follows no imports and opens no connection, and shapes may not call SPARQL.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from kg.errors import ValidationError
from kg.namespaces import DIP, PREFIXES, curie
from kg.resources import folder

if TYPE_CHECKING:
    from pyoxigraph import Quad
    from rdflib import Graph

SEVERITIES = ("Violation", "Warning", "Info")
"""Severities of SHACL, gravest first: https://www.w3.org/TR/shacl/#severity"""

_SH = PREFIXES["sh"]
_EXACT = PREFIXES["oa"] + "exact"
_LABEL = PREFIXES["rdfs"] + "label"
_NOTED = (_LABEL, DIP.namedAs, DIP.evidence, _EXACT)
_SHAPE_CLASSES = frozenset({_SH + "NodeShape", _SH + "PropertyShape"})
_SPARQL = frozenset(_SH + name for name in ("sparql", "select", "ask", "js", "SPARQLConstraintComponent"))


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """One finding: which constraint of which shape a thing breaks, and what to do about it."""

    severity: str
    """One of `SEVERITIES`."""
    focus: str
    """IRI of the thing."""
    path: str = ""
    """IRI of the property, or empty where the thing as a whole is meant."""
    value: str = ""
    """The value that breaks the constraint, or empty where it is a missing one."""
    message: str
    shape: str
    """IRI of the shape."""
    component: str
    """IRI of the constraint component: https://www.w3.org/TR/shacl/#core-components"""
    label: str = ""
    """Label of the thing, or empty."""
    quote: str = ""
    """The first sentence that the thing is stated in, or empty."""

    @property
    def rank(self) -> tuple[int, str, str, str, str, str]:
        """Key by which results are sorted: gravest first, then by thing, property, shape, value and component."""
        return (SEVERITIES.index(self.severity), self.focus, self.path, self.shape, self.value, self.component)

    def text(self) -> str:
        """Return the finding as lines for a person: the thing, the property with its value, the sentence."""
        name = f"{self.label} <{self.focus}>" if self.label else f"<{self.focus}>"
        property_and_value = " ".join(part for part in (curie(self.path), curie(self.value)) if part)
        lines = [f"{self.severity}: {name}", f"  {self.message}"]
        lines += [f"  {property_and_value}"] if property_and_value else []
        lines += [f"  “{self.quote}”"] if self.quote else []
        return "\n".join(lines)


class Report(msgspec.Struct, frozen=True):
    """What validation found, gravest first."""

    results: tuple[Result, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is no violation; warnings and hints do not count.

        >>> Report().conforms
        True
        """
        return not any(result.severity == "Violation" for result in self.results)

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each severity, in the order of `SEVERITIES`."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    @property
    def summary(self) -> str:
        """One sentence: whether the data conforms, and how many findings there are.

        >>> Report().summary
        'Conforms: 0 violations, 0 warnings, 0 hints.'
        """
        violations, warnings, hints = self.counts.values()
        verdict = "Conforms" if self.conforms else "Does not conform"
        return (
            f"{verdict}: {_number(violations, 'violation')}, {_number(warnings, 'warning')}, {_number(hints, 'hint')}."
        )

    def text(self, *, least: str = "Info") -> str:
        """Return the findings of severity ``least`` or graver, a paragraph each, and the summary last."""
        shown = SEVERITIES[: SEVERITIES.index(least) + 1]
        paragraphs = [result.text() for result in self.results if result.severity in shown]
        return "\n\n".join([*paragraphs, self.summary])


def validate(data: "Iterable[Quad]", shapes: "Graph | None" = None) -> Report:
    """Return what is wrong with ``data`` by ``shapes``, by default those of the folder ``shapes/``.

    Named graphs are merged with the default graph. Where articles differ about a property of which the shapes permit
    one value, the default graph's value stands, else that of the first graph: that sources disagree is data and no
    error. A graph that gives several such values by itself is an error. Raises `ValidationError` for shapes that
    cannot be used.
    """
    shapes = own_shapes() if shapes is None else shapes
    merged = list(_merged(data, _single_valued(shapes)))
    findings = _run(_graph(merged), shapes)
    context = _Context(merged)
    return Report(tuple(sorted((context.complete(result) for result in findings), key=lambda result: result.rank)))


def load_shapes(folders: Iterable[Traversable | Path]) -> "Graph":
    """Return the shapes of all Turtle files right in ``folders``; raise `ValidationError` for a file that is none."""
    quads: list[Quad] = []
    for directory in folders:
        if not directory.is_dir():
            raise ValidationError(f"{directory} is not a folder; give a folder of SHACL shapes in Turtle")
        for file in sorted(directory.iterdir(), key=lambda file: file.name):
            if file.name.endswith(".ttl"):
                quads += _shapes_of(file)
    return _graph(quads)


@cache
def own_shapes() -> "Graph":
    """Return the shapes of the folder ``shapes/``, read once."""
    return load_shapes([folder("shapes")])


def read_quads(file: Traversable | Path) -> "list[Quad]":
    """Return the quads of a file, its form known by its ending: .ttl .nt .nq .trig .jsonld (or .json).

    Remote JSON-LD contexts are never fetched. Raises `ValidationError` with file and line.
    """
    from pyoxigraph import RdfFormat, parse

    forms = {
        ".ttl": RdfFormat.TURTLE,
        ".nt": RdfFormat.N_TRIPLES,
        ".nq": RdfFormat.N_QUADS,
        ".trig": RdfFormat.TRIG,
        ".jsonld": RdfFormat.JSON_LD,
        ".json": RdfFormat.JSON_LD,
    }
    form = forms.get(Path(file.name).suffix.lower())
    if form is None:
        raise ValidationError(f"{file.name} has no known form; name it {', '.join(forms)}")
    try:
        return list(parse(file.read_bytes(), format=form, base_iri="file:///", rename_blank_nodes=True))
    except OSError as error:
        raise ValidationError(f"{file.name} cannot be read: {error.strerror or error}") from error
    except SyntaxError as error:
        raise ValidationError(_syntax_message(file.name, error)) from error


def _syntax_message(name: str, error: SyntaxError) -> str:
    if "remote context" in str(error):
        return f"{name} names a remote JSON-LD context, which is never fetched; write the context into the file"
    where = f"{name}, line {error.lineno}" if error.lineno else name
    return f"{where} does not parse: {error.msg}"


def _shapes_of(file: Traversable | Path) -> "list[Quad]":
    quads = read_quads(file)
    if not any(getattr(quad.object, "value", None) in _SHAPE_CLASSES for quad in quads):
        raise ValidationError(f"{file.name} holds no SHACL shape; declare a sh:NodeShape in it or take it away")
    if any(quad.predicate.value in _SPARQL for quad in quads):
        raise ValidationError(f"{file.name} calls SPARQL or JavaScript; write its constraints in SHACL Core")
    return quads


def _single_valued(shapes: "Graph") -> frozenset[str]:
    """Return the properties of which some shape permits one value at most, in all or in one language."""
    from rdflib.namespace import SH

    limited = {shape for shape, limit in shapes.subject_objects(SH.maxCount) if str(limit) == "1"}
    limited |= {shape for shape, unique in shapes.subject_objects(SH.uniqueLang) if str(unique) == "true"}
    return frozenset(str(path) for shape in limited for path in shapes.objects(shape, SH.path))


def _merged(data: "Iterable[Quad]", single: frozenset[str]) -> "Iterator[Quad]":
    """Yield the quads that stand once differing articles have yielded; see `validate`."""
    rivals: dict[tuple[str, str, str], dict[str, list[Quad]]] = defaultdict(lambda: defaultdict(list))
    for quad in data:
        if quad.predicate.value in single:
            graph = getattr(quad.graph_name, "value", "")  # the default graph has no value and so sorts first
            language = getattr(quad.object, "language", None) or ""
            rivals[str(quad.subject), quad.predicate.value, language][graph].append(quad)
        else:
            yield quad
    for graphs in rivals.values():
        first, *others = sorted(graphs)
        yield from graphs[first]
        for graph in others:
            yield from graphs[graph] if len(graphs[graph]) > 1 else ()


def _graph(quads: "Iterable[Quad]") -> "Graph":
    """Return the triples of ``quads`` as an rdflib graph, lexical forms kept."""
    import pyoxigraph
    from rdflib import BNode, Graph, Literal, URIRef

    iris: dict[str, URIRef] = {}

    def node(term: Any) -> Any:
        if isinstance(term, pyoxigraph.NamedNode):
            return iris.get(term.value) or iris.setdefault(term.value, URIRef(term.value))
        if isinstance(term, pyoxigraph.BlankNode):
            return BNode(term.value)
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == PREFIXES["xsd"] + "string"
        return Literal(term.value, datatype=None if plain else node(term.datatype), normalize=False)

    graph = Graph()
    for quad in quads:
        graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    return graph


def _run(data: "Graph", shapes: "Graph") -> Iterator[Result]:
    import pyshacl
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    try:
        _, found, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True, do_owl_imports=False, advanced=False)
    except (pyshacl.errors.ShapeLoadError, pyshacl.errors.ConstraintLoadError) as error:
        raise ValidationError(f"the shapes cannot be used: {error}") from error
    if not isinstance(found, Graph):
        raise ValidationError(f"the shapes cannot be applied to the data: {text}")
    for result in found.subjects(RDF.type, SH.ValidationResult):
        yield _result(dict(found.predicate_objects(result)), shapes)


def _result(found: dict[Any, Any], shapes: "Graph") -> Result:
    from rdflib.namespace import SH

    shape = found[SH.sourceShape]
    written = shapes.value(shape, SH.message)
    return Result(
        severity=str(found[SH.resultSeverity]).removeprefix(_SH),
        focus=str(found[SH.focusNode]),
        path=str(found.get(SH.resultPath, "")),
        value=str(found.get(SH.value, "")),
        message=str(written or found.get(SH.resultMessage, "")),
        shape=str(shape),
        component=str(found[SH.sourceConstraintComponent]),
    )


class _Context:
    """Labels and quoted sentences of the data, to complete results with."""

    def __init__(self, quads: "Iterable[Quad]") -> None:
        noted: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in _NOTED}
        for quad in quads:
            if quad.predicate.value in noted:
                noted[quad.predicate.value][str(quad.subject)].append(getattr(quad.object, "value", ""))
        self._values = noted

    def complete(self, result: Result) -> Result:
        """Return ``result`` with the label and the sentence of its thing; of several the least, to be steady."""
        names = self._of(_LABEL, result.focus) or self._of(DIP.namedAs, result.focus)
        passages = [result.focus, *self._of(DIP.evidence, result.focus)]
        quotes = [quote for passage in passages for quote in self._of(_EXACT, passage)]
        return msgspec.structs.replace(result, label=next(iter(names), ""), quote=next(iter(quotes), ""))

    def _of(self, predicate: str, subject: str) -> list[str]:
        return sorted(self._values[predicate].get(f"<{subject}>", ()))


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")
