"""Evidence: from a thing of the graph to what articles say of it, with the sentences they say it in.

A thing that articles quote passages for rests on these; one without evidence of its own (an office, a country, a
place) on the things that refer to it and have.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeGuard

import pyoxigraph as ox

from kg.namespaces import DIP, curie, iri
from kg.store import DEFAULT_GRAPH, Store, Term

_TYPE, _HEADLINE, _PUBLISHER = (ox.NamedNode(iri(c)) for c in ("rdf:type", "schema:headline", "schema:publisher"))
_PUBLISHED, _PREF_LABEL = (ox.NamedNode(iri(c)) for c in ("schema:datePublished", "skos:prefLabel"))
_LABEL = ox.NamedNode(iri("rdfs:label"))
_EXACT, _START, _END = (ox.NamedNode(iri(c)) for c in ("oa:exact", "oa:start", "oa:end"))
_EVIDENCE, _INFERENCE, _FILE = (ox.NamedNode(i) for i in (DIP.evidence, DIP.inference, DIP.file))
_RULE, _PREMISE, _ABOUT = (ox.NamedNode(i) for i in (DIP.rule, DIP.premise, DIP.about))
_REPLACED, _SOURCE = (ox.NamedNode(iri(c)) for c in ("dcterms:isReplacedBy", "owl:annotatedSource"))
_STATED, _EXPECTED, _STATED_IN = (ox.NamedNode(i) for i in (DIP.stated, DIP.expected, DIP.statedIn))

# What a reader does not ask for: the bookkeeping, and what is shown in a place of its own.
_LEFT_OUT = {
    *(DIP.evidence, DIP.inference, DIP.earliest, DIP.latest, DIP.contentDigest, DIP.statedIn, DIP.file),
    *map(iri, ("rdf:type", "rdfs:label", "prov:wasDerivedFrom", "prov:wasGeneratedBy", "schema:headline")),
}
OWN, REFERRING, REFERRED = "own", "referring", "referred"


class Passage(NamedTuple):
    """A quoted stretch of an article, in characters of its text."""

    start: int
    end: int
    quote: str


class Inference(NamedTuple):
    """What was concluded instead of read: the rule, and its premises in words and as IRIs, in one order."""

    rule: str
    premises: list[str]
    things: list[str]


class Statement(NamedTuple):
    """What one article says of the thing, and where."""

    article: str
    title: str
    file: str
    publisher: str
    published: str
    mapped: str
    """When the article was mapped, as the store's ledger has it; empty where it does not."""
    via: str
    """Label of the thing through which the article speaks of the one explained; empty where it does so itself."""
    says: list[tuple[str, str]]
    passages: list[Passage]
    inferences: list[Inference]


class Dispute(NamedTuple):
    """A discrepancy about the thing: what is stated where, what was expected, and why."""

    iri: str
    label: str
    stated: list[str]
    expected: list[str]
    articles: list[str]
    why: list[Inference]


class Verdict(NamedTuple):
    """A judgement on the thing: what it says, and the slots that tell who judged, when and how surely."""

    label: str
    slots: list[tuple[str, str]]


def label(store: Store, node: ox.NamedNode) -> str:
    """Return the English label of ``node`` in the default graph, else any, else the end of its IRI."""
    literals = [q.object for q in store.quads(node, _LABEL, None, DEFAULT_GRAPH) if isinstance(q.object, ox.Literal)]
    literals.sort(key=lambda literal: (literal.language != "en", literal.value))
    return literals[0].value if literals else node.value.rsplit("/", 1)[-1]


def _is_iri(term: Term) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


def objects(
    store: Store, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> list[Term]:
    """Return the values of a property of ``node`` in ``graph``, or anywhere, in the order of their N-Triples text."""
    return sorted({quad.object for quad in store.quads(node, predicate, None, graph)}, key=str)


def word(store: Store, term: Term) -> str:
    """Return a term as a reader wants it: a label, a literal's text."""
    if not isinstance(term, ox.NamedNode):
        return getattr(term, "value", str(term))
    preferred = [t for t in objects(store, term, _PREF_LABEL) if isinstance(t, ox.Literal) and t.language == "en"]
    return preferred[0].value if preferred else label(store, term) if any(store.quads(term)) else curie(term.value)


def classes(store: Store, node: ox.NamedNode) -> list[str]:
    """Return the classes of ``node`` as CURIEs, sorted."""
    return sorted(curie(cls.value) for cls in objects(store, node, _TYPE) if _is_iri(cls))


def former_names(store: Store, node: ox.NamedNode) -> list[str]:
    """Return the IRIs that ``node`` was given when fewer articles were known, sorted."""
    return sorted(q.subject.value for q in store.quads(None, _REPLACED, node) if _is_iri(q.subject))


def values(
    store: Store, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> list[tuple[str, Term]]:
    """Return what ``graph`` says of ``node`` but for bookkeeping: pairs of a property's name and a term, sorted."""
    pairs = {
        (quad.predicate.value.rpartition("#")[2].rpartition("/")[2], quad.object)
        for quad in store.quads(node, graph=graph)
        if quad.predicate.value not in _LEFT_OUT
    }
    return sorted(pairs, key=lambda pair: (pair[0], str(pair[1])))


def facts(store: Store, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph) -> list[tuple[str, str]]:
    """Return what ``graph`` says of ``node`` as pairs of a property's name and a value, sorted."""
    return sorted({(name, word(store, term)) for name, term in values(store, node, graph)})


def statements(store: Store, node: ox.NamedNode) -> tuple[str, list[Statement]]:
    """Return a statement for each article that quotes a passage for ``node``, else for what it is connected with."""
    mapped = store.mapped
    graphs = stating(store, node)
    if graphs:
        return OWN, [statement(store, node, graph, mapped) for graph in graphs]
    found = _referring(store, node)
    route = REFERRING if found else REFERRED
    found = found or _referred(store, node)
    return route, [statement(store, thing, graph, mapped, via=label(store, thing)) for graph, thing in found]


def stating(store: Store, node: ox.NamedNode) -> list[ox.NamedNode]:
    """Return the graphs of the articles that quote a passage for ``node``, in IRI order."""
    graphs = {q.graph_name for q in store.quads(node, _EVIDENCE) if isinstance(q.graph_name, ox.NamedNode)}
    return sorted(graphs, key=str)


def _referring(store: Store, node: ox.NamedNode) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return (article graph, thing with evidence there) for the things that refer to ``node``, an article's own too."""
    found = {
        (quad.graph_name, quad.subject)
        for quad in (*store.quads(None, None, node), *store.quads(graph=node))
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
    }
    having = [(graph, subject) for graph, subject in found if any(store.quads(subject, _EVIDENCE, None, graph))]
    return sorted(having, key=str)


def _referred(store: Store, node: ox.NamedNode) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return (article graph, thing with evidence there) for the things ``node`` is of: the holder of a tenure, say."""
    things = {quad.object for quad in store.quads(node, graph=DEFAULT_GRAPH) if isinstance(quad.object, ox.NamedNode)}
    having = {
        (quad.graph_name, thing)
        for thing in things
        for quad in store.quads(thing, _EVIDENCE)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    return sorted(having, key=str)


def statement(
    store: Store, node: ox.NamedNode, graph: ox.NamedNode, mapped: Mapping[str, str], *, via: str = ""
) -> Statement:
    """Return what the article of ``graph`` says of ``node``; ``mapped`` tells when articles were mapped, by slug."""

    def text(predicate: ox.NamedNode) -> str:
        found = objects(store, graph, predicate)
        return word(store, found[0]) if found else ""

    return Statement(
        article=graph.value,
        title=text(_HEADLINE) or label(store, graph),
        file=text(_FILE),
        publisher=text(_PUBLISHER),
        published=text(_PUBLISHED),
        mapped=mapped.get(graph.value.rpartition("/")[2], ""),
        via=via,
        says=facts(store, node, graph),
        passages=passages(store, objects(store, node, _EVIDENCE, graph)),
        inferences=inferences(store, node, graph),
    )


def passages(store: Store, nodes: Iterable[Term]) -> list[Passage]:
    """Return the passages that ``nodes`` are, in the order of their places."""
    return sorted(_passage(store, node) for node in nodes if isinstance(node, ox.NamedNode))


def _passage(store: Store, node: ox.NamedNode) -> Passage:
    start, end, quote = (
        word(store, next(iter(objects(store, node, p)), ox.Literal(""))) for p in (_START, _END, _EXACT)
    )
    return Passage(int(start or 0), int(end or 0), quote)


def inferences(
    store: Store, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> list[Inference]:
    """Return what was inferred of ``node``, in ``graph`` or anywhere: its date, say, by which rule and from what."""
    return [_inference(store, found) for found in objects(store, node, _INFERENCE, graph) if _is_iri(found)]


def _inference(store: Store, node: ox.NamedNode) -> Inference:
    premises = sorted((_premise(store, premise), str(premise)[1:-1]) for premise in objects(store, node, _PREMISE))
    rule = ", ".join(word(store, rule) for rule in objects(store, node, _RULE))
    return Inference(rule, [words for words, _ in premises], [thing for _, thing in premises])


def judgements(store: Store, node: ox.NamedNode) -> list[Verdict]:
    """Return the judgements whose subject ``node`` is: whether it is an item of Wikidata, say."""
    found = sorted((q.subject for q in store.quads(None, _SOURCE, node) if _is_iri(q.subject)), key=str)
    return [
        Verdict(
            label(store, record), [pair for pair in facts(store, record, DEFAULT_GRAPH) if "notated" not in pair[0]]
        )
        for record in found
    ]


def _premise(store: Store, premise: Term) -> str:
    quotes = objects(store, premise, _EXACT) if isinstance(premise, ox.NamedNode) else []
    return f"“{word(store, quotes[0])}”" if quotes else word(store, premise)


def disputes(store: Store, node: ox.NamedNode) -> list[Dispute]:
    """Return the discrepancies that ``node`` is, is the subject of, or is stated or expected in."""
    nodes = {
        quad.subject
        for predicate in (_ABOUT, _STATED, _EXPECTED)
        for quad in store.quads(None, predicate, node, DEFAULT_GRAPH)
        if isinstance(quad.subject, ox.NamedNode)
    }
    if any(store.quads(node, _STATED_IN, None, DEFAULT_GRAPH)):
        nodes.add(node)
    return [_dispute(store, dispute) for dispute in sorted(nodes, key=str)]


def _dispute(store: Store, node: ox.NamedNode) -> Dispute:
    def words(predicate: ox.NamedNode) -> list[str]:
        return [word(store, term) for term in objects(store, node, predicate, DEFAULT_GRAPH)]

    why = inferences(store, node, DEFAULT_GRAPH)
    return Dispute(node.value, label(store, node), words(_STATED), words(_EXPECTED), words(_STATED_IN), why)
