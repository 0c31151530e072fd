"""Judging: articles that break a rule are taken out of the graph until none that stays does."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.engines.progress import Progress
from kg.engines.resolving import Resolved, Resolver
from kg.engines.rules import Rules
from kg.store import Place

if TYPE_CHECKING:
    from kg.validation import Report, Result


class Verdict(NamedTuple):
    """What may be published, what remains to be said of it, and who was kept out and why."""

    graph: Resolved
    report: "Report"
    held: "dict[str, list[Result]]"
    """Violations by the key of the article kept out."""


def judge(resolver: Resolver, places: Mapping[str, Place], rules: Rules, progress: Progress) -> Verdict:
    """Return the graph of the records at ``places`` but those that break ``rules``, with the reasons of these.

    Articles are taken out until no violation is left that one of them states: what two of them say together may
    break a rule, and what one says may have hidden what another does.
    """
    from kg.quarantine import blamed, described

    held: dict[str, list[Result]] = {}
    reasons: list[str] = []
    graph = resolver.resolve(list(places.values()))
    while True:
        progress.stage("validating")
        report = rules.report(b"".join(Path(bucket.file).read_bytes() for bucket in graph.buckets))
        found = blamed(report, held)
        if not found:
            break
        for key, results in found.items():
            reasons += described(resolver.article(places[key]), resolver.iri_of(key), results)
        held |= found
        graph = resolver.resolve([place for key, place in places.items() if key not in held])
    return Verdict(resolver.with_lines(graph, reasons) if reasons else graph, report, held)
