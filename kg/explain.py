"""Explaining: from any thing of the graph back to the sentences it rests on.

A thing that articles quote passages for is explained by these; one without evidence of its own (an office, a
country, a place) by the things that refer to it and have.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeGuard

import pyoxigraph as ox

from kg.namespaces import DIP, curie, iri
from kg.queries import ANY, find, label
from kg.store import DEFAULT_GRAPH, Store, Term

_TYPE, _HEADLINE, _PUBLISHER = (ox.NamedNode(iri(c)) for c in ("rdf:type", "schema:headline", "schema:publisher"))
_PUBLISHED, _PREF_LABEL = (ox.NamedNode(iri(c)) for c in ("schema:datePublished", "skos:prefLabel"))
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
_MOST_VIA = 8
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


class Explanation(NamedTuple):
    """A thing, what the graph holds of it, and every statement it rests on, articles in IRI order."""

    iri: str
    label: str
    classes: list[str]
    facts: list[tuple[str, str]]
    formerly: list[str]
    """IRIs that were given to it when fewer articles were known."""
    inferences: list[Inference]
    """What the articles together led to; of a thing without passages of its own, the publication date of an article,
    say, those of any article too."""
    judgements: list[Verdict]
    route: str
    """Whose passages the statements quote: its `OWN`, or those of things `REFERRING` to it or `REFERRED` to by it."""
    statements: list[Statement]
    disputes: list[Dispute]


def explain(store: Store, name: str) -> Explanation:
    """Return the explanation of the thing ``name`` (an IRI, its last parts, a label, a QID …). Raises `QueryError`."""
    node = find(store, name, ANY, asked="kg explain")
    route, statements = _statements(store, node)
    return Explanation(
        iri=node.value,
        label=label(store, node),
        classes=sorted(curie(cls.value) for cls in _objects(store, node, _TYPE) if isinstance(cls, ox.NamedNode)),
        facts=_facts(store, node, DEFAULT_GRAPH),
        formerly=sorted(q.subject.value for q in store.quads(None, _REPLACED, node) if _is_iri(q.subject)),
        inferences=_inferences(store, node, DEFAULT_GRAPH if route == OWN else None),
        judgements=_judgements(store, node),
        route=route,
        statements=statements,
        disputes=_disputes(store, node),
    )


def _is_iri(term: Term) -> TypeGuard[ox.NamedNode]:
    return isinstance(term, ox.NamedNode)


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


def _statements(store: Store, node: ox.NamedNode) -> tuple[str, list[Statement]]:
    """Return a statement for each article that quotes a passage for ``node``, else for what it is connected with."""
    mapped = store.mapped
    graphs = {q.graph_name for q in store.quads(node, _EVIDENCE) if isinstance(q.graph_name, ox.NamedNode)}
    if graphs:
        return OWN, [_statement(store, node, graph, mapped) for graph in sorted(graphs, key=str)]
    found = _referring(store, node)
    route = REFERRING if found else REFERRED
    found = found or _referred(store, node)
    return route, [_statement(store, thing, graph, mapped, via=label(store, thing)) for graph, thing in found]


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


def _statement(
    store: Store, node: ox.NamedNode, graph: ox.NamedNode, mapped: Mapping[str, str], *, via: str = ""
) -> Statement:
    def text(predicate: ox.NamedNode) -> str:
        found = _objects(store, graph, predicate)
        return _word(store, found[0]) if found else ""

    return Statement(
        article=graph.value,
        title=text(_HEADLINE) or label(store, graph),
        file=text(_FILE),
        publisher=text(_PUBLISHER),
        published=text(_PUBLISHED),
        mapped=mapped.get(graph.value.rpartition("/")[2], ""),
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


def _inferences(
    store: Store, node: ox.NamedNode, graph: ox.NamedNode | ox.DefaultGraph | None = None
) -> list[Inference]:
    """Return what was inferred of ``node``, in ``graph`` or anywhere: its date, say, by which rule and from what."""
    return [_inference(store, found) for found in _objects(store, node, _INFERENCE, graph) if _is_iri(found)]


def _inference(store: Store, node: ox.NamedNode) -> Inference:
    premises = sorted((_premise(store, premise), str(premise)[1:-1]) for premise in _objects(store, node, _PREMISE))
    rule = ", ".join(_word(store, rule) for rule in _objects(store, node, _RULE))
    return Inference(rule, [words for words, _ in premises], [thing for _, thing in premises])


def _judgements(store: Store, node: ox.NamedNode) -> list[Verdict]:
    """Return the judgements whose subject ``node`` is: whether it is an item of Wikidata, say."""
    found = sorted((q.subject for q in store.quads(None, _SOURCE, node) if _is_iri(q.subject)), key=str)
    return [
        Verdict(
            label(store, record), [pair for pair in _facts(store, record, DEFAULT_GRAPH) if "notated" not in pair[0]]
        )
        for record in found
    ]


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

    why = _inferences(store, node, DEFAULT_GRAPH)
    return Dispute(node.value, label(store, node), words(_STATED), words(_EXPECTED), words(_STATED_IN), why)


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
    yield from (f"  formerly: {iri}" for iri in explanation.formerly)
    yield from map(_inference_line, explanation.inferences)
    for verdict in explanation.judgements:
        yield f"  judged: {verdict.label} ({'; '.join(f'{slot} {value}' for slot, value in verdict.slots)})"
    for dispute in explanation.disputes:
        yield from _dispute_lines(dispute)
    yield ""
    yield _heading(explanation.route, len(explanation.statements))
    shown = explanation.statements if explanation.route == OWN else explanation.statements[:_MOST_VIA]
    for statement in shown:
        yield from _statement_lines(statement)
    if len(shown) < len(explanation.statements):
        yield f"… and {len(explanation.statements) - len(shown)} more; --format json has all"


def _heading(route: str, statements: int) -> str:
    if route == OWN:
        return f"Stated in {statements} article{'s' * (statements > 1)}:"
    if route == REFERRING:
        return "Known through what refers to it:"
    known = "No article states it: it is a fact of who is who."
    return f"{known} Articles tell of whom and what it is of:" if statements else known


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
    where = f" in {'; '.join(dispute.articles)}" if dispute.articles else ""
    yield f"    stated {stated or 'nothing'}{where}, expected {expected or 'nothing else'}"
    yield from ("  " + _inference_line(why) for why in dispute.why)


def _statement_lines(statement: Statement) -> Iterator[str]:
    yield ""
    yield statement.title
    mapped = f"mapped {statement.mapped}" if statement.mapped else ""
    yield "  " + ", ".join(part for part in (statement.publisher, statement.published, statement.file, mapped) if part)
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
