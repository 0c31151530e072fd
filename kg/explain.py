"""Explaining: from any thing of the graph back to the sentences it rests on.

A thing that articles quote passages for is explained by these; one without evidence of its own (an office, a
country, a place) by the things that refer to it and have.
"""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyoxigraph as ox

from kg.namespaces import DIP, curie, iri
from kg.queries import ANY, find, label
from kg.store import DEFAULT_GRAPH, Store, Term

_TYPE, _HEADLINE, _PUBLISHER = (ox.NamedNode(iri(c)) for c in ("rdf:type", "schema:headline", "schema:publisher"))
_PUBLISHED, _PREF_LABEL = (ox.NamedNode(iri(c)) for c in ("schema:datePublished", "skos:prefLabel"))
_EXACT, _START, _END = (ox.NamedNode(iri(c)) for c in ("oa:exact", "oa:start", "oa:end"))
_EVIDENCE, _INFERENCE, _FILE = (ox.NamedNode(i) for i in (DIP.evidence, DIP.inference, DIP.file))
_RULE, _PREMISE, _ABOUT = (ox.NamedNode(i) for i in (DIP.rule, DIP.premise, DIP.about))
_STATED, _EXPECTED, _STATED_IN = (ox.NamedNode(i) for i in (DIP.stated, DIP.expected, DIP.statedIn))

# What a reader does not ask for: the bookkeeping, and what is shown in a place of its own.
_LEFT_OUT = {
    *(DIP.evidence, DIP.inference, DIP.earliest, DIP.latest, DIP.contentDigest, DIP.statedIn, DIP.file),
    *map(iri, ("rdf:type", "rdfs:label", "prov:wasDerivedFrom", "prov:wasGeneratedBy", "schema:headline")),
}
_MOST_VIA = 8


class Passage(NamedTuple):
    """A quoted stretch of an article, in characters of its text."""

    start: int
    end: int
    quote: str


class Inference(NamedTuple):
    """What was concluded instead of read: the rule, and its premises in words."""

    rule: str
    premises: list[str]


class Statement(NamedTuple):
    """What one article says of the thing, and where."""

    article: str
    title: str
    file: str
    publisher: str
    published: str
    via: str
    """Label of the thing through which the article speaks of the one explained; empty where it does so itself."""
    says: list[tuple[str, str]]
    passages: list[Passage]
    inferences: list[Inference]


class Dispute(NamedTuple):
    """A discrepancy about the thing."""

    label: str
    stated: list[str]
    expected: list[str]
    articles: list[str]


class Explanation(NamedTuple):
    """A thing, what the graph holds of it, and every statement it rests on, articles in IRI order."""

    iri: str
    label: str
    classes: list[str]
    facts: list[tuple[str, str]]
    inferences: list[Inference]
    """Of a thing without passages of its own: the publication date of an article, say."""
    statements: list[Statement]
    disputes: list[Dispute]


def explain(store: Store, name: str) -> Explanation:
    """Return the explanation of the thing ``name`` (an IRI, its last parts, a label, a QID …). Raises `QueryError`."""
    node = find(store, name, ANY, asked="kg explain")
    statements = list(_statements(store, node))
    own = any(not statement.via for statement in statements)
    return Explanation(
        iri=node.value,
        label=label(store, node),
        classes=sorted(curie(cls.value) for cls in _objects(store, node, _TYPE) if isinstance(cls, ox.NamedNode)),
        facts=_facts(store, node, DEFAULT_GRAPH),
        inferences=[] if own else _inferences(store, node),
        statements=statements,
        disputes=_disputes(store, node),
    )


def _objects(
    store: Store, node: ox.NamedNode, predicate: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> list[Term]:
    return sorted({quad.object for quad in store.quads(node, predicate, None, graph)}, key=str)


def _word(store: Store, term: Term) -> str:
    """Return a term as a reader wants it: a label, a literal's text."""
    if not isinstance(term, ox.NamedNode):
        return getattr(term, "value", str(term))
    preferred = [t for t in _objects(store, term, _PREF_LABEL) if isinstance(t, ox.Literal) and t.language == "en"]
    return preferred[0].value if preferred else label(store, term) if any(store.quads(term)) else curie(term.value)


def _facts(store: Store, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph) -> list[tuple[str, str]]:
    """Return what ``graph`` says of ``node`` as pairs of a property's name and a value, sorted."""
    pairs = {
        (quad.predicate.value.rpartition("#")[2].rpartition("/")[2], _word(store, quad.object))
        for quad in store.quads(node, graph=graph)
        if quad.predicate.value not in _LEFT_OUT
    }
    return sorted(pairs)


def _statements(store: Store, node: ox.NamedNode) -> Iterator[Statement]:
    """Yield a statement for each article that quotes a passage for ``node``, else for what refers to it."""
    graphs = {q.graph_name for q in store.quads(node, _EVIDENCE) if isinstance(q.graph_name, ox.NamedNode)}
    if graphs:
        for graph in sorted(graphs, key=str):
            yield _statement(store, node, graph)
        return
    for graph, subject in _referring(store, node):
        yield _statement(store, subject, graph, via=label(store, subject))


def _referring(store: Store, node: ox.NamedNode) -> list[tuple[ox.NamedNode, ox.NamedNode]]:
    """Return (article graph, thing with evidence there) for the things that refer to ``node``, an article's own too."""
    found = {
        (quad.graph_name, quad.subject)
        for quad in (*store.quads(None, None, node), *store.quads(graph=node))
        if isinstance(quad.graph_name, ox.NamedNode) and isinstance(quad.subject, ox.NamedNode)
    }
    having = [(graph, subject) for graph, subject in found if any(store.quads(subject, _EVIDENCE, None, graph))]
    return sorted(having, key=str)


def _statement(store: Store, node: ox.NamedNode, graph: ox.NamedNode, *, via: str = "") -> Statement:
    def text(predicate: ox.NamedNode) -> str:
        found = _objects(store, graph, predicate)
        return _word(store, found[0]) if found else ""

    return Statement(
        article=graph.value,
        title=text(_HEADLINE) or label(store, graph),
        file=text(_FILE),
        publisher=text(_PUBLISHER),
        published=text(_PUBLISHED),
        via=via,
        says=_facts(store, node, graph),
        passages=_passages(store, _objects(store, node, _EVIDENCE, graph)),
        inferences=_inferences(store, node, graph),
    )


def _passages(store: Store, nodes: list[Term]) -> list[Passage]:
    return sorted(_passage(store, node) for node in nodes if isinstance(node, ox.NamedNode))


def _passage(store: Store, node: ox.NamedNode) -> Passage:
    start, end, quote = (
        _word(store, next(iter(_objects(store, node, p)), ox.Literal(""))) for p in (_START, _END, _EXACT)
    )
    return Passage(int(start or 0), int(end or 0), quote)


def _inferences(store: Store, node: ox.NamedNode, graph: ox.NamedNode | None = None) -> list[Inference]:
    """Return what was inferred of ``node``, in ``graph`` or anywhere: its date, say, by which rule and from what."""
    inferences = []
    for inference in _objects(store, node, _INFERENCE, graph):
        if isinstance(inference, ox.NamedNode):
            rule = ", ".join(_word(store, rule) for rule in _objects(store, inference, _RULE))
            premises = [_premise(store, premise) for premise in _objects(store, inference, _PREMISE)]
            inferences.append(Inference(rule, premises))
    return inferences


def _premise(store: Store, premise: Term) -> str:
    quotes = _objects(store, premise, _EXACT) if isinstance(premise, ox.NamedNode) else []
    return f"“{_word(store, quotes[0])}”" if quotes else _word(store, premise)


def _disputes(store: Store, node: ox.NamedNode) -> list[Dispute]:
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
        return [_word(store, term) for term in _objects(store, node, predicate, DEFAULT_GRAPH)]

    return Dispute(label(store, node), words(_STATED), words(_EXPECTED), words(_STATED_IN))


# ---------------------------------------------------------------------------------------------- writing


def to_json(explanation: Explanation) -> str:
    """Return the explanation as a JSON document, keys as the fields of the classes here."""
    return json.dumps(_plain(explanation), ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    """Return named tuples as dicts, at any depth."""
    if hasattr(value, "_asdict"):
        return {key: _plain(part) for key, part in value._asdict().items()}
    return [_plain(part) for part in value] if isinstance(value, list) else value


def to_text(explanation: Explanation) -> str:
    """Return the explanation as lines for a terminal."""
    return "\n".join(_printable(line) for line in _lines(explanation)) + "\n"


def _printable(line: str) -> str:
    # A terminal obeys control characters, and what articles print is not ours.
    return "".join(c if c.isprintable() else " " for c in line)


def _lines(explanation: Explanation) -> Iterator[str]:
    yield explanation.label
    yield f"{explanation.iri} ({', '.join(explanation.classes)})"
    yield from (f"  {name}: {value}" for name, value in _grouped(explanation.facts))
    yield from map(_inference_line, explanation.inferences)
    for dispute in explanation.disputes:
        yield from _dispute_lines(dispute)
    yield ""
    own = [statement for statement in explanation.statements if not statement.via]
    yield _heading(len(own), len(explanation.statements))
    shown = explanation.statements if own else explanation.statements[:_MOST_VIA]
    for statement in shown:
        yield from _statement_lines(statement)
    if len(shown) < len(explanation.statements):
        yield f"… and {len(explanation.statements) - len(shown)} more; --format json has all"


def _heading(own: int, all_of_them: int) -> str:
    if own:
        return f"Stated in {own} article{'s' * (own > 1)}:"
    return "Known through what refers to it:" if all_of_them else "No article states it: it is a fact of who is who."


def _grouped(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the facts with the values of one property together.

    >>> _grouped([("party", "China"), ("party", "Viet Nam"), ("status", "occurred")])
    [('party', 'China; Viet Nam'), ('status', 'occurred')]
    """
    together: dict[str, list[str]] = {}
    for name, value in facts:
        together.setdefault(name, []).append(value)
    return [(name, "; ".join(values)) for name, values in together.items()]


def _dispute_lines(dispute: Dispute) -> Iterator[str]:
    yield f"  ! {dispute.label}"
    stated, expected = "; ".join(dispute.stated), "; ".join(dispute.expected)
    yield f"    stated {stated or 'nothing'}, expected {expected or 'nothing else'}"


def _statement_lines(statement: Statement) -> Iterator[str]:
    yield ""
    yield statement.title
    yield "  " + ", ".join(part for part in (statement.publisher, statement.published, statement.file) if part)
    if statement.via:
        yield f"  through {statement.via}"
    for passage in statement.passages:
        yield f"  [{passage.start}-{passage.end}] “{passage.quote}”"
    said = "; ".join(f"{name} {value}" for name, value in _grouped(statement.says))
    if said:
        yield f"  says: {said}"
    yield from map(_inference_line, statement.inferences)


def _inference_line(inference: Inference) -> str:
    return f"  inferred by {inference.rule} from {'; '.join(inference.premises) or 'nothing named'}"
