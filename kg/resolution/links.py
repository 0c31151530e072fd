"""Links: which Wikidata item a thing is, as who is who and judgements have it, and the record of each judgement."""

from collections.abc import Iterator, Mapping

from kg.authority import Authority
from kg.iris import mint, slug
from kg.judgements import Judgement, Judgements
from kg.judgements.record import SLOTS
from kg.namespaces import PREFIXES
from kg.resolution.quads import day, decimal, term, text

_WRITTEN = {
    "subject_label": "sssom:subject_label",
    "object_label": "sssom:object_label",
    "mapping_justification": "sssom:mapping_justification",
    "author_id": "pav:authoredBy",
    "author_label": "sssom:author_label",
    "reviewer_label": "sssom:reviewer_label",
    "mapping_provider": "sssom:mapping_provider",
    "mapping_tool": "sssom:mapping_tool",
    "mapping_tool_version": "sssom:mapping_tool_version",
    "mapping_date": "dcterms:created",
    "confidence": "sssom:confidence",
    "comment": "rdfs:comment",
}
"""The slots that a record in the graph shows, and by which property, as SSSOM has them in RDF."""

Triple = tuple[str, str, str]


class Links:
    """Answers what item each thing is; raises `JudgementError` at once where judgements contradict each other."""

    def __init__(self, judgements: Judgements, authority: Authority, base: str) -> None:
        self.base = base
        self._prefixes = judgements.prefixes
        self._clusters = judgements.clusters(_known(authority, base) if judgements.rows else {})

    def of(self, thing: str, wikidata: str) -> Iterator[Triple]:
        """Yield the match of a thing in angle brackets, ``wikidata`` being what who is who has."""
        iri = thing[1:-1]
        known = PREFIXES["wd"] + wikidata if wikidata else None
        item = self._clusters.item(iri) or (known if known and not self._clusters.denies(iri, known) else None)
        if item:
            yield thing, term("skos:exactMatch"), f"<{item}>"

    def judged(self, thing: str) -> bool:
        """Tell whether there are judgements on a thing in angle brackets."""
        return bool(self._clusters.about(thing[1:-1]))

    def records(self, thing: str) -> Iterator[Triple]:
        """Yield the records of the judgements on a thing; two things may share some."""
        for judgement in self._clusters.about(thing[1:-1]):
            yield from self._record(judgement)

    def _record(self, judgement: Judgement) -> Iterator[Triple]:
        """Yield a judgement as SSSOM has it in RDF, under an IRI of its own."""
        record = f"<{mint('judgement', judgement.slug, self.base)}>"
        yield record, term("rdf:type"), term("sssom:Mapping")
        yield record, term("rdfs:label"), text(judgement.text(), "en")
        yield record, term("owl:annotatedSource"), f"<{judgement.subject}>"
        yield record, term("owl:annotatedProperty"), f"<{judgement.predicate}>"
        yield record, term("owl:annotatedTarget"), f"<{judgement.object}>"
        if judgement.negative:
            yield record, term("sssom:predicate_modifier"), term("sssom:NegatedPredicate")
        for slot in SLOTS:
            if slot in _WRITTEN and slot in judgement.slots:
                for value in judgement.slots[slot].split("|"):
                    yield record, term(_WRITTEN[slot]), self._value(slot, value)

    def _value(self, slot: str, value: str) -> str:
        if slot == "mapping_date":
            return day(value)
        if slot == "confidence":
            return decimal(value)
        if slot == "mapping_justification":
            return term(value)
        if slot == "author_id":
            prefix, _, name = value.partition(":")
            return f"<{self._prefixes[prefix]}{name}>" if prefix in self._prefixes else text(value)
        return text(value, "en") if slot == "comment" else text(value)


def _known(authority: Authority, base: str) -> Mapping[str, str]:
    """Return the items that who is who gives things, by the IRI of the thing."""
    tables = (
        ("person", ((row.id, row.wikidata) for row in authority.people.values())),
        ("office", ((row.id, row.wikidata) for row in authority.offices.values())),
        ("organisation", ((slug(row.id), row.wikidata) for row in authority.organisations.values())),
        ("country", ((row.iso.lower(), row.wikidata) for row in authority.countries.values())),
    )
    return {mint(kind, name, base): PREFIXES["wd"] + item for kind, rows in tables for name, item in rows if item}
