"""Whatever the model forbids is caught, whatever it allows passes, and the sentence shown is the right one."""

from collections import Counter
from collections.abc import Iterator

import pytest
from mutants import Mutant, base, mapped, mutants, once, variations

from kg.namespaces import DIP, iri
from kg.validation import Report, Result, fast, own_shapes, reference, validate
from kg.validation.results import spoken
from kg.validation.statements import Statement, Statements, statement
from kg.validation.versions import findings

SURVIVORS = {
    "default: dip:Discrepancy: dip:expected mistyped: empty": "anything may be expected",
    "article: dip:Discrepancy: dip:expected mistyped: empty": "anything may be expected",
}
"""Mutants that no rule catches, and why."""

MAPPED, TEXTS = mapped()
BY_HAND = list(mutants(base()))
OF_ARTICLES = list(once(mutants(MAPPED)))
VARIATIONS = list(variations())


def report(lines: list[str]) -> Report:
    return validate(("\n".join(lines) + "\n").encode(), texts=TEXTS)


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    """What is found in each mutant, by its name."""
    return {mutant.name: report(mutant.lines) for mutant in [*BY_HAND, *OF_ARTICLES]}


@pytest.mark.parametrize("several", [BY_HAND, OF_ARTICLES], ids=["by hand", "of articles"])
def test_there_are_mutants_of_every_sort(several: list[Mutant]) -> None:
    assert len(several) >= 400
    assert len({mutant.name for mutant in several}) == len(several)
    for sort in ("missing", "doubled", "mistyped", "dangling", "reversed", "out of range", "wrong class",
                 "wrong language", "malformed date", "misspelt"):  # fmt: skip
        assert any(sort in mutant.name for mutant in several), sort


def test_the_graphs_that_are_broken_were_whole() -> None:
    for lines in (base(), MAPPED):
        assert {result.severity for result in report(lines).results} <= {"Info"}


def test_mutants_are_caught_but_for_those_named(reports: dict[str, Report]) -> None:
    silent = {name for name, found in reports.items() if not found.counts["Violation"] + found.counts["Warning"]}
    survivors = [mutant for mutant in [*BY_HAND, *OF_ARTICLES] if mutant.name in silent]
    assert {mutant.way for mutant in survivors} <= SURVIVORS.keys()
    assert len(survivors) <= 0.02 * len(reports)


def test_the_engines_agree_on_all_mutants() -> None:
    changed = [touched(mutant.lines, base()) for mutant in BY_HAND]
    changed += [touched(mutant.lines, MAPPED) for mutant in OF_ARTICLES]
    lines = [line for number, some in enumerate(changed) for line in apart(some, number)]
    data = Statements(("\n".join(lines) + "\n").encode())
    quick, slow = (
        Counter((r.focus, r.path, r.value, r.component, r.severity, r.shape) for r in found)
        for found in (findings(data, own_shapes(), find) for find in (fast.findings, reference.findings))
    )
    assert sum(slow.values()) > len(changed)
    assert quick == slow


def touched(lines: list[str], before: list[str]) -> list[str]:
    """Return what is said of the things that were changed, and the classes of what that refers to."""
    things = {line.split(" ", 1)[0] for line in {*lines} ^ {*before}}
    said = [line for line in lines if line.split(" ", 1)[0] in things]
    values = {line.split(" ", 3)[2] for line in said} - things
    return said + [line for line in lines if line.split(" ", 1)[0] in values and f" <{iri('rdf:type')}> " in line]


def apart(lines: list[str], number: int) -> list[str]:
    """Return a graph whose things are none of another graph's."""
    text = "\n".join(lines).replace("diplomacy-kg/id/", f"diplomacy-kg/id/{number}/")
    return text.replace("-kind/call", f"-kind/call{number}").split("\n")


def test_no_variation_is_rejected() -> None:
    assert len(VARIATIONS) >= 50
    found = {what: report(lines) for what, lines in VARIATIONS}
    assert {what: r.text(least="Violation") for what, r in found.items() if not r.conforms} == {}


# -- the sentence behind a violation ------------------------------------------------------------------------------

WITHOUT_SENTENCE = ("schema:NewsArticle", "dip:evidence dangling", "dip:evidence mistyped", "dip:evidence wrong class")
"""Mutants whose broken thing no sentence states: what is known of an article, and evidence that is itself broken."""


def test_a_violation_in_an_article_shows_that_article_and_the_sentence_that_states_what_is_broken(
    reports: dict[str, Report],
) -> None:
    shown: Counter[str] = Counter()
    for mutant in OF_ARTICLES:
        if mutant.graph and not any(what in mutant.name for what in WITHOUT_SENTENCE):
            for result in broken(mutant, reports[mutant.name]):
                assert result.articles == (mutant.graph[1:-1],), mutant.name
                assert result.place and result.place.article == mutant.graph[1:-1], mutant.name
                assert result.quote in set(sentences(mutant)), (mutant.name, result.text())
                shown[mutant.name] += 1
    assert len(shown) > 140


def test_where_no_sentence_states_it_a_violation_shows_the_article_alone(reports: dict[str, Report]) -> None:
    for mutant in OF_ARTICLES:
        if mutant.graph and any(what in mutant.name for what in WITHOUT_SENTENCE):
            for result in broken(mutant, reports[mutant.name]):
                assert result.place and result.place.article == mutant.graph[1:-1], mutant.name


def test_a_place_is_where_its_quotation_stands_in_the_text(reports: dict[str, Report]) -> None:
    seen = 0
    for found in reports.values():
        for place in (result.place for result in found.results if result.rule != "passage-quote"):
            if place and place.line and place.column and place.quote and place.article in TEXTS:
                line = TEXTS[place.article].split("\n")[place.line - 1]
                seen += line[place.column - 1 :].startswith(place.quote.split("\n")[0])
    assert seen > 400


def broken(mutant: Mutant, found: Report) -> Iterator[Result]:
    """Yield the violations of the thing that was broken, in its article."""
    for result in found.results:
        if result.severity == "Violation" and f"<{result.focus}>" == mutant.focus:
            yield result


def sentences(mutant: Mutant) -> Iterator[str]:
    """Yield the sentences by which an article states the thing that was broken, or what refers to it."""
    told = [statement(line.encode()) for line in mutant.lines if mutant.graph in line]
    quotes = {s.subject: spoken(s.value) for s in told if s.predicate == f"<{iri('oa:exact')}>"}
    if mutant.focus in quotes:
        yield quotes[mutant.focus]
    own = [quotes[s.value] for s in told if s.subject == mutant.focus and evident(s, quotes)]
    near = {s.subject for s in told if s.value == mutant.focus}
    yield from own or [quotes[s.value] for s in told if s.subject in near and evident(s, quotes)]


def evident(said: Statement, quotes: dict[str, str]) -> bool:
    return said.predicate in (f"<{DIP.evidence}>", f"<{DIP.premise}>") and said.value in quotes
