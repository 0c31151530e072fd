"""Quarantine: an article that states what breaks a rule stays out of the default graph, with the reasons kept.

Its named graph then holds the article itself, the reasons as results of SHACL, and the passages these point to.
"""

from collections import defaultdict
from collections.abc import Container, Sequence

from kg.iris import digest
from kg.namespaces import DIP, iri
from kg.validation import Report, Result

_CLAIMS = tuple(f"<{name}>" for name in (iri("schema:about"), iri("schema:mentions"), DIP.inference))


def blamed(report: Report, known: Container[str]) -> dict[str, list[Result]]:
    """Return the violations that articles state, by the key of the article, but for those of articles ``known``."""
    found = defaultdict(list)
    for result in report.results:
        if result.severity == "Violation":
            for article in result.articles:
                key = article.rpartition("/")[2]
                if key not in known:
                    found[key].append(result)
    return dict(found)


def described(lines: Sequence[str], graph: str, results: Sequence[Result]) -> list[str]:
    """Return the lines of the graph, an IRI in angle brackets, of an article kept out; ``lines`` are those it had."""
    slug = graph.rpartition("/")[2].rstrip(">")
    own = [line for line in lines if line.endswith(f" {graph} .\n")]
    passages = {f"<{p}>" for result in results for p in _passages(result, own)}
    about = {graph, graph.replace("/article/", "/mapping/"), *passages}
    found = [line for line in own if line.split(" ", 1)[0] in about and line.split(" ", 2)[1] not in _CLAIMS]
    return [*found, *(line for result in results for line in _reason(result, graph, slug, own))]


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
