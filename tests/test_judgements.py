"""Judgements: SSSOM read and written, contradictions found with their lines, and what a build makes of them."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from kg.engines import build
from kg.errors import JudgementError
from kg.judgements import EXACT_MATCH, NO_TERM, Judgements, load, parse
from kg.namespaces import PREFIXES
from kg.store import Store

ROOT = Path(__file__).parent.parent
CASES = Path(__file__).parent / "judgements"
VALID, INVALID = (sorted((CASES / name).iterdir()) for name in ("valid", "invalid"))
PEOPLE = "https://w3id.org/diplomacy-kg/id/person/"
ITEMS = "http://www.wikidata.org/entity/"
NOBODY = f"{ITEMS}Q99999999991"  # an item that Wikidata does not have
PEERS = os.environ.get("KG_PEERS")


def judged(*rows: tuple[str, str] | tuple[str, str, str]) -> Judgements:
    """Return judgements on (subject, object) or (subject, object, ``Not``)."""
    made = Judgements()
    for subject, value, *modifier in rows:
        made.add(
            subject,
            EXACT_MATCH,
            value,
            mapping_justification="semapv:ManualMappingCuration",
            predicate_modifier="".join(modifier),
            subject_label=subject.rpartition("/")[2],
        )
    return parse(made.text())


# ---------------------------------------------------------------------------------------------- the file


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.name.partition(".")[0])
def test_a_broken_file_is_refused_with_a_sentence_that_names_the_line(file: Path) -> None:
    head = "".join(line[1:] for line in file.read_text("utf-8").splitlines(True) if line.startswith("#"))
    with pytest.raises(JudgementError) as raised:
        load(file).clusters()
    said = str(raised.value).split("\n")
    for sentence, wanted in zip(said, yaml.safe_load(head)["comment"].split(" @ "), strict=True):
        assert sentence.startswith(f"{file}, {wanted}")


@pytest.mark.parametrize(
    "text", ["", "\n", "\t\t", "<html>", "#a: [\n", "#- a\n", "#curie_map: 3\n", "#curie_map:\n#  a: b c\n"]
)
def test_what_is_no_sssom_is_refused(text: str) -> None:
    with pytest.raises(JudgementError, match="judgements"):
        parse(text)


def test_a_file_that_is_not_there_or_not_utf_8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin").write_bytes("subject_id é".encode("latin-1"))
    for name in ("latin", "missing"):
        with pytest.raises(JudgementError, match=name):
            load(tmp_path / name)


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.name)
def test_writing_is_canonical_and_loses_nothing(file: Path) -> None:
    read = load(file)
    again = parse(read.text())
    assert {row.key for row in again.rows} == {row.key for row in read.rows}
    assert again.metadata == read.metadata
    assert again.text() == read.text()
    keys = [row.key for row in again.rows]
    assert keys == sorted(keys)


def test_one_judgement_more_is_one_line_more_wherever_it_sorts() -> None:
    one = judged((f"{PEOPLE}ann", f"{ITEMS}Q1"), (f"{PEOPLE}cleo", f"{ITEMS}Q3"))
    two = parse(one.text())
    two.add(f"{PEOPLE}ben", EXACT_MATCH, f"{ITEMS}Q2", mapping_justification="semapv:ManualMappingCuration")
    before, after = one.text().splitlines(), two.text().splitlines()
    assert len(set(after) - set(before)) == 1
    assert set(before) <= set(after)


def test_what_the_block_says_of_all_rows_is_said_of_each() -> None:
    rows = load(VALID[0]).rows
    assert {row.slots["mapping_date"] for row in rows} == {"2026-11-22"}


def test_identifiers_of_any_register_get_a_prefix_of_their_own() -> None:
    made = judged((f"{PEOPLE}ann", "https://viaf.org/viaf/1"), (f"{PEOPLE}ben", "https://other.org/viaf/2"))
    assert [row.object for row in made.rows] == ["https://viaf.org/viaf/1", "https://other.org/viaf/2"]
    assert sorted(made.prefixes) == ["person", "viaf", "viaf2"]


@pytest.mark.skipif(not PEERS, reason="set KG_PEERS to an environment with tests/peers.txt")
@pytest.mark.parametrize("written", [False, True])
def test_the_sssom_package_validates_what_is_written(written: bool, tmp_path: Path) -> None:
    path = VALID[0]
    if written:
        path = tmp_path / "written.sssom.tsv"
        judgements = load(VALID[0])
        judgements.add(f"{PEOPLE}ben", EXACT_MATCH, NO_TERM, mapping_justification="semapv:ManualMappingCuration")
        judgements.add(f"{PEOPLE}xi", EXACT_MATCH, NOBODY, mapping_justification="semapv:LexicalMatching",
                       confidence="0.97", mapping_provider="https://example.org/reconcile")  # fmt: skip
        judgements.save(path)
    done = subprocess.run([f"{PEERS}/bin/sssom", "validate", path], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr


# ---------------------------------------------------------------------------------------------- which is which


def test_matches_chain() -> None:
    clusters = judged((f"{PEOPLE}ann", f"{PEOPLE}ben"), (f"{PEOPLE}ben", f"{ITEMS}Q1")).clusters()
    assert clusters.item(f"{PEOPLE}ann") == f"{ITEMS}Q1"
    assert len(clusters.about(f"{PEOPLE}ann")) == 2


def test_two_things_may_be_one_item_and_one_thing_in_two_registers() -> None:
    judged((f"{PEOPLE}ann", f"{ITEMS}Q1"), (f"{PEOPLE}ben", f"{ITEMS}Q1")).clusters()
    judged((f"{PEOPLE}ann", f"{ITEMS}Q1"), (f"{PEOPLE}ann", "https://viaf.org/viaf/1")).clusters()


def test_a_judgement_beside_what_is_known_is_a_contradiction_unless_that_is_denied() -> None:
    ann, known = f"{PEOPLE}ann", {f"{PEOPLE}ann": f"{ITEMS}Q1"}
    with pytest.raises(JudgementError, match="with who is who: ann cannot be both Q1 and Q2"):
        judged((ann, f"{ITEMS}Q2")).clusters(known)
    with pytest.raises(JudgementError, match="ann has no item, yet it has one by who is who"):
        judged((ann, NO_TERM)).clusters(known)
    judged((ann, NO_TERM), (ann, f"{ITEMS}Q1", "Not")).clusters(known)
    assert judged((ann, f"{ITEMS}Q2"), (ann, f"{ITEMS}Q1", "Not")).clusters(known).item(ann) == f"{ITEMS}Q2"


# ---------------------------------------------------------------------------------------------- in a build


def matches(store: Path, person: str) -> tuple[list[str], list[str]]:
    """Return the items of a person and the labels of the judgements on him or her."""
    with Store.open(store) as opened:
        items = opened.query(f"SELECT ?o {{ <{PEOPLE}{person}> skos:exactMatch ?o }}", PREFIXES)
        records = opened.query(
            f"SELECT ?l {{ ?j a sssom:Mapping ; owl:annotatedSource <{PEOPLE}{person}> ; rdfs:label ?l }}", PREFIXES
        )
        return [row["o"].value.removeprefix(ITEMS) for row in items], sorted(row["l"].value for row in records)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    article = tmp_path / "a.txt"
    article.write_text("HANOI, 2024-05-14 - President Xi Jinping met Jane Roe, the Sri Lankan ambassador, in Hanoi.\n")
    build([article], tmp_path / "store")
    return tmp_path / "store"


def test_a_match_appears_with_its_record_and_stays_in_later_builds(store: Path, tmp_path: Path) -> None:
    assert matches(store, "jane-roe-lk") == ([], [])
    summary = build([], store, judgements=load(VALID[0]))
    assert summary.conforms and not summary.validation_warnings
    wanted = (["Q99999999991"], ["Jane Roe is not wd:Q99999999992", "Jane Roe is wd:Q99999999991"])
    assert matches(store, "jane-roe-lk") == wanted
    build([tmp_path / "a.txt"], store)
    assert matches(store, "jane-roe-lk") == wanted


def test_a_denial_takes_the_match_of_who_is_who_away(store: Path) -> None:
    (item,), _ = matches(store, "xi-jinping")
    build([], store, judgements=judged((f"{PEOPLE}xi-jinping", ITEMS + item, "Not")))
    assert matches(store, "xi-jinping") == ([], [f"xi-jinping is not wd:{item}"])


def test_no_term_found_is_recorded(store: Path) -> None:
    build([], store, judgements=judged((f"{PEOPLE}jane-roe-lk", NO_TERM)))
    assert matches(store, "jane-roe-lk") == ([], ["jane-roe-lk has no item"])


def test_a_contradiction_leaves_the_store_as_it_was(store: Path) -> None:
    before = (store / "store.json").read_bytes()
    with pytest.raises(JudgementError, match="with who is who: xi-jinping cannot be both"):
        build([], store, judgements=judged((f"{PEOPLE}xi-jinping", NOBODY)))
    assert (store / "store.json").read_bytes() == before


def test_the_order_of_rows_changes_nothing(store: Path) -> None:
    digests = set()
    for step in (1, -1):
        judgements = load(VALID[0])
        judgements.rows = judgements.rows[::step]
        build([], store, judgements=judgements)
        with Store.open(store) as opened:
            digests.add(opened.ledger["digest"])
    assert len(digests) == 1
