"""Whatever the model forbids is caught, whatever it allows passes, and the sentence shown is the right one."""

import re
from collections import Counter

from mutants import Mutant, mutants, variations

from kg.articles import read
from kg.engines import map_articles, nquads, texts
from kg.namespaces import DIP, iri
from kg.resources import folder
from kg.validation import Report, fast, own_shapes, reference, validate
from kg.validation.statements import Statement, Statements, statement
from kg.validation.versions import findings

SURVIVORS = {
    "default: dip:Discrepancy 1a2b: dip:expected mistyped: empty": "anything may be expected",
}
"""Mutants that no rule catches, and why."""

INCOMPARABLE = re.compile(r"(dip:(earliest|latest)|oa:(start|end)) (malformed|mistyped|out of range)")
"""Mutants on which the engines differ: pySHACL ends, or finds other things, comparing what is no date or number.

Both catch them by the datatype."""

MUTANTS = list(mutants())
VARIATIONS = list(variations())


def report(lines: list[str]) -> Report:
    return validate(("\n".join(lines) + "\n").encode())


def test_there_are_mutants_of_every_sort() -> None:
    assert len(MUTANTS) >= 400
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS)
    for sort in ("missing", "doubled", "mistyped", "dangling", "reversed", "out of range", "wrong class",
                 "wrong language", "malformed date", "misspelt"):  # fmt: skip
        assert any(sort in mutant.name for mutant in MUTANTS), sort


def test_mutants_are_caught_but_for_those_named() -> None:
    survivors = {mutant.name for mutant in MUTANTS if not caught(mutant)}
    assert survivors == SURVIVORS.keys()
    assert len(survivors) <= 0.02 * len(MUTANTS)


def caught(mutant: Mutant) -> bool:
    return any(result.severity != "Info" for result in report(mutant.lines).results)


def test_the_engines_agree_on_all_mutants() -> None:
    lines = []
    for number, mutant in enumerate(MUTANTS):
        if INCOMPARABLE.search(mutant.name):
            continue
        text = "\n".join(mutant.lines).replace("diplomacy-kg/id/", f"diplomacy-kg/id/{number}/")
        lines += text.replace("-kind/call", f"-kind/call{number}").split("\n")
    data = Statements(("\n".join(lines) + "\n").encode())
    quick, slow = (
        Counter((r.focus, r.path, r.value, r.component, r.severity, r.shape) for r in found)
        for found in (findings(data, own_shapes(), find) for find in (fast.findings, reference.findings))
    )
    assert sum(slow.values()) > len(MUTANTS)
    assert quick == slow


def test_no_variation_is_rejected() -> None:
    assert len(VARIATIONS) >= 50
    reports = {what: report(lines) for what, lines in VARIATIONS}
    assert {what: found.text(least="Violation") for what, found in reports.items() if not found.conforms} == {}


# -- the sentence behind a violation ------------------------------------------------------------------------------


def sentences() -> list[tuple[str, list[str], str, str, set[str]]]:
    """Return, for claims of the sample articles, a graph that breaks one, its article, thing and sentences."""
    lines = nquads(records()).decode().splitlines()
    told = [statement(line.encode()) for line in lines]
    quotes = {s.subject: s.value for s in told if s.predicate == f"<{iri('oa:exact')}>"}
    evidence: dict[tuple[str, str], set[str]] = {}
    for s in told:
        if s.predicate == f"<{DIP.evidence}>":
            evidence.setdefault((s.subject, s.graph), set()).add(quotes[s.value])
    broken = {
        f"<{DIP.status}>": '"unheard-of"',
        f"<{DIP.tenureStatus}>": '"unheard-of"',
        f"<{DIP.stage}>": '"unheard-of"',
    }
    cases = []
    for s in told:
        if s.graph and s.predicate in broken and (s.subject, s.graph) in evidence:
            old, new = (
                " ".join((*x, ".")) for x in (s, Statement(s.subject, s.predicate, broken[s.predicate], s.graph))
            )
            graph = [new if line == old else line for line in lines]
            cases.append((f"{s.predicate} of {s.subject}", graph, s.graph, s.subject, evidence[s.subject, s.graph]))
    return cases


def records() -> list:
    return map_articles(read([str(folder("seeds") / "articles")])).records


def test_a_violation_in_an_article_shows_that_article_and_its_sentence() -> None:
    written = texts(records())
    cases = sentences()
    assert len(cases) > 50
    for name, graph, article, thing, quoted in cases[:: max(1, len(cases) // 40)]:
        found = validate(("\n".join(sorted(graph)) + "\n").encode(), texts=written).results
        mine = [r for r in found if f"<{r.focus}>" == thing and r.severity == "Violation"]
        assert mine, name
        for result in mine:
            assert result.articles == (article[1:-1],), name
            assert result.place is not None and result.place.article == article[1:-1], name
            assert any(result.quote in quote.replace('\\"', '"') for quote in quoted), name
            assert result.place.line is not None, name
