"""The things of a store that names can be reconciled with, read once: their names, codes, offices and tenures."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

import pyoxigraph as ox

from kg import evidence
from kg.authority import Authority, Office, Person
from kg.namespaces import DIP, PREFIXES, iri
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Store

TYPES: dict[str, tuple[str, str]] = {
    "person": (DIP.Person, "Person"),
    "office": (DIP.Office, "Office"),
    "organisation": (iri("org:Organization"), "Organisation"),
    "country": (iri("schema:Country"), "Country"),
    "place": (iri("schema:Place"), "Place"),
    "agreement": (DIP.Agreement, "Agreement"),
}
"""Class and name of each type, by its id, which is the kind in the IRIs of its entities."""

_TYPE, _LABEL, _ALT = (ox.NamedNode(iri(name)) for name in ("rdf:type", "rdfs:label", "skos:altLabel"))
_EXACT, _NOTATION = ox.NamedNode(iri("skos:exactMatch")), ox.NamedNode(iri("skos:notation"))
_REPLACED, _DERIVED = ox.NamedNode(iri("dcterms:isReplacedBy")), ox.NamedNode(iri("prov:wasDerivedFrom"))
_TITLE, _OF, _HOLDER, _OFFICE = (ox.NamedNode(term) for term in (DIP.title, DIP.of, DIP.holder, DIP.office))
_START, _END, _AS_OF = (ox.NamedNode(term) for term in (DIP.start, DIP.end, DIP.asOf))


class Entity(NamedTuple):
    """A thing that a name may mean."""

    id: str
    """Its IRI without the base: ``person/xi-jinping``."""
    type: str
    """A key of `TYPES`."""
    name: str
    others: tuple[str, ...]
    codes: tuple[str, ...]
    wikidata: str
    """QID, else empty."""
    articles: int
    """How many articles it rests on."""


class Held(NamedTuple):
    """A tenure of a person, or of an office."""

    person: str
    office: str
    start: str
    end: str
    as_of: str


class Entities:
    """The entities of a store, by id; what is said of them beside their names is read from the store when asked."""

    def __init__(self, store: Store):
        self.store = store
        self._base = len(store.base)
        self.all = {entity.id: entity for entity in self._read()}

    def _read(self) -> Iterator[Entity]:
        """Yield the entities by type and id."""
        types = {
            type_: sorted(self._subjects(_TYPE, ox.NamedNode(class_), f"{type_}/"))
            for type_, (class_, _) in TYPES.items()
        }
        labels, others, codes = (self._texts(predicate) for predicate in (_LABEL, _ALT, _NOTATION))
        items = {id_: found[0] for id_, found in self._texts(_EXACT).items()}
        derived = Counter(self._id(quad.subject) for quad in self.store.quads(None, _DERIVED, None, DEFAULT_GRAPH))
        for type_, ids in types.items():
            for id_ in ids:
                names = labels.get(id_) or [id_.rpartition("/")[2]]
                yield Entity(
                    id=id_,
                    type=type_,
                    name=names[0],
                    others=tuple(dict.fromkeys((*names[1:], *others.get(id_, ())))),
                    codes=tuple(codes.get(id_, ())),
                    wikidata=items.get(id_, "").removeprefix(PREFIXES["wd"]),
                    articles=derived[id_],
                )

    def _id(self, term: object) -> str:
        """Return what follows the base in an IRI, empty for what is none of ours."""
        value = term.value if isinstance(term, ox.NamedNode) else ""
        return value[self._base :] if value.startswith(self.store.base) else ""

    def _subjects(self, predicate: ox.NamedNode, value: ox.NamedNode, start: str) -> set[str]:
        found = {self._id(quad.subject) for quad in self.store.quads(None, predicate, value, DEFAULT_GRAPH)}
        return {id_ for id_ in found if id_.startswith(start)}

    def _texts(self, predicate: ox.NamedNode) -> Mapping[str, list[str]]:
        """Return the values of a property by entity, English ones first."""
        found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
        for quad in self.store.quads(None, predicate, None, DEFAULT_GRAPH):
            id_ = self._id(quad.subject)
            if id_.partition("/")[0] in TYPES:
                found[id_].append((getattr(quad.object, "language", "en") != "en", getattr(quad.object, "value", "")))
        return {id_: [value for _, value in sorted(values)] for id_, values in found.items()}

    # ------------------------------------------------------------------------------------------ looking up

    def find(self, identifier: str) -> Entity | None:
        """Return the entity of an id, an IRI or a QID, its successor where it was replaced; None where there is none.

        Of a QID that several things have there is none.
        """
        id_ = identifier.removeprefix(self.store.base)
        if found := self.all.get(id_) or self._items.get(identifier):
            return found
        node = self.node(id_)
        successor = next(iter(self.store.quads(node, _REPLACED, None, DEFAULT_GRAPH)), None) if node else None
        return self.all.get(self._id(successor.object)) if successor else None

    @cached_property
    def _items(self) -> dict[str, Entity]:
        count = Counter(entity.wikidata for entity in self.all.values())
        return {one.wikidata: one for one in self.all.values() if one.wikidata and count[one.wikidata] == 1}

    def node(self, id_: str) -> ox.NamedNode | None:
        """Return the IRI of an id, None where it can be none."""
        try:
            return ox.NamedNode(self.store.base + id_)
        except ValueError:
            return None

    def related(self, entity: Entity, predicate: str) -> list[Entity]:
        """Return the entities that a property of this one names, in the order of their ids."""
        nodes = self.store.quads(self.node(entity.id), ox.NamedNode(predicate), None, DEFAULT_GRAPH)
        return [self.all[id_] for id_ in sorted({self._id(quad.object) for quad in nodes}) if id_ in self.all]

    def words(self, entity: Entity, predicate: str) -> list[str]:
        """Return the values of a property as words, sorted."""
        quads = self.store.quads(self.node(entity.id), ox.NamedNode(predicate), None, DEFAULT_GRAPH)
        return sorted({evidence.word(self.store, quad.object) for quad in quads})

    # ------------------------------------------------------------------------------------------ tenures

    @cached_property
    def _tenures(self) -> list[Held]:
        parts: dict[ox.NamedNode, dict[str, str]] = {}
        for predicate in (_HOLDER, _OFFICE, _START, _END, _AS_OF):
            for quad in self.store.quads(None, predicate, None, DEFAULT_GRAPH):
                if isinstance(quad.subject, ox.NamedNode):
                    value = self._id(quad.object) or getattr(quad.object, "value", "")
                    parts.setdefault(quad.subject, {})[predicate.value] = value
        found = [Held(*(part.get(p.value, "") for p in (_HOLDER, _OFFICE, _START, _END, _AS_OF)))
                 for part in parts.values()]  # fmt: skip
        return sorted(held for held in found if held.person in self.all and held.office in self.all)

    @cached_property
    def _by_part(self) -> Mapping[str, list[Held]]:
        found = defaultdict(list)
        for held in self._tenures:
            found[held.person].append(held)
            found[held.office].append(held)
        return found

    def tenures(self, entity: Entity) -> list[Held]:
        """Return the tenures of a person or office, latest first."""
        return sorted(self._by_part.get(entity.id, ()), key=lambda held: (held.start, held.end), reverse=True)

    @cached_property
    def bodies(self) -> Mapping[str, str]:
        """The country or organisation of each office, by id."""
        quads = self.store.quads(None, _OF, None, DEFAULT_GRAPH)
        return {self._id(quad.subject): self._id(quad.object) for quad in quads if self._id(quad.object) in self.all}

    # ------------------------------------------------------------------------------------------ who is who

    @cached_property
    def authority(self) -> "StoreAuthority":
        """Who is who of this store: its look-ups of names, over the people and offices that are here."""
        return StoreAuthority(self)

    def titles(self, entity: Entity) -> list[str]:
        """Return the titles of an office, without its body: "Deputy Prime Minister"."""
        return self.words(entity, _TITLE.value)


class StoreAuthority(Authority):
    """Who is who as it is shipped, the people and offices being those of a store."""

    def __init__(self, entities: Entities):
        super().__init__(folder("seeds") / "authority")
        shipped = Authority.load().offices
        self.people = {
            one.id: Person(one.id, one.name, one.others, self._country(entities, one), one.wikidata)
            for one in entities.all.values()
            if one.type == "person"
        }
        self.offices = {}
        for one in entities.all.values():
            if one.type == "office":
                known = shipped.get(one.id.partition("/")[2])
                others = (*one.others, *(known.aliases if known else ()))
                title = next(iter(entities.titles(one)), one.name)
                body = entities.all.get(entities.bodies.get(one.id, ""))
                of = body.codes[0] if body and body.codes else ""
                self.offices[one.id] = Office(one.id, one.name, title, "", of, others, one.wikidata)

    @staticmethod
    def _country(entities: Entities, person: Entity) -> str:
        """Return the code of the country of a person's latest office, empty where it is none of a country."""
        bodies = (entities.bodies.get(held.office, "") for held in entities.tenures(person))
        codes = (entities.all[id_].codes for id_ in bodies if id_.startswith("country/"))
        return next((code[0] for code in codes if code), "")
