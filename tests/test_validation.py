"""What conforms, what does not, and that a report says what to do about it."""

import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.engines import Rules
from kg.errors import ValidationError
from kg.namespaces import DIP, iri
from kg.resources import folder
from kg.sparql import tokenize
from kg.validation import (
    Check,
    Report,
    apart,
    load_checks,
    load_shapes,
    own_checks,
    own_shapes,
    read_quads,
    validate,
)
from kg.validation.checks import findings_of, read_by
from kg.validation.parts import groups, hierarchy, parts
from kg.validation.statements import Statements

CASES = Path(__file__).parent / "shapes"
VALID = sorted((CASES / "valid").iterdir())
INVALID = sorted((CASES / "invalid").iterdir())
CONTEXT = CASES / "valid" / "default-graph.ttl"
ARTICLE = NamedNode("https://w3id.org/diplomacy-kg/id/article/5d41402abc4b2a76")
CALL = NamedNode("https://w3id.org/diplomacy-kg/id/event/2021-02-08-call-cn-vn")
EDTF = NamedNode(iri("edtf:EDTF"))


def expected(file: Path) -> set[str]:
    lines = file.read_text("utf-8").splitlines()
    return {line.removeprefix("# expects: ") for line in lines if line.startswith("# expects: ")}


def report_of(file: Path) -> Report:
    return validate([*read_quads(CONTEXT), *read_quads(file)])


@pytest.mark.parametrize("file", VALID, ids=lambda file: file.name)
def test_valid_graphs_give_no_finding_at_all(file: Path) -> None:
    assert validate(read_quads(file)).results == ()


@pytest.mark.parametrize("file", INVALID, ids=lambda file: file.name)
def test_a_broken_graph_gives_the_findings_it_expects_and_no_others(file: Path) -> None:
    found = {result.message.partition(";")[0] for result in report_of(file).results}
    assert found == expected(file)


def test_every_message_of_the_shapes_has_a_broken_case() -> None:
    messages = {str(text).partition(";")[0] for text in own_shapes().graph.objects(None, _sh("message"))}
    assert messages - set().union(*map(expected, INVALID)) == set()


def test_every_check_has_a_broken_case() -> None:
    caught = {result.rule for file in INVALID for result in report_of(file).results}
    assert {check.name for check in own_checks()} - caught == set()


@pytest.mark.parametrize("check", own_checks(), ids=lambda check: check.name)
def test_a_check_reads_the_properties_it_names_and_says_what_to_do(check: Check) -> None:
    named = {word.text for word in tokenize(check.text) if word.kind == "name" and word.text[-1] != ":"}
    assert check.reads == tuple(sorted(iri(name) for name in named if not name.startswith("xsd:")))
    assert "; " in check.message


def test_checks_of_a_folder_are_asked_too(tmp_path: Path) -> None:
    (tmp_path / "no-xi.rq").write_text(
        "#+ message: This is {?name}; leave him out.\n#+ severity: Warning\n"
        "SELECT ?this ?name { ?this a dip:Person ; rdfs:label ?name FILTER(STRSTARTS(?name, 'Xi')) }"
    )
    (result,) = validate(read_quads(CONTEXT), checks=load_checks([tmp_path])).results
    assert (result.message, result.severity, result.rule) == ("This is Xi Jinping; leave him out.", "Warning", "no-xi")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT ?this { ?this ?p }", "a.rq is no check"),
        ("#+ message: a; b\nSELECT ?this { SERVICE <http://localhost:9/> { ?this ?p ?o } }", "SERVICE"),
        ("SELECT ?this { ?this ?p ?o }", "a.rq has no message"),
        ("#+ message: [\nSELECT ?this { ?this ?p ?o }", "header is not YAML"),
        ("#+ message: a; b\n#+ severity: Fatal\nSELECT ?this { ?this ?p ?o }", "use one of Violation, Warning, Info"),
        ("#+ message: a; b\nSELECT ?s { ?s ?p ?o }", "selects no \\?this"),
        ("#+ message: a; b\nSELECT ?s { ?s ?this ?o }", "selects no \\?this"),
        ("#+ message: a; b\nASK { ?this ?p ?o }", "selects no \\?this"),
        ("#+ message: 7\nSELECT ?this { ?this ?p ?o }", "a.rq has no message"),
        ("#+ message: a; b\n#+ reads: dip:date\nSELECT ?this { ?this ?p ?o }", "write a list of properties"),
        (
            "#+ message: a; b\n#+ together: graph\nSELECT ?this { ?this ?p ?o }",
            "together 'graph'; write a list of properties",
        ),
        ("#+ message: a; b\n#+ reads: [graph]\nSELECT ?this { ?this ?p ?o }", "a.rq: .*graph"),
        ("#+ message: a; b\n#+ reads: [x:y]\nSELECT ?this { ?this ?p ?o }", "a.rq: the prefix of 'x:y' is unknown"),
    ],
)
def test_a_file_that_is_no_check_is_refused_by_name(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.rq").write_text(text)
    with pytest.raises(ValidationError, match=told):
        load_checks([tmp_path])


def test_a_check_that_binds_no_thing_finds_none(tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_text("#+ message: a; b\nSELECT ?this { OPTIONAL { ?this <x:none> ?o } }")
    assert validate(read_quads(CONTEXT), checks=load_checks([tmp_path])).results == ()


ENDLESS = (
    "#+ message: a; b\nSELECT ?this { ?this ?p1 ?o1 . ?s2 ?p2 ?o2 . ?s3 ?p3 ?o3 . ?s4 ?p4 ?o4 . ?s5 ?p5 ?o5 ."
    " ?s6 ?p6 ?o6 . ?s7 ?p7 ?o7 . ?s8 ?p8 ?o8 FILTER(STR(?s8) = CONCAT(STR(?this), 'x')) }"
)


def test_a_check_of_ones_own_that_never_ends_is_ended_by_name(tmp_path: Path) -> None:
    (tmp_path / "all-by-all.rq").write_text(ENDLESS)
    with pytest.raises(ValidationError, match=r"^the check all-by-all was not done in time; let it look at less, or"):
        validate(read_quads(CONTEXT), checks=load_checks([tmp_path]), deadline=1)


@pytest.mark.parametrize("deadline", [None, 600.0])
def test_checks_give_the_same_in_a_process_of_their_own(deadline: float | None) -> None:
    quads = [quad for file in INVALID for quad in read_quads(file)]
    pieces = list(read_by(Statements([*read_quads(CONTEXT), *quads]), own_checks()))
    here = findings_of([b"\n".join(pieces)], own_checks())
    until = None if deadline is None else time.monotonic() + deadline
    assert len({result.rule for result in here}) > 5
    assert findings_of((line + b"\n" for line in pieces), own_checks(), until=until, much=True) == here


@pytest.mark.parametrize("number", [7, 1000])
def test_checks_find_in_parts_what_they_find_in_the_whole(number: int) -> None:
    caught: set[str] = set()
    context = list(read_quads(CONTEXT))
    for data in (Statements([*context, *read_quads(file)]) for file in INVALID):
        common = nquads(hierarchy(data))
        for group in groups(own_checks()):
            whole = findings_of([nquads(read_by(data, group.checks))], group.checks)
            if not whole:
                continue
            assert group.together is not None
            in_parts = parts(read_by(data, group.checks), group.together, number).values()
            found = [r for lines in in_parts for r in findings_of([common, nquads(lines)], group.checks)]
            assert set(found) == set(whole)
            caught |= {result.rule for result in whole if len(in_parts) > 1}
    assert caught == {check.name for check in own_checks()}


def nquads(lines: Iterable[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def test_a_part_has_an_articles_graph_and_what_is_said_elsewhere_of_its_things() -> None:
    lines = [b"<a> <p> <o> <g> .", b"<a> <p> <o> <h> .", b"<a> <p> <x> .", b"<b> <p> <o> <g> .", b"<b> <q> <y> ."]
    found = parts(lines, ["graph"], 10**6)
    assert sorted(map(sorted, found.values())) == sorted(
        [
            [lines[0], lines[2], lines[3], lines[4]],  # of <g>
            [lines[1], lines[2]],  # of <h>
            [lines[2]],  # of <a> itself
            [lines[4]],
        ]
    )


def test_work_in_a_process_that_ends_early_is_told_from_work_that_takes_too_long() -> None:
    with pytest.raises(apart.EndedError):
        list(apart.answers(os.abort, [b"a"], None))  # type: ignore[arg-type]
    with pytest.raises(apart.TimeUpError):
        list(apart.answers(time.sleep, [], time.monotonic() - 1))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["missing", "empty"])
@pytest.mark.parametrize(
    ("rules", "told"),
    [(lambda path: Rules(shapes=(path,)), "SHACL shapes"), (lambda path: Rules(checks=(path,)), "checks")],
)
def test_folders_without_rules_are_refused(
    tmp_path: Path, name: str, rules: Callable[[Path], Rules], told: str
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ValidationError, match=f"{name} .*; give a folder of {told}"):
        rules(tmp_path / name).report(b"")


def test_a_file_of_rules_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.ttl").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ValidationError, match=r"x\.ttl cannot be read: No such file"):
        Rules(shapes=(tmp_path,)).report(b"")


def test_a_quotation_that_is_not_in_the_text_is_found_where_the_text_is_at_hand() -> None:
    quads = read_quads(CASES / "valid" / "default-and-article-graph.trig")
    right, wrong = "President Xi Jinping spoke by phone on Monday.", "President Xi Jinping spoke by phone on Tuesday"
    assert validate(quads, texts={ARTICLE.value: right}).results == ()
    (result,) = validate(quads, texts={ARTICLE.value: wrong}).results
    assert result.rule == "passage-quote"


def test_a_finding_names_file_line_and_column_and_the_article_that_states_it() -> None:
    quads = read_quads(CASES / "valid" / "default-and-article-graph.trig")
    wrong = Quad(CALL, NamedNode(DIP.caller), NamedNode("https://w3id.org/diplomacy-kg/id/country/cn"), ARTICLE)
    text = "President Xi Jinping spoke by phone on Monday."
    result = validate([*quads, wrong], texts={ARTICLE.value: text}).results[0]
    assert result.articles == (ARTICLE.value,)
    assert result.place and result.place.text == "002.txt:1:1"


def test_every_shape_with_a_constraint_has_a_message_that_says_what_to_do_and_a_severity() -> None:
    shapes = own_shapes().graph
    named = set(shapes.subjects(_sh("path"), None)) | set(shapes.subjects(_sh("closed"), None))
    inner = {shape for shape in named if shape.startswith("https://w3id.org/diplomacy-kg/shapes/")}
    silent = {shape for shape in inner if ";" not in (shapes.value(shape, _sh("message")) or "")}
    assert len(inner) > 100
    assert silent == set()
    assert {shape for shape in inner if shapes.value(shape, _sh("severity")) is None} == set()


def test_each_class_of_the_vocabulary_is_the_target_of_shapes() -> None:
    targets = {str(target) for target in own_shapes().graph.objects(None, _sh("targetClass"))}
    names = ("Person", "Office", "Tenure", "Event", "Agreement", "Discrepancy", "Inference")
    assert {getattr(DIP, name) for name in names} <= targets


def test_articles_that_differ_on_a_date_conform() -> None:
    later = Quad(CALL, NamedNode(DIP.date), Literal("2021-02-09", datatype=EDTF), ARTICLE)
    assert validate([*read_quads(CONTEXT), later]).results == ()


def test_an_article_that_gives_two_dates_itself_does_not_conform() -> None:
    dates = [
        Quad(CALL, NamedNode(DIP.date), Literal(day, datatype=EDTF), ARTICLE) for day in ("2021-02-09", "2021-02-10")
    ]
    assert not validate([*read_quads(CONTEXT), *dates]).conforms


def test_warnings_and_hints_leave_the_data_conforming() -> None:
    report = report_of(CASES / "invalid" / "event-nobody.ttl")
    assert report.conforms
    assert report.counts == {"Violation": 0, "Warning": 1, "Info": 0}
    assert report.summary == "Conforms: 0 violations, 1 warning, 0 hints."


def test_the_report_shows_the_label_the_value_and_the_quoted_sentence() -> None:
    quads = read_quads(CASES / "valid" / "default-and-article-graph.trig")
    wrong = Quad(CALL, NamedNode(DIP.caller), NamedNode("https://w3id.org/diplomacy-kg/id/country/cn"), ARTICLE)
    text = validate([*quads, wrong]).text()
    assert "Violation: Phone or video call, 2021-02-08 <https://w3id.org/diplomacy-kg/id/event/" in text
    assert "  dip:caller https://w3id.org/diplomacy-kg/id/country/cn\n" in text
    assert "  “President Xi Jinping spoke by phone on Monday.”\n" in text
    assert text.endswith("\n\nDoes not conform: 2 violations, 0 warnings, 0 hints.")


def test_a_text_report_can_leave_out_what_is_less_grave() -> None:
    report = report_of(CASES / "invalid" / "event-undated.ttl")
    assert "Info:" in report.text()
    assert report.text(least="Warning") == "Conforms: 0 violations, 0 warnings, 1 hint."


def test_results_are_sorted_whatever_the_order_of_the_quads() -> None:
    quads = [quad for name in ("event-roles-of-a-country", "event-nobody") for quad in _case(name)]
    forward, backward = validate(quads), validate(reversed(quads))
    assert forward.results
    assert forward == backward


def test_as_one_graph_what_several_graphs_say_alike_is_there_once() -> None:
    values = ["<x:o>", "<x:o2>", '"a"', '"a b"', '"a"@en', '"a> ."', '"a \\" <x:g> ."', '"1"^^<x:d>', "_:b"]
    graphs = ["", "<x:g> ", "<x:h> "]
    lines = [f"<x:s> <x:p> {value} {graph}." for value in values for graph in graphs]
    lines += ["<x:s> <x:q> <x:o> <x:h> .", "<x:s> <x:q> <x:o> <x:i> ."]
    triples = Statements("\n".join(lines).encode()).triples.decode().splitlines()
    assert triples == sorted([*lines[: 3 * len(values) : 3], *lines[-2:]])


def test_a_case_of_blank_nodes_is_reported_too() -> None:
    event = BlankNode("e")
    report = validate([Quad(event, NamedNode(iri("rdf:type")), NamedNode(DIP.Event))])
    assert {result.focus for result in report.results} == {"_:e"}


def test_shapes_of_several_folders_are_read_together(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dip: <https://w3id.org/diplomacy-kg/ontology/> .\n"
        "<x:mine> a sh:NodeShape ; sh:targetClass dip:Person ; sh:property <x:p> .\n"
        '<x:p> sh:path dip:namedAs ; sh:minCount 1 ; sh:message "Say how it is printed." .\n'
    )
    shapes = load_shapes([folder("shapes"), tmp_path])
    assert "Say how it is printed." in {result.message for result in validate(read_quads(CONTEXT), shapes).results}


def test_a_file_without_shapes_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "people.ttl").write_text("<x:a> <x:b> <x:c> .")
    with pytest.raises(ValidationError, match=r"people\.ttl holds no SHACL shape"):
        load_shapes([tmp_path])


def test_shapes_that_call_sparql_are_refused(tmp_path: Path) -> None:
    (tmp_path / "far.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        '<x:s> a sh:NodeShape ; sh:sparql <x:q> . <x:q> sh:select "SELECT $this { SERVICE <http://x/> {} }" .'
    )
    with pytest.raises(ValidationError, match=r"far\.ttl: x:s uses sh:sparql, which is not of SHACL Core"):
        load_shapes([tmp_path])


def test_a_folder_of_shapes_that_is_missing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="is not a folder"):
        load_shapes([tmp_path / "missing"])


def test_a_property_shape_of_two_paths_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "<x:s> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property <x:p> . <x:p> sh:path <x:b> , <x:c> ; sh:minCount 1 ."
    )
    with pytest.raises(ValidationError, match=r"bad\.ttl: x:s has sh:property with 2 sh:path"):
        load_shapes([tmp_path])


@pytest.mark.parametrize(
    "circle",
    [
        "<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:node <x:s> .",
        "<x:s> a sh:NodeShape ; sh:property <x:p> . <x:p> sh:path <x:b> ; sh:node <x:s> .",
        "<x:s> a sh:NodeShape ; sh:not <x:t> . <x:t> a sh:NodeShape ; sh:or ( [ sh:class <x:A> ] <x:s> ) .",
        "<x:s> a sh:NodeShape ; sh:property <x:p> . <x:p> sh:path <x:q> . <x:q> sh:inversePath <x:q> .",
        "<x:s> a sh:NodeShape ; sh:and <x:l> . <x:l> <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> <x:t> ;"
        " <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <x:l> . <x:t> a sh:NodeShape .",
    ],
)
def test_shapes_that_lead_back_to_themselves_are_refused(tmp_path: Path, circle: str) -> None:
    (tmp_path / "circle.ttl").write_text(f"@prefix sh: <http://www.w3.org/ns/shacl#> .\n{circle}")
    with pytest.raises(ValidationError, match=r"circle\.ttl: x:\w leads back to itself; .* take the circle apart"):
        load_shapes([tmp_path])


def test_a_parse_error_names_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "broken.ttl"
    file.write_text("<x:a> <x:b> <x:c> .\n<x:a> <x:b> .\n")
    with pytest.raises(ValidationError, match=r"broken\.ttl, line 2, column 13 does not parse"):
        read_quads(file)


def test_what_a_terminal_would_obey_is_not_shown_to_it(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<x:a> \x1b[2J<x:b> .")
    with pytest.raises(ValidationError) as told:
        read_quads(tmp_path / "a.nt")
    label = Quad(CALL, NamedNode(iri("rdfs:label")), Literal("a\x1b[2J\nb", language="fr"))
    text = validate([label, Quad(CALL, NamedNode(iri("rdf:type")), NamedNode(DIP.Event))]).text()
    assert "Violation: a [2J b <" in text
    assert all(line.isprintable() for line in [str(told.value), *text.split("\n")])


def test_a_remote_json_ld_context_is_never_fetched(tmp_path: Path) -> None:
    file = tmp_path / "remote.jsonld"
    file.write_text('{"@context": "http://localhost:9/context", "@id": "x:a", "name": "A"}')
    with pytest.raises(ValidationError, match="write the context into the file"):
        read_quads(file)


def test_json_ld_with_its_own_context_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonld"
    file.write_text('{"@context": {"name": "x:name"}, "@id": "x:a", "name": "A"}')
    assert [quad.object for quad in read_quads(file)] == [Literal("A")]


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig"])
def test_a_byte_order_mark_before_a_graph_is_passed_over(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"a.{ending}"
    file.write_text('<x:a> <x:b> "Hà Nội" .\n', encoding="utf-8-sig")
    assert [quad.object for quad in read_quads(file)] == [Literal("Hà Nội")]


def test_a_byte_order_mark_before_json_ld_shapes_and_checks_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonld").write_text('{"@id": "x:a", "x:b": "c"}', encoding="utf-8-sig")
    for file in ("person.ttl", "date-order.rq"):
        (tmp_path / file).write_text((folder("shapes") / file).read_text("utf-8"), encoding="utf-8-sig")
    assert len(read_quads(tmp_path / "a.jsonld")) == 1
    assert len(load_shapes([tmp_path]).quads) == len(read_quads(folder("shapes") / "person.ttl"))
    assert [check.name for check in load_checks([tmp_path])] == ["date-order"]


@pytest.mark.parametrize(("name", "reason"), [("a.docx", "no known form"), ("missing.ttl", "cannot be read")])
def test_files_that_cannot_be_read_are_refused_by_name(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(ValidationError, match=f"{name} .*{reason}"):
        read_quads(tmp_path / name)


def _case(name: str) -> list[Quad]:
    return [*read_quads(CONTEXT), *read_quads(CASES / "invalid" / f"{name}.ttl")]


def _sh(name: str):
    from rdflib import URIRef

    return URIRef(iri(f"sh:{name}"))
