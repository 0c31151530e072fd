"""Two engines, one answer: on our graphs, on broken ones and on the tests of the SHACL specification."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import RDFS, SH

from kg.articles import read
from kg.engines import map_articles, nquads
from kg.errors import ValidationError
from kg.namespaces import DIP
from kg.resources import folder
from kg.validation import (
    ENGINES,
    Result,
    Shapes,
    buckets,
    fast,
    load_shapes,
    own_shapes,
    read_quads,
    reference,
    validate,
    versions,
)
from kg.validation.results import spoken
from kg.validation.statements import Statements, rdflib_graph
from kg.validation.statements import nquads as nquads_of
from kg.validation.versions import findings

CASES = Path(__file__).parent / "shapes"
MF, SHT = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#", "http://www.w3.org/ns/shacl-test#"
SUITE = next(
    (d / "shared/suites/shacl/core" for d in Path(__file__).parents if (d / "shared/suites/shacl").is_dir()), None
)
DEV = next(
    (d / "shared/gold/dev-texts" for d in Path(__file__).parents if (d / "shared/gold/dev-texts").is_dir()), None
)
FAILING = {("pyshacl", "core/property/uniqueLang-002"): 'takes "1"^^xsd:boolean for true; load_shapes refuses that'}
"""Tests of the specification that an engine fails, and how."""

Finding = tuple[str, str, str, str, str]


def essence(results: Iterable[Result]) -> Counter[Finding]:
    return Counter(map(finding, results))


def finding(result: Result) -> Finding:
    return (
        plain(result.focus),
        path(result.path),
        plain(result.value),
        result.component,
        result.severity.rpartition("#")[2] or result.severity,
    )


def plain(term: str) -> str:
    return "_:" if term.startswith("_:") else term


def path(text: str) -> str:
    """Return a path without the brackets and spaces in which the engines differ."""
    return re.sub(r"[()<> ]", "", text)


def both(data: bytes, shapes: Shapes | None = None) -> tuple[Counter[Finding], Counter[Finding]]:
    told = Statements(data)
    quick, slow = (findings(told, shapes or own_shapes(), find) for find in (fast.findings, reference.findings))
    return essence(quick), essence(slow)


def renamed(data: bytes, name: str) -> bytes:
    """Return a graph whose things are none of another graph's."""
    return data.replace(b"https://w3id.org/diplomacy-kg/id/", f"https://w3id.org/diplomacy-kg/id/{name}/".encode())


def lines_of(*files: Path) -> bytes:
    return "".join(f"{quad} .\n" for file in files for quad in read_quads(file)).encode()


def test_the_engines_agree_on_the_sample_articles() -> None:
    records = map_articles(read([str(folder("seeds") / "articles")])).records
    quick, slow = both(nquads(records))
    assert quick == slow


@pytest.mark.skipif(
    DEV is None, reason="../shared/gold/dev-texts, real articles that are not ours to publish, is absent"
)
def test_the_engines_agree_on_real_articles() -> None:
    records = map_articles(read([str(DEV)])).records
    quick, slow = both(nquads(records))
    assert len(records) > 80
    assert quick == slow


def test_the_engines_agree_on_broken_graphs() -> None:
    context = CASES / "valid" / "default-graph.ttl"
    cases = sorted((CASES / "invalid").iterdir())
    quick, slow = both(b"".join(renamed(lines_of(context, case), str(n)) for n, case in enumerate(cases)))
    assert len(slow) > 150
    assert quick == slow


def test_much_is_looked_at_in_buckets_that_find_what_all_at_once_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    context = CASES / "valid" / "default-graph.ttl"
    cases = [lines_of(context, case) for case in sorted((CASES / "invalid").iterdir())]
    data = b"".join(renamed(case, str(n)) for n, case in enumerate(cases) if b"_:" not in case)
    data += f'<x:s> <{RDF.type}> "no class" .\n<x:s> <{DIP.holder}> <x:s> .\n'.encode()
    at_once = validate(data)
    monkeypatch.setattr(buckets, "SIZE", 100)
    assert len(buckets.looks(Statements(data), own_shapes(), "auto", None)) > 20
    assert validate(data) == at_once
    assert len(at_once.results) > 150


def test_buckets_go_to_the_reference_where_they_have_to(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b"".join(f"<x:s{n}> <{DIP.holder}> _:b .\n".encode() for n in range(4))
    shapes = shapes_of(f"<x:s> a sh:NodeShape ; sh:targetSubjectsOf <{DIP.holder}> ; sh:property <x:p> ."
                       f" <x:p> sh:path <{DIP.holder}> ; sh:nodeKind sh:IRI .")  # fmt: skip
    at_once = validate(data, shapes)
    monkeypatch.setattr(buckets, "SIZE", 2)
    assert len(buckets.looks(Statements(data), shapes, "auto", None)) == 2
    assert validate(data, shapes) == at_once
    assert [result.value for result in at_once.results] == ["_:b"] * 4
    assert "findings are about blank nodes" in at_once.notes[0]


@pytest.mark.parametrize("line", ["_:b <x:p> <x:o> .\n", f"<x:s> <{RDFS.subClassOf}> <x:o> .\n"])
def test_what_looks_far_is_looked_at_at_once(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    data = b"".join(b"<x:s%d> <x:p> <x:o> .\n" % n for n in range(10))
    monkeypatch.setattr(buckets, "SIZE", 2)
    assert len(buckets.looks(Statements(data), own_shapes(), "auto", None)) > 1
    assert len(buckets.looks(Statements(data + line.encode()), own_shapes(), "auto", None)) == 1
    assert len(buckets.looks(Statements(data), own_shapes(), "pyshacl", None)) == 1
    far = shapes_of('<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:pattern "^x:" .')
    assert len(buckets.looks(Statements(data), far, "auto", None)) == 1


def test_what_a_thing_refers_to_keeps_its_class_in_every_version() -> None:
    shapes = shapes_of(
        "<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:property <x:p> , <x:q> ."
        " <x:p> sh:path <x:to> ; sh:class <x:B> . <x:q> sh:path <x:day> ; sh:maxCount 1 ."
    )
    data = """<x:a> a <x:A> ; <x:to> <x:b> , <x:c> ; <x:day> 1 . <x:b> a <x:Below> . <x:c> a <x:Beside> .
        <x:Below> rdfs:subClassOf <x:B> . GRAPH <x:g> { <x:a> <x:day> 2 } GRAPH <x:h> { <x:a> <x:day> 3 }"""
    quads = list(parse(PREFIXES + data, format=RdfFormat.TRIG))
    for find in (fast.findings, reference.findings):
        assert {(r.focus, r.value) for r in findings(Statements(quads), shapes, find)} == {("x:a", "<x:c>")}


@pytest.mark.parametrize("path", ["<x:day>", "( [ sh:inversePath <x:of> ] <x:day> )"])
def test_each_version_is_held_to_the_shapes_whether_they_look_far_or_not(path: str) -> None:
    shapes = shapes_of(
        f"<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:property <x:p> , <x:q> . <x:p> sh:path {path} ;"
        " sh:in ( 1 2 ) . <x:q> sh:path <x:day> ; sh:maxCount 1 ."
    )
    data = """<x:a> a <x:A> ; <x:of> <x:a> ; <x:day> 1 .
        GRAPH <x:g> { <x:a> <x:day> 2 } GRAPH <x:h> { <x:a> <x:day> 3 }"""
    quads = list(parse(PREFIXES + data, format=RdfFormat.TRIG))
    for find in (fast.findings, reference.findings):
        assert {(r.focus, spoken(r.value)) for r in findings(Statements(quads), shapes, find)} == {("x:a", "3")}


def test_versions_of_a_thing_of_which_much_is_said_are_looked_at_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    shapes = shapes_of(
        "<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:property <x:p> , <x:q> . <x:p> sh:path <x:to> ;"
        " sh:class <x:B> . <x:q> sh:path <x:day> ; sh:in ( 1 2 ) ; sh:maxCount 1 ."
    )
    data = """<x:a> a <x:A> ; <x:to> <x:b> ; <x:day> 1 . <x:b> a <x:Below> . <x:Below> rdfs:subClassOf <x:B> .
        GRAPH <x:g> { <x:a> a <x:A> ; <x:to> <x:b> ; <x:day> 2 } GRAPH <x:h> { <x:a> <x:day> 3 ; <x:to> <x:c> }"""
    told = Statements(list(parse(PREFIXES + data, format=RdfFormat.TRIG)))
    at_once = findings(told, shapes, fast.findings)
    seen: list[bytes] = []

    def find(lines: bytes, shapes: Shapes, about: str) -> list[Result]:
        seen.append(lines)
        return fast.findings(lines, shapes, about)

    monkeypatch.setattr(versions, "_MANY", 2)
    assert {(r.path, r.value) for r in findings(told, shapes, find)} == {(r.path, r.value) for r in at_once}
    assert {(r.path, spoken(r.value)) for r in at_once} == {("x:to", "x:c"), ("x:day", "3")}
    assert len(seen) == 1 + 3  # all at once, then each version, in which nothing is said twice
    assert all(lines.count(b"<x:to> <x:b>") == 1 for lines in seen[1:])


@pytest.mark.parametrize(
    ("shape", "local"),
    [
        ("sh:property [ sh:path <x:p> ; sh:class <x:B> ; sh:or ( [ sh:class <x:B> ] [ sh:datatype <x:d> ] ) ]", True),
        ("sh:or ( [ sh:property [ sh:path <x:p> ; sh:minCount 1 ] ] [ sh:property [ sh:path <x:q> ] ] )", True),
        ("sh:property [ sh:path [ sh:inversePath <x:p> ] ; sh:minCount 1 ]", False),
        ("sh:property [ sh:path ( <x:p> <x:q> ) ; sh:minCount 1 ]", False),
        ("sh:property [ sh:path <x:p> ; sh:node [ sh:property [ sh:path <x:q> ; sh:minCount 1 ] ] ]", False),
        ("sh:property [ sh:path <x:p> ; sh:node [ sh:closed true ] ]", False),
        ('sh:pattern "^x:"', False),
    ],
)
def test_shapes_that_look_no_further_than_a_value_are_known(shape: str, local: bool) -> None:
    assert shapes_of(f"<x:s> a sh:NodeShape ; sh:targetClass <x:A> ; {shape} .").local is local


def test_our_own_shapes_look_no_further() -> None:
    assert own_shapes().local


def test_where_the_fast_engine_cannot_be_imported_the_reference_works_and_the_report_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "shacl_rust", None)
    report = validate(lines_of(CASES / "valid" / "default-graph.ttl"))
    assert report.conforms
    assert "pySHACL validates, and takes longer: shacl-rust cannot be imported" in report.notes[0]


def test_a_pattern_the_fast_engine_refuses_goes_to_the_reference() -> None:
    shapes = shapes_of(
        '<x:s> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property <x:p> . <x:p> sh:path <x:b> ; sh:pattern "^(?=a)a" .'
    )
    report = validate(b'<x:a> <x:b> "b" .\n', shapes)
    assert [result.value for result in report.results] == ['"b"']
    assert "shacl-rust refuses a shape: invalid sh:pattern regex" in report.notes[0]


def test_qualified_values_go_to_the_reference() -> None:
    shapes = shapes_of(
        "<x:s> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property <x:p> . <x:p> sh:path <x:b> ;"
        " sh:qualifiedValueShape [ sh:datatype xsd:string ] ; sh:qualifiedMinCount 1 ."
    )
    report = validate(b'<x:a> <x:b> "b" .\n', shapes)
    assert report.results == ()
    assert "counts literals wrongly" in report.notes[0]


def test_an_article_that_differs_has_to_be_right_by_itself() -> None:
    graph, event = "<x:article>", "<x:event>"
    lines = [f"{event} <{DIP.status}> {value} {g}." for value, g in (('"occurred"', ""), ('"soon"', f"{graph} "))]
    lines += [f"{event} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{DIP.Event}> ."]
    quick, slow = both(("\n".join(lines) + "\n").encode())
    assert quick == slow
    assert "In" in {found[3].rpartition("#")[2].removesuffix("ConstraintComponent") for found in quick}
    assert "MaxCount" not in {found[3].rpartition("#")[2].removesuffix("ConstraintComponent") for found in quick}


def test_an_engine_asked_for_by_name_that_refuses_is_an_error() -> None:
    with pytest.raises(ValidationError, match="leave the choice of engine to kg"):
        validate(b"_:a <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
                 b"<https://w3id.org/diplomacy-kg/ontology/Event> .\n", engine="shacl-rust")  # fmt: skip


def test_an_unknown_engine_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValidationError, match="use one of auto, shacl-rust, pyshacl"):
        validate(b"", engine="fastest")


def test_an_endless_pattern_ends_within_the_deadline() -> None:
    shapes = shapes_of(
        '<x:s> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property <x:p> . <x:p> sh:path <x:b> ; sh:pattern "^(a+)+$" .'
    )
    data = f'<x:a> <x:b> "{"a" * 60}!" .\n'.encode()
    with pytest.raises(ValidationError, match="not done in time"):
        validate(data, shapes, engine="pyshacl", deadline=3)
    assert len(validate(data, shapes, engine="shacl-rust").results) == 1


@pytest.fixture
def elsewhere() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that answers with Turtle, and the paths it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "text/turtle")
            self.end_headers()
            self.wfile.write(b"<x:a> <x:b> <x:c> .")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("engine", ENGINES)
def test_imports_of_data_and_shapes_are_never_fetched(
    engine: str, elsewhere: tuple[str, list[str]], tmp_path: Path
) -> None:
    address, asked = elsewhere
    shapes = tmp_path / "shapes"
    shapes.mkdir()
    (shapes / "shapes.ttl").write_text(
        f"{PREFIXES}@prefix owl: <http://www.w3.org/2002/07/owl#> . <{address}/s> a owl:Ontology ;"
        f" owl:imports <{address}/shapes.ttl> ; sh:shapesGraph <{address}/more.ttl> ; sh:declare <{address}/declared> ."
        f" <x:s> a sh:NodeShape ; sh:targetClass <x:A> ; sh:property <x:p> ; sh:suggestedShapesGraph <{address}/s2> ."
        ' <x:p> sh:path <x:b> ; sh:minCount 1 ; sh:message "None; add one." .'
    )
    (tmp_path / "data.ttl").write_text(
        f"@prefix owl: <http://www.w3.org/2002/07/owl#> . <{address}/d> a owl:Ontology ;"
        f" owl:imports <{address}/data.ttl> . <x:a> a <x:A> . <{address}/x> a <x:A> ; <x:b> <{address}/y> ."
    )
    report = validate(read_quads(tmp_path / "data.ttl"), load_shapes([shapes]), checks=(), engine=engine)
    assert [result.focus for result in report.results] == ["x:a"]
    assert asked == []


@pytest.mark.parametrize("context", ['"{}/c.jsonld"', '[{{"name": "x:name"}}, "{}/c.jsonld"]', '{{"@import": "{}/c"}}'])
def test_contexts_elsewhere_are_never_fetched(context: str, elsewhere: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = elsewhere
    file = tmp_path / "data.jsonld"
    file.write_text(f'{{"@context": {context.format(address)}, "@id": "x:a", "name": "A"}}')
    with pytest.raises(ValidationError, match=r"data\.jsonld"):
        read_quads(file)
    assert asked == []


def test_where_the_reference_cannot_compare_it_says_so() -> None:
    shapes = shapes_of(
        "<x:s> a sh:NodeShape ; sh:targetNode <x:a> ; sh:property <x:p> ."
        " <x:p> sh:path <x:b> ; sh:lessThanOrEquals <x:c> ."
    )
    date = "^^<http://www.w3.org/2001/XMLSchema#date>"
    data = f'<x:a> <x:b> "soon"{date} .\n<x:a> <x:c> "2021-02-08"{date} .\n'.encode()
    with pytest.raises(ValidationError, match="use the engine shacl-rust"):
        validate(data, shapes, engine="pyshacl")
    assert len(validate(data, shapes).results) == 1


def test_the_reference_answers_the_same_from_a_process_of_its_own() -> None:
    files = (CASES / "valid" / "default-graph.ttl", CASES / "invalid" / "event-two-dates.ttl")
    here, apart = (validate(lines_of(*files), engine="pyshacl", deadline=deadline) for deadline in (None, 60.0))
    assert here == apart
    assert here == validate(lines_of(*files))


PREFIXES = (
    "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
)


def shapes_of(turtle: str) -> Shapes:
    return Shapes(parse(PREFIXES + turtle, format=RdfFormat.TURTLE))


# -- the tests of the specification ----------------------------------------------------------------------------------


def entries() -> Iterator[tuple[str, Path]]:
    for file in sorted(SUITE.rglob("*.ttl")) if SUITE else ():
        if file.name != "manifest.ttl" and "sht:Validate" in file.read_text("utf-8"):
            yield "/".join(("core", *file.relative_to(SUITE).with_suffix("").parts)), file


def expected(graph: Graph, report: BNode | URIRef) -> Counter[Finding]:
    found: Counter[Finding] = Counter()
    for result in graph.objects(report, SH.result):
        where = graph.value(result, SH.resultPath)
        found[
            (
                term(graph.value(result, SH.focusNode), bare=True),
                ""
                if where is None
                else path(str(where) if isinstance(where, URIRef) else reference.path_text(graph, where)),
                term(graph.value(result, SH.value)),
                str(graph.value(result, SH.sourceConstraintComponent)),
                str(graph.value(result, SH.resultSeverity)).rpartition("#")[2],
            )
        ] += 1
    return found


def term(node: URIRef | BNode | Literal | None, *, bare: bool = False) -> str:
    if node is None:
        return ""
    return str(node) if bare and isinstance(node, URIRef) else plain(reference._term(node))


@pytest.mark.parametrize(("name", "file"), list(entries()), ids=lambda value: value if isinstance(value, str) else "")
@pytest.mark.parametrize("engine", ENGINES)
def test_the_engines_pass_the_tests_of_the_specification(name: str, file: Path, engine: str) -> None:
    if (engine, name) in FAILING:
        pytest.skip(FAILING[engine, name])
    graph = rdflib_graph(_quads(URIRef(file.as_uri())))
    entry = next(graph.subjects(RDF.type, URIRef(SHT + "Validate")))
    action = graph.value(entry, URIRef(MF + "action"))
    data, shapes = (graph.value(action, URIRef(SHT + part)) for part in ("dataGraph", "shapesGraph"))
    find = fast.raw if engine == "shacl-rust" else ENGINES[engine]
    found = find(nquads_of(_quads(data)), Shapes(_quads(shapes)), "")
    assert essence(found) == expected(graph, graph.value(entry, URIRef(MF + "result")))


def _quads(file: URIRef) -> list:
    place = Path(file.removeprefix("file://"))
    return list(parse(place.read_bytes(), format=RdfFormat.TURTLE, base_iri=str(file), rename_blank_nodes=True))
