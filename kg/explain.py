"""Explaining: from any thing of the graph back to the sentences it rests on, as text and JSON."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from kg import evidence
from kg.evidence import OWN, REFERRING, Dispute, Inference, Statement, Verdict
from kg.store import DEFAULT_GRAPH, Store
from kg.things import ANY, find

_MOST_VIA = 8


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
    route, statements = evidence.statements(store, node)
    return Explanation(
        iri=node.value,
        label=evidence.label(store, node),
        classes=evidence.classes(store, node),
        facts=evidence.facts(store, node, DEFAULT_GRAPH),
        formerly=evidence.former_names(store, node),
        inferences=evidence.inferences(store, node, DEFAULT_GRAPH if route == OWN else None),
        judgements=evidence.judgements(store, node),
        route=route,
        statements=statements,
        disputes=evidence.disputes(store, node),
    )


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
