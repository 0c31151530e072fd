"""Parts: the graph as pieces that can be written apart, in any order and on any number of workers.

A part is what one article, or one event, adds: lines of N-Quads that no other part writes, and facts. Facts are what
several parts may say of one thing (somebody's name, that a country is mentioned); how many parts say each is counted,
so that a part can be taken back, and the references (`kg.resolution.references`) are written from the counts.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from kg.edtf import bounds
from kg.iris import digest
from kg.language.lexicon import Lexicon
from kg.mappers.claims import OfficeRef
from kg.namespaces import DIP, ONTOLOGY, Kind
from kg.resolution.identity import Namer
from kg.resolution.quads import day, edtf, term, text

Fact = tuple[str, ...]
"""A kind of fact (`PERSON` …), the thing, and what is said of it."""
Facts = Counter[Fact]

PERSON, OFFICE, TENURE, AGREEMENT = "person", "office", "tenure", "agreement"
BODY, PLACE, KIND, DISCREPANCY, ARTICLE = "body", "place", "kind", "discrepancy", "article"
HELD, JUDGED = "held", "judged"
"""What only writing references adds: under which name an office is held in a tenure; that there are judgements."""

TERMS = {
    curie: term(curie)
    for curie in (
        "rdf:type", "rdfs:label", "skos:altLabel", "skos:prefLabel", "skos:notation", "skos:exactMatch",
        "skos:broader", "skos:inScheme", "skos:topConceptOf", "skos:Concept", "skos:ConceptScheme",
        "schema:NewsArticle", "schema:headline", "schema:publisher", "schema:inLanguage", "schema:url",
        "schema:datePublished", "schema:about", "schema:mentions", "schema:Country", "schema:Place",
        "schema:containedInPlace", "org:Organization", "prov:Entity", "prov:Activity", "prov:wasGeneratedBy",
        "prov:used", "prov:wasAssociatedWith", "prov:wasDerivedFrom", "prov:SoftwareAgent",
        "oa:TextPositionSelector", "oa:TextQuoteSelector", "oa:hasSource", "oa:start", "oa:end", "oa:exact",
        "dcterms:source", "dcterms:isReplacedBy", "owl:deprecated",
    )
}  # fmt: skip
TERMS |= {name: f"<{ONTOLOGY}{name}>" for name in DIP.__annotations__}


class Part(NamedTuple):
    """Lines, each with its end, and facts; no line comes twice, in one part or in two."""

    lines: list[str]
    facts: set[Fact]


class Discrepancy(NamedTuple):
    """What an article says, what was expected instead and why; all terms as N-Quads spell them."""

    kind: str
    stated: str
    expected: list[str]
    about: list[str]
    evidence: list[str]
    label: str
    rule: str
    premises: list[str]


class Writer:
    """Writes parts; what articles, events and references have in common."""

    def __init__(self, lexicon: Lexicon, base: str) -> None:
        self.lexicon, self.base = lexicon, base
        self.authority = lexicon.authority
        self.namer = Namer(lexicon)
        self._lines: list[str] = []
        self._facts: set[Fact] = set()

    def _take(self) -> Part:
        """Return the part written since the last was taken."""
        part = Part(list(dict.fromkeys(self._lines)), self._facts)
        self._lines, self._facts = [], set()
        return part

    def iri(self, kind: str, name: str) -> str:
        """Return the IRI of a thing in angle brackets."""
        return f"<{self.base}{kind}/{name}>"

    def _add(self, s: str, p: str, o: str, graph: str = "") -> None:
        self._lines.append(f"{s} {p} {o} {graph} .\n" if graph else f"{s} {p} {o} .\n")

    def _body(self, body: str) -> str:
        self._facts.add((BODY, body))
        return self.iri(*self.namer.body(body))

    def _place(self, place: str) -> str:
        if place in self.authority.countries:
            return self._body(place)
        self._facts.add((PLACE, place))
        return self.iri(*self.namer.place(place))

    def _person(self, name: str) -> str:
        self._facts.add((PERSON, name, ""))
        return self.iri("person", name)

    def _office(self, office: str, title: str, kind: str | None, of: str | None) -> str:
        self._facts.add((OFFICE, office, title, kind or "", of or ""))
        if of:
            self._facts.add((BODY, of))
        return self.iri("office", office)

    def _office_ref(self, ref: OfficeRef) -> str:
        return self._office(self.namer.office(ref.title, ref.of), ref.title, ref.kind, ref.of)

    def _kind(self, scheme: str, code: str) -> str:
        found = self._kind_of(scheme, code)
        self._facts.add((KIND, scheme, found.code))
        return f"<{found.iri}>"

    def _kind_of(self, scheme: str, code: str) -> Kind:
        kinds = {
            "event-kind": self.lexicon.event_kinds,
            "agreement-kind": self.lexicon.agreement_kinds,
            "office-kind": self.lexicon.office_kinds,
        }[scheme]
        return kinds.get(code) or kinds["other"]

    def _dates(self, s: str, date: str | None, graph: str = "") -> None:
        if date:
            first, last = bounds(date)
            self._add(s, TERMS["date"], edtf(date), graph)
            self._add(s, TERMS["earliest"], day(first), graph)
            self._add(s, TERMS["latest"], day(last), graph)

    def _conclude(self, about: str, rule: str, premises: Iterable[str], graph: str = "", key: str = "") -> None:
        """Write down what was concluded about a thing: by which rule, and from what."""
        node = self.iri("inference", digest(f"{about}|{rule}|{key}"))
        self._add(about, TERMS["inference"], node, graph)
        self._add(node, TERMS["rdf:type"], TERMS["Inference"], graph)
        self._add(node, TERMS["rule"], text(rule), graph)
        for premise in premises:
            self._add(node, TERMS["premise"], premise, graph)

    def _discrepancy(self, article: str, found: Discrepancy, name: str = "") -> None:
        """Write a discrepancy, in the graph of the article with the key ``article`` and in the default graph."""
        me = self.iri("article", article)
        told = "|".join((found.kind, name or found.stated, *([] if name else found.expected), article))
        d = self.iri("discrepancy", digest(told))
        for graph in (me, ""):
            self._add(d, TERMS["rdf:type"], TERMS["Discrepancy"], graph)
            self._add(d, TERMS["rdfs:label"], text(found.label, "en"), graph)
            self._add(d, TERMS["kind"], f"<{ONTOLOGY}discrepancy-kind/{found.kind}>", graph)
            self._add(d, TERMS["stated"], found.stated, graph)
            for expected in found.expected:
                self._add(d, TERMS["expected"], expected, graph)
            for thing in found.about:
                self._add(d, TERMS["about"], thing, graph)
            self._add(d, TERMS["statedIn"], me, graph)
        self._facts.add((DISCREPANCY, found.kind))
        for passage in found.evidence:
            self._add(d, TERMS["evidence"], passage, me)
        if found.rule:
            self._conclude(d, found.rule, found.premises)

    def _passage_iri(self, article: str, start: int, end: int) -> str:
        return self.iri("passage", f"{article}-{start}-{end}")

    def _body_label(self, body: str | None) -> str:
        if body is None:
            return ""
        known = self.authority.countries.get(body) or self.authority.organisations.get(body)
        return known.label if known else body

    def _place_label(self, place: str) -> str:
        known = self.authority.places.get(place)
        return known.label if known else self._body_label(place)

    def _title_label(self, title: str, of: str | None) -> str:
        """Return the label of an office that who is who does not know."""
        return f"{title} ({self._body_label(of)})" if of else title
