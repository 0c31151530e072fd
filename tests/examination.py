"""What is wrong with a graph by the ontology's own axioms, and which of its names no vocabulary declares."""

from collections.abc import Iterable, Iterator

from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SDO, SH, SKOS, VANN, XSD

from kg.namespaces import ONTOLOGY, PREFIXES, SCHEMES, TERMS, VERSION_IRI, curie, load_kinds
from kg.sparql import tokenize

LISTED = (DCTERMS, FOAF, ORG, OWL, PROV, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)
"""Vocabularies of others whose terms rdflib lists."""

OTHERS = {
    "edtf": "EDTF",
    "lode": "Event atEDTFTime atPlace involvedAgent",
    "oa": "TextPositionSelector TextQuoteSelector end exact hasSelector hasSource hasTarget prefix start suffix",
    "pav": "authoredBy",
    "sem": "Event accordingTo eventType hasActor hasEarliestBeginTimeStamp hasLatestEndTimeStamp hasPlace",
    "semapv": "LexicalMatching ManualMappingCuration",
    "sssom": "Mapping NegatedPredicate NoTermFound author_label confidence mapping_justification mapping_provider "
    "mapping_tool mapping_tool_version object_label predicate_modifier reviewer_label subject_label",
}
"""Terms, looked up, of vocabularies that rdflib does not list."""


def unknown(iris: Iterable[str]) -> set[str]:
    """Return, as CURIEs, the IRIs in a namespace of a vocabulary that it does not declare."""
    kinds = {kind.iri for scheme in SCHEMES for kind in load_kinds(scheme)}
    own = TERMS | kinds | {ONTOLOGY, VERSION_IRI} | {f"{ONTOLOGY}{scheme}-kind" for scheme in SCHEMES}
    others = {PREFIXES[prefix] + name for prefix, names in OTHERS.items() for name in names.split()}
    spaces = tuple(space for prefix, space in PREFIXES.items() if prefix != "wd")
    return {
        curie(name)
        for name in set(iris) - own - others - set(spaces)
        if name.startswith(spaces) and not any(name in vocabulary for vocabulary in LISTED)
    }


def names_of(graph: Graph) -> Iterator[str]:
    """Yield all IRIs of a graph, those of datatypes too."""
    for triple in graph:
        for term in triple:
            if isinstance(term, URIRef):
                yield str(term)
            elif isinstance(term, Literal) and term.datatype:
                yield str(term.datatype)


def names_in(query: str) -> Iterator[str]:
    """Yield all IRIs of a query, by the prefixes it declares; a prefix it does not declare is a `KeyError`."""
    tokens = list(tokenize(query))
    declared = {
        name.text.removesuffix(":"): space.text[1:-1]
        for word, name, space in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if word.text.upper() == "PREFIX"
    }
    for token in tokens:
        if token.kind == "name" and not token.text.endswith(":"):
            prefix, _, name = token.text.partition(":")
            yield declared[prefix] + name
        elif token.kind == "iri" and token.text[1:-1] not in declared.values():
            yield token.text[1:-1]


def contradictions(graph: Graph) -> set[str]:
    """Return what contradicts itself in a graph with its ontology, a sentence each; the graph is left closed.

    The rules are those of OWL 2 RL (https://www.w3.org/TR/owl2-profiles/, section 4.3). Beyond them a thing has one IRI
    and an IRI is one thing, so that two that the rules take for the same are a contradiction; and literals are held to
    their properties, of which the rules see only literals that their own datatype does not allow.
    """
    found = {*misused(graph), *unfit_inverses(graph)}
    semantics = OWLRL_Semantics(graph, axioms=False, daxioms=True, rdfs=False)
    semantics.closure()
    same = {frozenset((a, b)) for a, b in graph.subject_objects(OWL.sameAs) if a != b}
    shown = {f"{' and '.join(sorted(map(said, pair)))} are one" for pair in same}
    return found | shown | set(map(short, semantics.error_messages))


def misused(graph: Graph) -> Iterator[str]:
    """Yield the values that are a literal where a thing is due, a thing where a literal is, or of another datatype."""
    for kind, literal in ((OWL.ObjectProperty, False), (OWL.DatatypeProperty, True)):
        for term in graph.subjects(RDF.type, kind):
            ranges = set(graph.objects(term, RDFS.range))
            for value in graph.objects(None, term):
                if isinstance(value, Literal) != literal:
                    yield f"{said(term)} has the value {said(value)}"
                elif literal and not {RDF.langString if value.language else value.datatype or XSD.string} >= ranges:
                    yield f"{said(term)} has the value {said(value)} of another datatype"


def unfit_inverses(graph: Graph) -> Iterator[str]:
    """Yield the pairs of inverse properties of which one's domain is not the other's range."""
    for one, other in graph.subject_objects(OWL.inverseOf):
        for a, b in ((one, other), (other, one)):
            if set(graph.objects(a, RDFS.domain)) != set(graph.objects(b, RDFS.range)):
                yield f"{said(a)} begins where its inverse {said(b)} does not end"


def said(term: object) -> str:
    """Return a term as it is shown: a CURIE, the end of an IRI, a literal's text."""
    text = str(term)
    if isinstance(term, Literal) or not text.startswith("http"):
        return text
    return curie(text) if text.startswith(tuple(PREFIXES.values())) else text.rpartition("/")[2]


def short(message: str) -> str:
    """Return a message of owlrl with its IRIs as they are shown."""
    return " ".join(said(word) for word in message.split())
