"""Quarantine: an article that states what breaks a rule stays out of the default graph, with the reasons kept.

Its named graph then holds the article itself, the reasons as results of SHACL, and the passages these point to.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from kg.iris import digest
from kg.namespaces import DIP, iri
from kg.resolution import Record
from kg.validation import Report, Result

_CLAIMS = tuple(f"<{name}>" for name in (iri("schema:about"), iri("schema:mentions"), DIP.inference))


class Publishable(msgspec.Struct, frozen=True):
    """What may be published: the quads, what remains to be said of them, and who was kept out and why."""

    quads: bytes
    report: Report
    held: dict[str, list[Result]]
    """Violations by the IRI of the article kept out."""


def sort_out(
    records: Sequence[Record], resolve: Callable[[Iterable[Record]], bytes], validate: Callable[[bytes], Report]
) -> Publishable:
    """Return the resolved quads of the records that break no rule, and what the others break.

    Articles are taken out until no violation is left that one of them states: what two of them say together may
    break a rule, and what one says may have hidden what another does.
    """
    held: dict[str, list[Result]] = {}
    kept = list(records)
    quads = resolve(kept)
    report = validate(quads)
    reasons: list[str] = []
    while found := _blamed(report, held):
        reasons += _described(found, quads)
        held |= found
        kept = [record for record in kept if not any(article.endswith(f"/{record.key}") for article in held)]
        quads = resolve(kept)
        report = validate(quads)
    if not reasons:
        return Publishable(quads, report, held)
    lines = sorted({*quads.decode().splitlines(keepends=True), *reasons})
    return Publishable("".join(lines).encode(), report, held)


def _blamed(report: Report, known: dict[str, list[Result]]) -> dict[str, list[Result]]:
    """Return the violations that articles state, by article, but for those of articles already known."""
    blamed = defaultdict(list)
    for result in report.results:
        if result.severity == "Violation":
            for article in result.articles:
                if article not in known:
                    blamed[article].append(result)
    return dict(blamed)


def _described(held: dict[str, list[Result]], quads: bytes) -> list[str]:
    """Return the lines of the graphs of articles kept out."""
    lines = quads.decode().splitlines(keepends=True)
    found = []
    for article, results in held.items():
        graph, slug = f"<{article}>", article.rpartition("/")[2]
        own = [line for line in lines if line.endswith(f" {graph} .\n")]
        passages = {f"<{p}>" for result in results for p in _passages(result, own)}
        about = {graph, graph.replace("/article/", "/mapping/"), *passages}
        found += [line for line in own if line.split(" ", 1)[0] in about and line.split(" ", 2)[1] not in _CLAIMS]
        for result in results:
            found += _reason(result, graph, slug, own)
    return found


def _passages(result: Result, own: list[str]) -> list[str]:
    """Return the passage a result points to, as an IRI: that of its article with the result's offsets."""
    place = result.place
    if place is None or place.start is None:
        return []
    end = f"-{place.start}-{place.end}>"
    subjects = {line.split(" ", 1)[0] for line in own}
    return [subject[1:-1] for subject in subjects if "/passage/" in subject and subject.endswith(end)]


def _reason(result: Result, graph: str, slug: str, own: list[str]) -> list[str]:
    from pyoxigraph import Literal

    name = digest("|".join((result.focus, result.path, result.value, result.shape, result.component)))
    me = f"{graph.rpartition('article/')[0]}finding/{slug}-{name}>"
    focus = result.focus if result.focus.startswith("_:") else f"<{result.focus}>"
    said = [
        (iri("rdf:type"), f"<{iri('sh:ValidationResult')}>"),
        (iri("sh:focusNode"), focus),
        (iri("sh:resultSeverity"), f"<{iri('sh:' + result.severity)}>"),
        (iri("sh:resultMessage"), str(Literal(result.message, language="en"))),
        (iri("sh:sourceConstraintComponent"), f"<{result.component}>"),
        (DIP.statedIn, graph),
    ]
    said += [(iri("sh:sourceShape"), f"<{result.shape}>")] if result.shape else []
    said += [(DIP.evidence, f"<{passage}>") for passage in _passages(result, own)]
    return [f"{me} <{predicate}> {value} {graph} .\n" for predicate, value in said]
