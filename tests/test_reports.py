"""A report in each of its forms: what a program reads, and what a person does."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, Quad
from rdflib import RDF, Graph
from rdflib.namespace import SH

from kg.cli import REPORT_FORMATS, main
from kg.namespaces import DIP
from kg.validation import Report, read_quads, validate
from kg.validation.formats import LEVELS, WRITERS

CASES = Path(__file__).parent / "shapes"
SCHEMA = json.loads((Path(__file__).parent / "sarif" / "sarif-2.1.0-rtm.5.json").read_text())
ARTICLE = NamedNode("https://w3id.org/diplomacy-kg/id/article/5d41402abc4b2a76")
CALL = NamedNode("https://w3id.org/diplomacy-kg/id/event/2021-02-08-call-cn-vn")
CHINA = NamedNode("https://w3id.org/diplomacy-kg/id/country/cn")
TEXT = "President Xi Jinping spoke by phone on Monday."


@pytest.fixture
def report() -> Report:
    """A country as a caller, in an article's graph, and an event of nobody in the default graph."""
    files = ("valid/default-and-article-graph.trig", "invalid/event-nobody.ttl")
    quads = [quad for file in files for quad in read_quads(CASES / file)]
    return validate([*quads, Quad(CALL, NamedNode(DIP.caller), CHINA, ARTICLE)], texts={ARTICLE.value: TEXT})


def kg(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_the_command_line_offers_every_form() -> None:
    assert tuple(WRITERS) == REPORT_FORMATS


def test_json_names_rule_message_remedy_and_place(report: Report) -> None:
    found = json.loads(WRITERS["json"](report))
    assert found["conforms"] is False
    assert found["counts"] == report.counts
    first = found["results"][0]
    assert first["rule"] == "event-role"
    assert first["remedy"] == "add dip:participant beside the role."
    assert first["place"] == {
        "article": ARTICLE.value, "file": "002.txt", "start": 0, "end": 46, "quote": TEXT, "line": 1, "column": 1,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["some", "none"])
def test_sarif_fits_its_schema(report: Report, name: str) -> None:
    log = json.loads(WRITERS["sarif"](report if name == "some" else Report()))
    jsonschema.Draft7Validator(SCHEMA).validate(log)
    levels = [result["level"] for result in log["runs"][0]["results"]]
    assert levels == ([LEVELS[result.severity] for result in report.results] if name == "some" else [])
    assert set(levels) == ({"error", "warning"} if name == "some" else set())


def test_sarif_points_to_file_line_and_sentence(report: Report) -> None:
    run = json.loads(WRITERS["sarif"](report))["runs"][0]
    result = run["results"][0]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "002.txt"
    assert place["region"] == {"startLine": 1, "startColumn": 1, "snippet": {"text": TEXT}}
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_turtle_is_the_report_that_shacl_describes(report: Report) -> None:
    graph = Graph().parse(data=WRITERS["turtle"](report), format="turtle")
    (found,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(found, SH.conforms)) == "false"
    results = list(graph.objects(found, SH.result))
    assert len(results) == len(report.results)
    for needed in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent, SH.resultMessage):
        assert all(graph.value(result, needed) is not None for result in results)


def test_an_empty_turtle_report_conforms() -> None:
    graph = Graph().parse(data=WRITERS["turtle"](Report()), format="turtle")
    assert [str(value) for value in graph.objects(None, SH.conforms)] == ["true"]


def test_html_shows_every_finding_and_runs_nothing(report: Report) -> None:
    page = WRITERS["html"](report)
    assert page.count("<article") == len(report.results)
    assert TEXT in page
    assert "<script" not in page and "default-src 'none'" in page


def test_html_escapes_what_graphs_hold() -> None:
    label = '"<script>alert(1)</script>"@en'
    data = f'<x:"> <http://www.w3.org/2000/01/rdf-schema#label> {label} .\n'.replace('x:"', "javascript:alert(1)")
    data += f"<javascript:alert(1)> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DIP.Event}> .\n"
    page = WRITERS["html"](validate(data.encode()))
    assert "&lt;script&gt;" in page
    assert "<script" not in page and "href" not in page


@pytest.mark.parametrize("form", REPORT_FORMATS)
def test_every_form_comes_from_the_command_line_and_findings_exit_with_1(form: str) -> None:
    result = kg("validate", CASES / "invalid" / "event-two-dates.ttl", "--format", form)
    assert result.exit_code == 1
    assert "event" in result.stdout


def test_warnings_exit_with_0_and_strictly_with_1() -> None:
    files = (CASES / "valid" / "default-graph.ttl", CASES / "invalid" / "event-nobody.ttl")
    assert kg("validate", *files).exit_code == 0
    assert kg("validate", *files, "--strict").exit_code == 1


def test_what_cannot_be_validated_exits_with_2(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<x:a> <x:b> .\n")
    for arguments in (["broken.ttl"], ["missing.ttl"], ["missing.txt"]):
        result = kg("validate", tmp_path / arguments[0])
        assert result.exit_code == 2
        assert result.stderr.count("\n") <= 2 and "Traceback" not in result.stderr
    assert "broken.ttl, line 1, column 13 does not parse" in kg("validate", tmp_path / "broken.ttl").stderr


def test_an_article_is_validated_with_lines_and_columns(tmp_path: Path) -> None:
    (tmp_path / "talks.txt").write_text(
        "Ministers meet in Hanoi\n\nHANOI, 3 March 2024\n\nForeign Minister Bui Thanh Son of Vietnam met Foreign "
        "Minister Wang Yi of China in Hanoi on Sunday.\n"
    )
    (tmp_path / "none.rq").write_text("#+ message: No meetings here; leave it out.\nSELECT ?this { ?this a dip:Event }")
    result = kg("validate", tmp_path / "talks.txt", "--checks", tmp_path)
    assert result.exit_code == 1
    assert "No meetings here; leave it out. [none]" in result.stdout
    assert "  talks.txt:3:1\n  “Foreign Minister Bui Thanh Son" in result.stdout


def test_json_with_a_context_is_a_graph_and_other_json_an_article(tmp_path: Path) -> None:
    (tmp_path / "graph.json").write_text('{"@context": {"name": "x:name"}, "@id": "x:a", "name": "A"}')
    (tmp_path / "article.json").write_text(
        json.dumps({"title": "Talks", "text": "They met in Hanoi.", "date": "2024-03-03"})
    )
    assert kg("validate", tmp_path / "graph.json").exit_code == 0
    assert kg("validate", tmp_path / "article.json").exit_code == 0


def test_shapes_of_ones_own_are_applied(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(
        "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dip: <https://w3id.org/diplomacy-kg/ontology/> .\n"
        "<x:mine> a sh:NodeShape ; sh:targetClass dip:Person ; sh:property <x:p> .\n"
        '<x:p> sh:path dip:namedAs ; sh:minCount 1 ; sh:message "Unprinted; say how it is printed." .\n'
    )
    result = kg("validate", CASES / "valid" / "default-graph.ttl", "--shapes", tmp_path)
    assert "Unprinted; say how it is printed. [x:p]" in result.stdout
