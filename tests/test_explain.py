"""Explaining: from things back to sentences."""

import json

import pytest

from kg.errors import QueryError
from kg.explain import Explanation, Passage, explain, to_json, to_text
from kg.store import Store

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
    assert "\x1b" not in to_text(Explanation("a:b", "\x1b[2J", [], [("p", "\x1b")], [], [], []))
