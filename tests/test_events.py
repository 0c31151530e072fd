"""Which reports are of one event, and what each article says of it: cases of `tests/events`, in any order."""

import itertools
import tomllib
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.articles import Article, Reading
from kg.engines import map_articles, nquads
from kg.language.lexicon import load_lexicon
from kg.mappers.claims import ArticleClaims, EventClaim, PersonClaim
from kg.namespaces import DIP
from kg.resolution import Record
from kg.resolution.clusters import _blocks, pairs_of, tellings
from kg.resolution.happenings import Happening, resolve_events
from kg.resolution.identity import Namer
from kg.resolution.reports import Report, reports_of

REPLACED = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
FOLDER = Path(__file__).parent / "events"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['says']}")
    for file in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["case"]
]


def records(case: dict[str, Any]) -> list[Record]:
    """Return the records of a case's articles."""
    articles = [Article(file=f"{n}.txt", **told) for n, told in enumerate(case["articles"])]
    return map_articles(Reading(article=a) for a in articles).records


def happenings(told: list[Record], kind: str) -> list[Happening]:
    return [h for h in resolve_events(told, Namer(load_lexicon())) if h.top == kind]


@pytest.mark.parametrize("case", CASES)
def test_reports_meet_as_they_should(case: dict[str, Any]) -> None:
    told = records(case)
    found = happenings(told, case["kind"])
    assert [(h.date, [p for _, p in h.people], h.rules) for h in found if len(found) != case["events"]] == []
    assert len(found) == case["events"]
    people = {person for _, person in found[0].people} | {person for _, person in found[0].implied}
    assert not case.keys() & {"people"} or people == set(case["people"])
    assert case.get("date", found[0].date) == found[0].date
    assert case.get("why") in (None, *found[0].rules)


@pytest.mark.parametrize("case", [c for c in CASES if "discrepancies" in c.values[0]])
def test_what_articles_say_otherwise_is_kept(case: dict[str, Any]) -> None:
    lines = nquads(records(case)).decode().splitlines()
    kinds = {
        line.partition("discrepancy-kind/")[2].partition(">")[0]
        for line in lines
        if "/discrepancy/" in line.partition(" ")[0] and "ontology/kind>" in line
    }
    assert sorted(kinds) == sorted(case["discrepancies"])


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_reports_changes_nothing(case: dict[str, Any]) -> None:
    told = records(case)
    graphs = {nquads(list(order)) for order in itertools.islice(itertools.permutations(told), 6)}
    assert len(graphs) == 1


@pytest.mark.parametrize("case", CASES)
def test_an_iri_that_fewer_articles_gave_leads_to_an_event_now(case: dict[str, Any]) -> None:
    told = records(case)
    whole = resolved(told)
    now = events(whole)
    replaced = {q.subject: q.object for q in whole.quads_for_predicate(REPLACED)}
    for size in range(1, len(told)):
        for fewer in itertools.combinations(told, size):
            for event in events(resolved(list(fewer))):
                assert event in now or replaced[event] in now
    assert not now & replaced.keys()
    assert [q for old in replaced if isinstance(old, ox.NamedNode) for q in whole.quads_for_object(old)] == []


def resolved(told: list[Record]) -> ox.Dataset:
    return ox.Dataset(ox.parse(nquads(told), format=ox.RdfFormat.N_QUADS))


def events(graph: ox.Dataset) -> set[Any]:
    return {q.subject for q in graph.quads_for_object(ox.NamedNode(DIP.Event)) if q.graph_name == ox.DefaultGraph()}


def test_merged_events_leave_redirects() -> None:
    merged = [case.values[0] for case in CASES if case.values[0]["events"] == 1]
    left = [any(resolved(records(case)).quads_for_predicate(REPLACED)) for case in merged]
    assert sum(left) > 10


def crowd(of: int, *, named: bool) -> list[Report]:
    """Return reports of as many articles of meetings of one leader with somebody else each, or with nobody named."""
    found = []
    for n in range(of):
        text = f"Report {n}: nothing that any other report says of that day or of those who met on it."
        people = (PersonClaim(name="Ann Bee", forms=("Ann Bee",), country="VN", span=(0, 9)),)
        if named:
            people += (PersonClaim(name=f"Cee Dee{n}", forms=(f"Cee Dee{n}",), country="CN", span=(0, 9)),)
        roles = tuple(("participant", k) for k in range(len(people)))
        sides, spans = ("CN", "VN"), ((0, 80),)
        event = EventClaim(kind="meeting", top="meeting", date="2024-05-06", people=roles, parties=sides, spans=spans)
        claims = ArticleClaims(published="2024-05-08", people=people, events=(event,))
        article = Article(text=text, file=f"{n}.txt", published="2024-05-08", publisher=f"Post {n}")
        found += reports_of([Record(article, claims, str(n))], Namer(load_lexicon()))
    return found


@pytest.mark.parametrize("named", [True, False])
def test_a_crowd_of_meetings_on_one_day_is_not_compared_each_with_each(named: bool) -> None:
    told = tellings(crowd(300, named=named), Namer(load_lexicon()))
    looked = sum(1 for block in _blocks(told) for _ in block)
    assert looked < 3 * len(told)
    assert pairs_of(told) == {}
