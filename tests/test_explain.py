"""Explaining: from things back to sentences."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.articles import Article, Reading, read
from kg.engines import build, map_articles, nquads
from kg.errors import QueryError
from kg.evidence import Passage
from kg.explain import Explanation, explain, to_json, to_text
from kg.namespaces import DIP, iri
from kg.resources import folder
from kg.store import DEFAULT_GRAPH, Store

TYPE = ox.NamedNode(iri("rdf:type"))

CALL = "event/2021-02-08-call-cn-vn-0000000a"


def explained(store: Store, name: str) -> Explanation:
    return explain(store, name)


def test_an_event_told_twice_is_explained_by_both_sentences(sample: Store) -> None:
    statements = explained(sample, CALL).statements
    assert [statement.file for statement in statements] == ["call-hanoi.txt", "call-beijing.txt"]
    assert statements[0].passages == [
        Passage(
            29, 122, "General Secretary Nguyen Phu Trong telephoned Xi Jinping on February 8 ahead of the new year."
        )
    ]
    assert "President Xi Jinping took a call" in to_text(explained(sample, CALL))


def test_each_article_keeps_its_own_version(sample: Store) -> None:
    first, second = explained(sample, "event/2023-12-visit-cn-vn-0000000c").statements
    assert ("status", "planned") in first.says
    assert ("status", "occurred") in second.says
    assert ("date", "2023-12") in first.says


def test_an_inferred_date_tells_its_rule_and_premises(sample: Store) -> None:
    (statement,) = explained(sample, "event/1950-relations-cn-vn-0000000d").statements
    assert statement.inferences[0].rule == "anniversary"
    assert "71 years ago" in statement.inferences[0].premises[0]


def test_a_discrepancy_tells_what_was_stated_and_expected(sample: Store) -> None:
    (dispute,) = explained(sample, "discrepancy/00000001").disputes
    assert (dispute.stated, dispute.expected) == (["Vo Van Thang"], ["Võ Văn Thưởng"])
    assert "welcomed the visiting minister" in to_text(explained(sample, "discrepancy/00000001"))


@pytest.mark.parametrize("name", ["Vo Van Thang", "Võ Văn Thưởng", "event/2023-12-01-meeting-cn-vn-0000000b"])
def test_everyone_in_a_discrepancy_is_told_of_it(sample: Store, name: str) -> None:
    assert [dispute.label for dispute in explained(sample, name).disputes] == [
        "Vo Van Thang is called President of Viet Nam on 2023-12-01"
    ]


@pytest.mark.parametrize(
    "name", ["Viet Nam", "office/president-cn", "Hanoi", "article/aaaaaaaaaaaaaaa2", "minister.html"]
)
def test_a_thing_without_evidence_is_explained_through_what_refers_to_it(sample: Store, name: str) -> None:
    statements = explained(sample, name).statements
    assert statements
    assert all(statement.via and statement.passages for statement in statements)


@pytest.mark.parametrize("name", ["passage/aaaaaaaaaaaaaaa2-0-70", "mapping/aaaaaaaaaaaaaaa1", "Q148", "BRI"])
def test_anything_of_the_store_can_be_explained(sample: Store, name: str) -> None:
    assert explained(sample, name).iri


def test_what_nobody_states_is_said_to_be_a_fact_of_who_is_who(sample: Store) -> None:
    text = to_text(explained(sample, "tenure/nguyen-phu-trong--president-vn--2018-10"))
    assert "fact of who is who" in text


def test_the_json_has_all_of_it(sample: Store) -> None:
    document = json.loads(to_json(explained(sample, CALL)))
    assert document["label"].startswith("Phone or video call")
    assert document["statements"][1]["passages"][0]["start"] == 0


def test_an_unknown_iri_is_an_error(sample: Store) -> None:
    with pytest.raises(QueryError, match="is not a thing of this store"):
        explained(sample, "https://example.org/nothing")


def test_the_text_sends_no_control_character_to_the_terminal() -> None:
    assert "\x1b" not in to_text(Explanation("a:b", "\x1b[2J", [], [("p", "\x1b")], ["\x1b"], [], [], "", [], []))


# -- the shipped articles, and two capitals ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped() -> Store:
    articles = Path(str(folder("seeds") / "articles"))
    return Store.in_memory(nquads(map_articles(read([articles])).records))


@pytest.mark.parametrize("cls", [DIP.Event, DIP.Tenure, DIP.Agreement, DIP.Discrepancy, DIP.Person])
def test_everything_of_the_shipped_articles_is_explained_down_to_a_sentence(shipped: Store, cls: str) -> None:
    things = {
        q.subject.value for q in shipped.quads(None, TYPE, ox.NamedNode(cls)) if isinstance(q.subject, ox.NamedNode)
    }
    assert things
    for thing in things:
        explanation = explain(shipped, thing)
        quotes = [passage.quote for statement in explanation.statements for passage in statement.passages]
        # Tenures of people whom who is who expects where an article misprints a name are facts nobody tells.
        assert all(quotes), thing
        assert quotes or explanation.disputes or cls == DIP.Tenure, thing
        if explanation.route == "own":
            assert all(statement.passages for statement in explanation.statements), thing
        json.loads(to_json(explanation))
        assert to_text(explanation)


@pytest.fixture(scope="module")
def capitals() -> Store:
    told = [
        Article(
            file="west.txt",
            published="2023-03-14",
            publisher="White House",
            text="President Joe Biden spoke by phone with Prime Minister Fumio Kishida of Japan on Tuesday, March 14.",
        ),
        Article(
            file="east.txt",
            published="2023-03-15",
            publisher="Ministry of Foreign Affairs of Japan",
            text="Prime Minister Fumio Kishida held phone talks with the President of the United States on March 15.",
        ),
    ]
    return Store.in_memory(nquads(map_articles(Reading(article=a) for a in told).records))


def event_of(store: Store) -> Explanation:
    (event,) = {q.subject for q in store.quads(None, TYPE, ox.NamedNode(DIP.Event), DEFAULT_GRAPH)}
    assert isinstance(event, ox.NamedNode)
    return explain(store, event.value)


def test_an_event_of_two_capitals_says_why_it_is_one(capitals: Store) -> None:
    event = event_of(capitals)
    why = {inference.rule: inference.premises for inference in event.inferences}
    assert why["same-people-a-day-apart"] == ["east.txt", "west.txt"]
    assert any("Joe Biden" in premise for premise in why["holder-of-office-that-day"])
    (dispute,) = event.disputes
    assert (dispute.stated, dispute.expected, dispute.articles) == (["2023-03-15"], ["2023-03-14"], ["east.txt"])
    assert [inference.rule for inference in dispute.why] == ["earliest"]


def test_an_iri_that_was_replaced_is_explained_as_what_it_is_now(capitals: Store) -> None:
    event = event_of(capitals)
    (old,) = event.formerly
    assert explain(capitals, old) == event
    assert f"formerly: {old}" in to_text(event)


def test_when_an_article_was_mapped_is_told_from_the_ledger(tmp_path: Path) -> None:
    build([Path(str(folder("seeds") / "articles")) / "message-to-to-lam.txt"], tmp_path)
    with Store.open(tmp_path) as store:
        (moment,) = store.mapped.values()
        statement = explain(store, "message-to-to-lam.txt").statements[0]
    assert statement.mapped == moment
    build([Path(str(folder("seeds") / "articles")) / "message-to-to-lam.txt"], tmp_path)
    with Store.open(tmp_path) as store:
        assert list(store.mapped.values()) == [moment], "an unchanged article is not mapped anew"
