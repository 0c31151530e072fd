"""What of a store has no Wikidata item yet, with what is known of it: the questions to a service."""

import re
from collections import defaultdict
from collections.abc import Iterator

import msgspec
import pyoxigraph as ox

from kg.linking.service import Manifest, Query, Value
from kg.namespaces import DIP, PREFIXES, iri
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Store

KINDS = {"person": DIP.Person, "office": DIP.Office, "organisation": iri("org:Organization")}
"""The kinds of thing that are linked, and their classes."""
# https://www.wikidata.org/wiki/Property:P39 position held, P27 country of citizenship, P1001 applies to jurisdiction,
# P17 country: the property by which each kind of thing has each kind of fact.
WIKIDATA_PROPERTIES = {
    ("person", "office"): "P39",
    ("person", "country"): "P27",
    ("office", "country"): "P1001",
    ("organisation", "country"): "P17",
}
PROPERTY_NAMES = {"office": ("office", "position", "position held"), "country": ("country", "nationality")}
"""What services other than Wikidata's may call the properties of use."""
TYPE_NAMES = {
    "person": ("person", "human", "people"),
    "office": ("office", "position"),
    "organisation": ("organisation", "organization"),
}
"""What services other than Wikidata's may call the types."""


class Fact(msgspec.Struct, frozen=True, order=True):
    """Something known of a thing: its office, its country."""

    kind: str
    label: str
    item: str = ""
    """QID, else empty."""


class Thing(msgspec.Struct, frozen=True):
    """A thing of the store without an item."""

    iri: str
    kind: str
    label: str
    names: tuple[str, ...]
    """All its names, the label first."""
    facts: tuple[Fact, ...] = ()
    disputed: bool = False
    """Whether an article gives this name where another is expected: a misprint, perhaps."""

    @property
    def asked(self) -> str:
        """The name to ask for: that of an office without the brackets that part its title from its country."""
        return re.sub(r" \((.+)\)$", r" of \1", self.label) if self.kind == "office" else self.label

    @property
    def context(self) -> str:
        """What is known of it, in words."""
        return "; ".join(dict.fromkeys(fact.label for fact in self.facts))

    @property
    def is_nameless(self) -> bool:
        """Whether its name has too few letters to ask anybody."""
        return sum(c.isalpha() for c in self.label) < 2


def unlinked(store: Store) -> list[Thing]:
    """Return the people, offices and organisations of the default graph without an item, sorted by IRI."""
    matched = {value(row, "thing") for row in rows(store, "?thing skos:exactMatch ?item")}
    disputed = {value(row, "thing") for row in rows(store, "?dispute dip:stated ?thing")}
    facts = _facts(store)
    found = []
    for kind, cls in KINDS.items():
        for thing, names in _named(store, cls).items():
            if thing not in matched:
                known = tuple(sorted(facts.get(thing, ())))
                found.append(Thing(thing, kind, names[0], tuple(names), known, thing in disputed))
    return sorted(found, key=lambda thing: thing.iri)


def linked(store: Store) -> dict[str, str]:
    """Return the things that have an item, by the item's IRI."""
    return {value(row, "item"): value(row, "thing") for row in rows(store, "?thing skos:exactMatch ?item")}


def rows(store: Store, pattern: str) -> Iterator[ox.QuerySolution]:
    """Yield what a pattern of SPARQL fits in the store, each once."""
    results = store.query(f"SELECT DISTINCT * WHERE {{ {pattern} }}", PREFIXES)
    assert isinstance(results, ox.QuerySolutions)  # noqa: S101 - a SELECT has no other
    return results


def value(row: ox.QuerySolution, name: str) -> str:
    """Return the text of a variable, empty where it is unbound."""
    return str(getattr(row[name], "value", ""))


def _named(store: Store, cls: str) -> dict[str, list[str]]:
    """Return the names of the things of a class: the English label, then the others."""
    named: dict[str, set[tuple[bool, str]]] = defaultdict(set)
    label, other = (ox.NamedNode(iri(curie)) for curie in ("rdfs:label", "skos:altLabel"))
    for quad in store.quads(None, ox.NamedNode(iri("rdf:type")), ox.NamedNode(cls), DEFAULT_GRAPH):
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        for predicate in (label, other):
            for said in store.quads(quad.subject, predicate, None, DEFAULT_GRAPH):
                if isinstance(said.object, ox.Literal):
                    named[quad.subject.value].add((predicate is other, said.object.value))
    return {thing: [name for _, name in sorted(names)] for thing, names in named.items()}


def _facts(store: Store) -> dict[str, set[Fact]]:
    """Return the office and country of people, and the country of offices."""
    facts: dict[str, set[Fact]] = defaultdict(set)
    of = "?office dip:of ?body . ?body a schema:Country ; rdfs:label ?country OPTIONAL { ?body skos:exactMatch ?item }"
    for row in rows(store, of):
        facts[value(row, "office")].add(_fact("country", row, "country", "item"))
    held = "?tenure dip:holder ?person ; dip:office ?office . ?office rdfs:label ?name"
    for row in rows(store, f"{held} OPTIONAL {{ ?office skos:exactMatch ?item }}"):
        facts[value(row, "person")].add(_fact("office", row, "name", "item"))
    for row in rows(store, held):
        facts[value(row, "person")] |= {f for f in facts[value(row, "office")] if f.kind == "country"}
    return facts


def _fact(kind: str, row: ox.QuerySolution, label: str, item: str) -> Fact:
    return Fact(kind, value(row, label), value(row, item).removeprefix(PREFIXES["wd"]) if row[item] else "")


def question(thing: Thing, manifest: Manifest, offered: dict[str, str]) -> Query:
    """Return the query for a thing, with the type and the properties that the service has.

    ``offered`` are the service's properties, id by name.
    """
    values: dict[str, list[Value]] = defaultdict(list)
    for fact in thing.facts:
        if manifest.is_wikidata:
            pid = WIKIDATA_PROPERTIES.get((thing.kind, fact.kind), "")
        else:
            pid = next((offered[name] for name in PROPERTY_NAMES[fact.kind] if name in offered), "")
        if pid:
            by_item = manifest.is_wikidata and fact.item
            values[pid].append({"id": fact.item, "name": fact.label} if by_item else fact.label)
    return Query(thing.asked, _type(thing.kind, manifest), {pid: tuple(found) for pid, found in values.items()})


def _type(kind: str, manifest: Manifest) -> str:
    """Return the service's type for a kind of thing: Wikidata's as ``ontology/`` aligns it, or one of that name."""
    if manifest.is_wikidata:
        return _aligned().get(KINDS[kind], "")
    return next((id_ for id_, name in manifest.types if name.casefold() in TYPE_NAMES[kind]), "")


def _aligned() -> dict[str, str]:
    """Return the Wikidata class of each of our classes."""
    text = (folder("ontology") / "alignments.ttl").read_bytes()
    close = ox.NamedNode(iri("skos:closeMatch"))
    pairs = (q for q in ox.parse(text, format=ox.RdfFormat.TURTLE) if q.predicate == close)
    return {
        quad.subject.value: quad.object.value.removeprefix(PREFIXES["wd"])
        for quad in pairs
        if isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.NamedNode)
        and quad.object.value.startswith(PREFIXES["wd"])
    }
