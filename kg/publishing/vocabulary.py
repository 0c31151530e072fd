"""The page of the ontology: every term with its definition, its place among the others, and an example of the data."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import pyoxigraph as ox

from kg.namespaces import ONTOLOGY, SCHEMES, curie, iri, load_kinds
from kg.publishing.things import Link, Things
from kg.resources import folder

FOLDER = "ontology"
FILES = ("diplomacy.ttl", "alignments.ttl", *(f"{scheme}-kinds.ttl" for scheme in SCHEMES))
"""Files of the vocabulary that stand beside its page."""

PAGES = {"index": "Classes and properties", **{f"{scheme}-kind": f"Kinds of {scheme}" for scheme in SCHEMES}}
"""Pages of the vocabulary, and their titles."""

_WORDS = {
    "rdfs:subClassOf": "narrower than",
    "rdfs:subPropertyOf": "narrower than",
    "owl:equivalentClass": "the same as",
    "owl:equivalentProperty": "the same as",
    "skos:closeMatch": "close to",
    "skos:relatedMatch": "related to",
    "skos:exactMatch": "the same as",
    "skos:broadMatch": "narrower than",
    "skos:narrowMatch": "wider than",
    "rdfs:domain": "said of",
    "rdfs:range": "has as value",
    "rdfs:seeAlso": "see",
}
"""What relations between terms are called on the page."""
_EXAMPLES = 3


class Entry(NamedTuple):
    """A term on the page."""

    anchor: str
    iri: str
    curie: str
    label: str
    definition: str
    relations: list[tuple[str, list[Link]]]
    examples: list[tuple[Link, str, Link]]
    """Of a property: a thing, the property's name, a value; of a class: things alone."""
    codes: list[str]
    labels: list[tuple[str, str]]
    """Labels in other languages, by tag."""
    depth: int = 0


class Section(NamedTuple):
    """A heading of the page and its terms."""

    anchor: str
    title: str
    description: str
    entries: list[Entry]


@cache
def _statements() -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    """Return what the ontology and its alignments say: values by subject and property."""
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for file in ("diplomacy.ttl", "alignments.ttl"):
        for quad in ox.parse((folder("ontology") / file).read_bytes(), format=ox.RdfFormat.TURTLE):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
                said[quad.subject.value][quad.predicate.value].append(quad.object)
    return said


def title() -> tuple[str, str, str]:
    """Return title, description and version of the ontology."""
    about = _statements()[ONTOLOGY]
    names = ("dcterms:title", "dcterms:description", "owl:versionInfo")
    return tuple(about[iri(name)][0].value for name in names)  # type: ignore[return-value]


def definitions() -> list[tuple[str, str]]:
    """Return the classes and properties, each with its definition."""
    terms = (term for term in _statements() if term.startswith(ONTOLOGY) and term != ONTOLOGY)
    return sorted((curie(term), _english(_statements()[term][iri("skos:definition")])) for term in terms)


def path_of(term: str) -> str:
    """Return the path of a term's page, with its anchor.

    >>> path_of("https://w3id.org/diplomacy-kg/ontology/event-kind/call")
    'ontology/event-kind.html#event-kind-call'
    """
    scheme, _, kind = term.removeprefix(ONTOLOGY).partition("/")
    return f"{FOLDER}/{scheme if kind else 'index'}.html#{anchor_of(term)}"


def anchor_of(term: str) -> str:
    """Return the anchor of a term on the page.

    >>> anchor_of("https://w3id.org/diplomacy-kg/ontology/event-kind/call")
    'event-kind-call'
    """
    return term.removeprefix(ONTOLOGY).replace("/", "-")


def sections(things: Things, page: str) -> list[Section]:
    """Return what stands on a page of `PAGES`: classes and properties, or a scheme, with examples from the store."""
    if page != "index":
        return [_scheme(page.removesuffix("-kind"), things)]
    classes = [term for term in _statements() if _is(term, "owl:Class") and term.startswith(ONTOLOGY)]
    kinds_of_property = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdf:Property")
    properties = [
        term for term in _statements() if term.startswith(ONTOLOGY) and any(_is(term, k) for k in kinds_of_property)
    ]
    found = [
        Section("classes", "Classes", "", [_entry(term, _instances(things, term)) for term in classes]),
        Section("properties", "Properties", "", [_entry(term, _uses(things, term)) for term in sorted(properties)]),
    ]
    codes = [_entry(term, []) for term in _statements() if _is(term, "rdfs:Datatype") and term.startswith(ONTOLOGY)]
    found.append(Section("datatypes", "Datatypes of codes", "", codes))
    return found


def _is(term: str, kind: str) -> bool:
    return ox.NamedNode(iri(kind)) in _statements()[term][iri("rdf:type")]


def _entry(term: str, examples: list[tuple[Link, str, Link]]) -> Entry:
    said = _statements()[term]
    relations = [(word, _terms(said[iri(name)])) for name, word in _WORDS.items() if said.get(iri(name))]
    return Entry(
        anchor=anchor_of(term),
        iri=term,
        curie=curie(term),
        label=_english(said[iri("rdfs:label")]),
        definition=_english(said[iri("skos:definition")]),
        relations=relations,
        examples=examples,
        codes=[],
        labels=[],
    )


def _english(values: Iterable[ox.NamedNode | ox.Literal]) -> str:
    return next((v.value for v in values if isinstance(v, ox.Literal) and v.language in ("en", None)), "")


def _terms(values: Iterable[ox.NamedNode | ox.Literal]) -> list[Link]:
    return sorted(term_link(value.value) for value in values)


def term_link(term: str) -> Link:
    """Return a term of the ontology as a link to its place on the page, another to its own."""
    if term.startswith(ONTOLOGY):
        return Link(curie(term), path_of(term))
    return Link(curie(term), url=term if term.startswith(("http://", "https://")) else "")


def _instances(things: Things, cls: str) -> list[tuple[Link, str, Link]]:
    nodes = sorted({q.subject for q in _some(things, iri("rdf:type"), ox.NamedNode(cls))}, key=str)
    return [(things.link(node), "", Link("")) for node in nodes[:_EXAMPLES]]


def _uses(things: Things, term: str) -> list[tuple[Link, str, Link]]:
    quads = sorted(_some(things, term, None), key=str)[:1]
    return [(things.link(quad.subject), curie(term), things.link(quad.object)) for quad in quads]


def _some(things: Things, predicate: str, value: ox.NamedNode | None, most: int = 50) -> list[ox.Quad]:
    """Return the first quads that match, in the order of the store."""
    found = []
    for quad in things.store.quads(None, ox.NamedNode(predicate), value):
        found.append(quad)
        if len(found) == most:
            break
    return found


def _scheme(scheme: str, things: Things) -> Section:
    kinds = load_kinds(scheme)
    narrower = defaultdict(list)
    for kind in kinds:
        narrower[kind.broader].append(kind)

    def below(code: str | None, depth: int) -> Iterable[Entry]:
        for kind in narrower[code]:
            codes = [f"{curie(system).rpartition(':')[2]} {notation}" for system, notation in kind.notations]
            uses = _some(things, iri("dip:kind"), ox.NamedNode(kind.iri))
            examples = sorted({things.link(q.subject) for q in uses})[:1]
            yield Entry(
                anchor=anchor_of(kind.iri),
                iri=kind.iri,
                curie=kind.code,
                label=kind.label,
                definition=kind.definition,
                relations=[],
                examples=[(example, "", Link("")) for example in examples],
                codes=codes,
                labels=sorted((tag, label) for tag, label in kind.labels.items() if tag != "en"),
                depth=depth,
            )
            yield from below(kind.code, depth + 1)

    return Section(f"{scheme}-kind", f"Kinds of {scheme}", "", list(below(None, 0)))
