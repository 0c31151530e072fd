"""Asking a triple store elsewhere: the same answers as of the store it was loaded from, and what goes wrong."""

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from servers import Rogue, serving_oxigraph

from kg import queries
from kg.cli import main
from kg.endpoint import Endpoint, addresses, sparql
from kg.errors import QueryError, TransportError
from kg.loading import Loader
from kg.sparql import inside
from kg.store import Store
from kg.things import find
from kg.transport import Transport

GRAPHS = Path(__file__).parent / "graphs"
PARAMETERS: Mapping[str, dict[str, str]] = json.loads((GRAPHS / "parameters.json").read_text())
RESOLVED = "https://example.org/resolved"


@pytest.fixture(scope="module")
def loaded(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample store that may be written to."""
    return shutil.copytree(sample_path, tmp_path_factory.mktemp("loaded") / "store")


@pytest.fixture(scope="module")
def plain(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a server that holds the sample graph."""
    with serving_oxigraph(tmp_path_factory.mktemp("plain")) as url, Store.open(loaded) as store:
        Loader(store, f"{url}/store").load()
        yield f"{url}/query"


@pytest.fixture(scope="module")
def union(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a server whose default graph is the union of all, with the sample's default graph under a name."""
    folder = tmp_path_factory.mktemp("union")
    with serving_oxigraph(folder, "--union-default-graph") as url, Store.open(loaded) as store:
        Loader(store, f"{url}/store", default_as=RESOLVED).load()
        yield f"{url}/query"


@pytest.fixture
def rogue() -> Iterator[Rogue]:
    found = Rogue()
    yield found
    found.close()


def written(source: Store | Endpoint, name: str) -> str:
    output = io.StringIO()
    answer = queries.run(source, queries.load(name), PARAMETERS.get(name, {}))
    queries.WRITERS["json"](answer, output)
    return output.getvalue()


@pytest.mark.parametrize("name", queries.names())
def test_each_stored_query_answers_alike_elsewhere(name: str, sample: Store, plain: str) -> None:
    assert written(Endpoint(plain), name) == written(sample, name)


@pytest.mark.parametrize("name", queries.names())
def test_each_stored_query_answers_alike_where_the_default_graph_has_a_name(
    name: str, sample: Store, union: str
) -> None:
    assert written(Endpoint(union, default_as=RESOLVED), name) == written(sample, name)


@pytest.mark.parametrize("form", ["table", "columns", "csv", "json", "xml"])
def test_the_command_prints_the_same_bytes(form: str, sample_path: Path, plain: str) -> None:
    command = ["query", "who-met", "--person", "xi jinping", "--format", form]
    here = CliRunner().invoke(main, [*command, "--store", str(sample_path)])
    there = CliRunner().invoke(main, [*command, "--at", plain])
    assert here.stdout_bytes
    assert there.stdout_bytes == here.stdout_bytes


@pytest.mark.parametrize("value", ["xi  JINPING", "习近平", "Tap Can Binh", "Q15031", "person/xi-jinping"])
def test_names_are_those_of_the_store_asked(value: str, plain: str) -> None:
    assert find(Endpoint(plain), value, "person").value.endswith("/person/xi-jinping")


def test_an_unknown_name_brings_the_near_names_of_the_store_asked(plain: str) -> None:
    done = CliRunner().invoke(main, ["query", "who-met", "--person", "Xi Jinpin", "--at", plain])
    assert done.exit_code == 2
    assert "near names: Xi Jinping" in done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?s ?label { ?s rdfs:label ?label } ORDER BY ?s ?label",
        "ASK { ?s a dip:Person }",
        "CONSTRUCT { ?s a dip:Person } WHERE { ?s a dip:Person }",
        "DESCRIBE <https://w3id.org/diplomacy-kg/id/person/xi-jinping>",
    ],
)
def test_sparql_by_hand_answers_alike(text: str, sample_path: Path, plain: str) -> None:
    here = CliRunner().invoke(main, ["sparql", text, "--store", str(sample_path)])
    there = CliRunner().invoke(main, ["sparql", text, "--at", plain])
    assert here.exit_code == there.exit_code == 0, there.stderr
    assert there.stdout == here.stdout


@pytest.mark.parametrize("value", ["\\u0022", "\\\\u0022", '" } #', "a\\", "\\n\\U", "\u0007", "%41+&\u8d8a"])
def test_a_term_means_the_same_to_every_server(value: str, rogue: Rogue) -> None:
    query = queries.parse("echo", "#+ summary: Echo\nSELECT (?_x AS ?given) WHERE { }")
    answer = queries.run(Endpoint(rogue.url), query, {"x": value})
    assert isinstance(answer, queries.Table)
    assert queries.text_of(answer.rows[0][0]) == value
    # What a server does that replaces \uXXXX before it reads anything else: section 19.2 of SPARQL 1.1.
    spelt = sparql(ox.Literal(value))
    replaced = spelt.replace("\\U00000075", "u").replace("\\U00000055", "U").replace("\\u0007", "\u0007")
    (quad,) = ox.parse(f"<a:a> <a:b> {replaced} .", format=ox.RdfFormat.N_TRIPLES)
    assert quad.object == ox.Literal(value)


def test_a_short_query_is_in_the_address_a_long_one_is_posted(rogue: Rogue) -> None:
    for text in ("ASK { }", f"ASK {{ }} # {'x' * 3000}"):
        Endpoint(rogue.url, headers={"Authorization": "Bearer x"}).query(text)
    assert [(method, len(text) > 3000) for method, text, _ in rogue.asked] == [("GET", False), ("POST", True)]
    assert {headers["Authorization"] for *_, headers in rogue.asked} == {"Bearer x"}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ((200, b"<html>", "text/html"), "answered with text/html that is no SPARQL result"),
        ((200, b'{"head": {"vars": ["s"]}, "resul', "application/sparql-results+json"), "no SPARQL result"),
        ((200, b"", "text/plain"), "no SPARQL result"),
        ((400, b"Parse error:\nline 1", "text/plain"), r"refuses \(status 400: Parse error: line 1\)"),
        ((401, b"", "text/plain"), "set KG_USER and KG_PASSWORD, or KG_TOKEN"),
        ((404, b"<html>no", "text/html"), r"there is nothing at .* \(status 404\)"),
        ((301, b"", "text/plain"), "has moved"),
    ],
)
def test_what_an_endpoint_does_wrong_is_told_in_a_sentence(
    answer: tuple[int, bytes, str], problem: str, rogue: Rogue
) -> None:
    rogue.answer = answer
    with pytest.raises(QueryError, match=problem) as raised:
        queries.run(Endpoint(rogue.url), queries.load("people"), {})
    assert "\n" not in str(raised.value)


def test_an_endpoint_that_is_busy_is_asked_again_and_then_told(rogue: Rogue) -> None:
    rogue.answer = (503, b"", "text/plain")
    waits: list[float] = []
    with pytest.raises(TransportError, match="503"):
        Endpoint(rogue.url, Transport(sleep=waits.append)).query("ASK { }")
    assert len(waits) == 3


def test_the_place_of_a_default_graph_needs_an_address(sample_path: Path) -> None:
    done = CliRunner().invoke(main, ["query", "people", "--store", str(sample_path), "--default-as", RESOLVED])
    assert done.exit_code == 2
    assert "give its address as --at" in done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SELECT * { }", "SELECT * { GRAPH <g:g> { } }"),
        ('SELECT ("}" AS ?a) WHERE { ?s ?p "{" }', 'SELECT ("}" AS ?a) WHERE { GRAPH <g:g> { ?s ?p "{" } }'),
        (
            "SELECT * { OPTIONAL { GRAPH ?g { { ?s ?p ?o } } } } ORDER BY ?s",
            "SELECT * { GRAPH <g:g> { OPTIONAL { GRAPH ?g { { ?s ?p ?o } } FILTER(?g != <g:g>) } } } ORDER BY ?s",
        ),
        ("SELECT * { GRAPH <a:b> { ?s ?p ?o } }", "SELECT * { GRAPH <g:g> { GRAPH <a:b> { ?s ?p ?o } } }"),
    ],
)
def test_a_query_is_asked_of_a_named_graph(text: str, expected: str) -> None:
    assert " ".join(inside(text, "<g:g>").split()) == expected


@pytest.mark.parametrize("end", ["/rdf-graphs/service", "/statements"])
def test_addresses_of_one_store_are_told_from_any_of_them(end: str) -> None:
    assert addresses(f"http://h:7200/repositories/kg{end}") == (
        "http://h:7200/repositories/kg",
        "http://h:7200/repositories/kg/statements",
        "http://h:7200/repositories/kg/rdf-graphs/service",
        "http://h:7200/repositories/kg/statements",
    )
    assert addresses("https://h:8182/sparql/gsp/")[:2] == ("https://h:8182/sparql", "https://h:8182/sparql")
    assert addresses("http://h/sparql") == ("http://h/sparql", "http://h/sparql", "http://h/sparql", "")
