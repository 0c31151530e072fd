"""The server: the protocol's tests, what strangers may not do, and that one who asks much harms nobody else."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
from attacks import CROSS, MARKUP, QUERIES
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from servers import Answered, Server, running_store, serving_store

from kg.serving.protocol import preferred
from kg.store import Store
from kg.store.ledger import LEDGER

SUITE = Path(__file__).parent.parent.parent / "shared" / "suites" / "sparql11" / "protocol"
DATA = "http://kasei.us/2009/09/sparql/data/"
DEADLINE = 2.0


@pytest.fixture(scope="module")
def served(sample_nquads: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve the sample graph, and the graphs that the protocol's tests ask for."""
    path = tmp_path_factory.mktemp("served") / "store"
    document = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://xmlns.com/foaf/0.1/Document>"
    typed = f"<{{0}}{{1}}.rdf> {document} <{{0}}{{1}}.rdf> .\n"
    extra = "".join(typed.format(DATA, name) for name in ("data1", "data2", "data3"))
    with Store.open(path, mode="write") as store:
        store.replace("".join(sorted((sample_nquads.decode() + extra).splitlines(keepends=True))).encode())
    with serving_store(path, "--deadline", str(DEADLINE), "--memory", "700") as server:
        yield server


# ---------------------------------------------------------------------------------------------- the protocol's tests

HT, CNT = Namespace("http://www.w3.org/2011/http#"), Namespace("http://www.w3.org/2011/content#")
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")


def protocol_tests() -> list[Any]:
    if not (SUITE / "manifest.ttl").exists():
        reason = "../shared/suites is absent: THE PROTOCOL'S TESTS WERE NOT RUN"
        return [pytest.param("", marks=pytest.mark.skip(reason=reason))]
    graph = Graph().parse(SUITE / "manifest.ttl")
    return sorted(str(test).partition("#")[2] for test in graph.subjects(None, MF.ProtocolTest))


@pytest.mark.parametrize("name", protocol_tests())
def test_the_protocol_is_spoken_as_its_tests_have_it(served: Server, name: str) -> None:
    graph = Graph().parse(SUITE / "manifest.ttl")
    test = next(t for t in graph.subjects(None, MF.ProtocolTest) if str(t).endswith(f"#{name}"))
    requests = list(Collection(graph, graph.value(graph.value(test, MF.action), HT.requests)))
    for request in requests:
        reply = send(served, graph, request)
        expected = [str(status)[-3:] for status in graph.objects(graph.value(request, HT.resp), MF.expectedStatus)]
        if name.startswith(("update", "bad_update")) or is_update(graph, request):
            assert reply.status // 100 == 4, "updates are refused"
            break
        assert any(status[0] == str(reply.status)[0] for status in expected), (name, reply)
        if (boolean := graph.value(graph.value(request, HT.resp), MF.expectedBoolean)) is not None:
            assert json.loads(reply.body)["boolean"] == boolean.toPython()


def is_update(graph: Graph, request: Any) -> bool:
    return "update" in str(graph.value(request, HT.absolutePath)) or b"update" in content(graph, request)[:10]


def content(graph: Graph, request: Any) -> bytes:
    body = graph.value(request, HT.body)
    text = str(graph.value(body, CNT.chars) or "") if body is not None else ""
    encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8") if body is not None else "utf-8"
    return text.encode(encoding)


def send(served: Server, graph: Graph, request: Any) -> Answered:
    headers = {}
    if (listed := graph.value(request, HT.headers)) is not None:
        for header in Collection(graph, listed):
            headers[str(graph.value(header, HT.fieldName))] = str(graph.value(header, HT.fieldValue))
    path = str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1)
    body = content(graph, request) or None
    return served.ask(str(graph.value(request, HT.methodName)), path, body, **headers)


# ---------------------------------------------------------------------------------------------- reading


def test_a_thing_leads_to_what_the_client_wants(served: Server) -> None:
    for accept, suffix in (
        ("text/html", ".html"),
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("", ".html"),
    ):
        reply = served.ask("GET", "/id/person/xi-jinping", Accept=accept)
        assert (reply.status, reply.headers["location"]) == (303, f"/person/xi-jinping{suffix}")
        assert served.ask("GET", reply.headers["location"]).status == 200
    assert served.ask("GET", "/id/person/xi-jinping", Accept="image/png").status == 406
    assert (
        served.ask("GET", "/ontology/holder", Accept="text/html").headers["location"] == "/ontology/index.html#holder"
    )
    assert served.ask("GET", "/ontology/diplomacy.ttl").headers["content-type"].startswith("text/turtle")


def test_pages_are_those_of_the_site_and_are_not_sent_twice(served: Server) -> None:
    reply = served.ask("GET", "/person/xi-jinping.html")
    assert b"<h1>Xi Jinping</h1>" in reply.body
    assert served.ask("GET", "/person/xi-jinping.html", If_None_Match=reply.headers["etag"]).status == 304
    assert b"Diplomacy knowledge graph" in served.ask("GET", "/").body


def test_what_is_not_there_offers_near_names(served: Server) -> None:
    for target in ("/person/xi-jinpin.html", "/person/jinping.html", "/id/person/Xi"):
        reply = served.ask("GET", target)
        assert reply.status == 404 and b'person/xi-jinping.html"' in reply.body
    for target in (
        "/id/nothing/x",
        "/id/person/%3Cscript%3E",
        "/../../etc/passwd",
        "/assets/..%2f..%2fcli.py",
        "/x.html",
    ):
        reply = served.ask("GET", target)
        assert reply.status == 404 and b"<script>" not in reply.body


def test_a_stored_query_answers_as_csv_and_json_and_refuses_in_a_sentence(served: Server) -> None:
    reply = served.ask("GET", f"/query/who-met.csv?{urlencode({'person': 'Xi Jinping'})}")
    assert reply.status == 200 and reply.body.startswith(b"event,type,date")
    assert json.loads(served.ask("GET", "/query/events").body)["head"]["vars"][0] == "event"
    for target, status, words in (
        ("/query/who-met.csv", 400, b"who-met needs person\n"),
        ("/query/who-met.csv?person=Nobody+Known", 400, b"person: no person of this store is called 'Nobody Known'\n"),
        ("/query/who-met.csv?person=Xi+Jinping&from=x", 400, b"from takes a date such as 2023-12-01, not 'x'\n"),
        ("/query/who-met.csv?persn=x", 400, b"no parameter"),
        ("/query/who-mett.csv", 404, b"who-met"),
        ("/query/events.png", 400, b"no format"),
    ):
        reply = served.ask("GET", target)
        assert reply.status == status and words in reply.body and reply.body.count(b"\n") == 1


def test_graphs_are_read_and_never_written(served: Server, sample_nquads: bytes) -> None:
    quads = list(ox.parse(sample_nquads, format=ox.RdfFormat.N_QUADS))
    name = next(q.graph_name.value for q in quads if isinstance(q.graph_name, ox.NamedNode))
    for target, wanted in (
        ("/graphs?default", {q.triple for q in quads if q.graph_name == ox.DefaultGraph()}),
        (f"/graphs?graph={quote(name, safe='')}", {q.triple for q in quads if q.graph_name == ox.NamedNode(name)}),
    ):
        for accept, form in (("text/turtle", ox.RdfFormat.TURTLE), ("application/n-triples", ox.RdfFormat.N_TRIPLES)):
            reply = served.ask("GET", target, Accept=accept)
            assert {q.triple for q in ox.parse(reply.body, format=form)} == wanted
    assert served.ask("GET", "/graphs?graph=http%3A%2F%2Fexample.org%2Fnone").status == 404
    assert served.ask("GET", "/graphs").status == 400
    for method in ("PUT", "POST", "DELETE", "PATCH"):
        reply = served.ask(method, "/graphs?default", b"")
        assert reply.status == 405 and reply.headers["allow"] == "GET, HEAD"


def test_the_service_describes_itself(served: Server) -> None:
    reply = served.ask("GET", "/sparql", Accept="text/turtle")
    graph = Graph().parse(data=reply.body, format="turtle")
    sd = Namespace("http://www.w3.org/ns/sparql-service-description#")
    service = next(graph.subjects(None, sd.Service))
    assert str(graph.value(service, sd.endpoint)).endswith(f":{served.port}/sparql")
    assert (service, sd.supportedLanguage, sd.SPARQL11Query) in graph and graph.value(service, sd.defaultDataset)
    assert served.ask("GET", "/sparql", Accept="application/rdf+xml").headers["content-type"] == "application/rdf+xml"


def test_every_answer_forbids_foreign_scripts(served: Server) -> None:
    for target in ("/", "/person/xi-jinping.html", "/nothing.html", "/sparql", "/query/events", "/health", "/metrics"):
        headers = served.ask("GET", target, Origin="https://example.org").headers
        assert (
            "script-src 'self'" in headers["content-security-policy"] and headers["x-content-type-options"] == "nosniff"
        )
        assert headers["access-control-allow-origin"] == "*"
    assert not re.search(rb"<script(?![^>]*(src=|ld\+json))", served.ask("GET", "/search.html").body)


# ---------------------------------------------------------------------------------------------- hostile queries


def test_hostile_queries_are_answered_in_time_and_harm_nobody(served: Server) -> None:
    """Each is answered within the deadline and a half second; one who asks little beside them is always answered."""
    assert len(QUERIES) == 30
    answers: dict[int, Answered] = {}
    stop = threading.Event()
    good: list[Answered] = []

    def attack(number: int) -> None:
        answers[number] = served.sparql(QUERIES[number])

    def live() -> None:
        while not stop.is_set():
            good.append(served.ask("GET", "/person/xi-jinping.html"))
            good.append(served.sparql("ASK { ?s a <https://w3id.org/diplomacy-kg/ontology/Event> }"))
            time.sleep(0.02)

    friend = threading.Thread(target=live)
    friend.start()
    with ThreadPoolExecutor(5) as attackers:
        list(attackers.map(attack, range(len(QUERIES))))
    stop.set()
    friend.join()
    assert sorted(answers) == list(range(30))
    assert {reply.status for reply in answers.values()} <= {200, 400, 403, 413, 503}
    assert not [(reply.status, reply.body[:99], reply.seconds) for reply in good if reply.status != 200]
    assert len(good) > 4
    assert all(b"Traceback" not in reply.body and b"root:" not in reply.body for reply in answers.values())
    if os.environ.get("KG_CLOCK"):
        assert max(reply.seconds for reply in answers.values()) < DEADLINE + 0.5
    assert served.ask("GET", "/health").status == 200


def test_the_form_wanted_most_is_taken() -> None:
    offered = {"text/html": "html", "text/turtle": "ttl", "application/ld+json": "jsonld"}
    for accept, form in (
        ("", "html"), ("*/*", "html"), ("text/turtle, */*;q=0.1", "ttl"),
        ("text/*;q=0.2, application/ld+json", "jsonld"),
        ("text/html;q=0, */*", "ttl"), ("application/xhtml+xml", ""), ("text/turtle;q=x", ""), ("TEXT/TURTLE", "ttl"),
    ):  # fmt: skip
        assert preferred(accept, offered) == form


# ---------------------------------------------------------------------------------------------- hostile markup


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a store in which everything that has a name is named by markup."""
    base, dip = "https://w3id.org/diplomacy-kg/id/", "https://w3id.org/diplomacy-kg/ontology/"
    rdf, label = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#label"
    lines = set()
    for n, markup in enumerate(MARKUP):
        person, office, article = f"{base}person/p{n}", f"{base}office/o{n}", f"{base}article/{n:016}"
        tenure, passage, text = f"{base}tenure/p{n}--o{n}", f"{base}passage/{n:016}-0-9", ox.Literal(markup)
        lines |= {
            f"<{person}> <{rdf}type> <{dip}Person> .\n", f"<{person}> <{label}> {text} .\n",
            f"<{person}> <http://www.w3.org/2004/02/skos/core#altLabel> {text} .\n",
            f"<{person}> <http://www.w3.org/ns/prov#wasDerivedFrom> <{article}> .\n",
            f"<{office}> <{rdf}type> <{dip}Office> .\n", f"<{office}> <{label}> {text} .\n",
            f"<{tenure}> <{rdf}type> <{dip}Tenure> .\n", f"<{tenure}> <{dip}holder> <{person}> .\n",
            f"<{tenure}> <{dip}office> <{office}> .\n", f"<{tenure}> <{dip}start> {text} .\n",
            f"<{article}> <{rdf}type> <https://schema.org/NewsArticle> <{article}> .\n",
            f"<{article}> <{label}> {text} .\n", f"<{article}> <{label}> {text} <{article}> .\n",
            f"<{article}> <https://schema.org/headline> {text} <{article}> .\n",
            f"<{person}> <{rdf}type> <{dip}Person> <{article}> .\n",
            f"<{person}> <{dip}evidence> <{passage}> <{article}> .\n",
            f"<{passage}> <http://www.w3.org/ns/oa#exact> {text} <{article}> .\n",
            f"<{passage}> <http://www.w3.org/ns/oa#start> {ox.Literal(0)} <{article}> .\n",
            f"<{passage}> <http://www.w3.org/ns/oa#end> {ox.Literal(9)} <{article}> .\n",
        }  # fmt: skip
    path = tmp_path_factory.mktemp("marked") / "store"
    with Store.open(path, mode="write") as store:
        store.replace("".join(sorted(lines)).encode())
    with serving_store(path, "--rate", "0", "--title", MARKUP[0]) as server:
        yield server


@pytest.mark.parametrize("number", range(len(MARKUP)))
def test_markup_stays_text_in_whatever_is_answered(marked: Server, number: int) -> None:
    """Names, quotes, parameters and paths of hostile pages and requests come back as words, or not as a page."""
    markup = MARKUP[number]
    said = quote(markup, safe="")
    queries = urlencode({"queries": json.dumps({markup: {"query": markup}})})
    shown = 0
    for target in (
        f"/person/p{number}.html", f"/office/o{number}.html", f"/article/{number:016}.html", f"/person/{said}.html",
        f"/{said}", f"/{said}.html", f"/id/person/{said}", f"/id/{said}/x", f"/ontology/{said}", f"/assets/{said}.js",
        f"/reconcile/preview?id=person%2Fp{number}", f"/reconcile/preview?id={said}", f"/reconcile?{queries}",
        f"/reconcile/flyout/entity?id=person%2Fp{number}", f"/reconcile/suggest/entity?prefix={said}",
        f"/reconcile/suggest/{said}?prefix=x", f"/reconcile?{said}={said}", f"/reconcile/properties?type={said}",
        f"/query/{said}", f"/query/who-met.csv?person={said}", f"/query/who-met?{said}=x", f"/query/events.{said}",
        f"/sparql?query={said}", f"/sparql?{said}={said}", f"/graphs?graph={said}", f"/search.html?q={said}",
    ):  # fmt: skip
        reply = marked.ask("GET", target)
        assert reply.status < 500 and reply.headers["x-content-type-options"] == "nosniff"
        kind = reply.headers.get("content-type", "")
        if "flyout" in target and reply.status == 200:
            page = HTMLParser(json.loads(reply.body)["html"])
        elif kind.startswith("text/html"):
            page = HTMLParser(reply.body)
        else:
            assert kind.partition(";")[0] in ("", "text/plain", "application/json", "text/csv", "text/javascript",
                                              "application/sparql-results+json"), kind  # fmt: skip
            continue
        shown += markup in (page.body.text() if page.body else "")
        for node in page.css("*"):
            assert node.tag not in ("iframe", "img", "style", "base", "math", "object", "embed", "video", "textarea")
            assert not any(name.startswith("on") for name in node.attributes)
            assert not (node.attributes.get("href") or "").lstrip().lower().startswith(("javascript:", "data:"))
            if node.tag == "script" and not node.attributes.get("src"):
                assert node.attributes.get("type") == "application/ld+json" and json.loads(node.text())
            assert node.tag != "meta" or not node.attributes.get("http-equiv")
    assert shown > 1


# ---------------------------------------------------------------------------------------------- beginning and end


def named(name: str) -> bytes:
    """Return a graph of one person."""
    person, class_ = (
        "<https://w3id.org/diplomacy-kg/id/person/mallory>",
        "<https://w3id.org/diplomacy-kg/ontology/Person>",
    )
    rdf, rdfs = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
    return f'{person} <{rdfs}label> "{name}"@en .\n{person} <{rdf}type> {class_} .\n'.encode()


def test_a_store_that_is_built_anew_is_served_without_a_gap(tmp_path: Path) -> None:
    """Everybody is answered all the while, first from the old content and then from the new."""
    path, replies = tmp_path / "store", []
    with Store.open(path, mode="write") as store:
        store.replace(named("Old Mallory"))
    with serving_store(path, "--deadline", "2", "--rate", "0") as server:
        assert b"Old Mallory" in server.ask("GET", "/person/mallory.html").body
        assert b"Old Mallory" in server.ask("GET", "/reconcile/preview?id=person/mallory").body
        with Store.open(path, mode="write") as store:
            for name in ("Mallory of Late", "New Mallory"):
                store.replace(named(name))
                end = time.monotonic() + 300
                while time.monotonic() < end and name.encode() not in server.ask("GET", "/person/mallory.html").body:
                    replies.append(server.ask("GET", "/person/mallory.ttl"))
                    replies.append(server.sparql("ASK { ?s ?p ?o }"))
        assert b"New Mallory" in server.ask("GET", "/person/mallory.html").body
        assert b"New Mallory" in server.sparql("SELECT * { ?s ?p ?o }").body
        assert b"New Mallory" in server.ask("GET", "/reconcile/preview?id=person/mallory").body
        assert json.loads(server.ask("GET", "/health").body)["generation"] == 3
        assert b"kg_reloads_total 2" in server.ask("GET", "/metrics").body
        assert len(replies) > 2 and {reply.status for reply in replies} == {200}
        (path / LEDGER).write_text("{")
        end = time.monotonic() + 300
        while time.monotonic() < end and json.loads(server.ask("GET", "/health").body)["status"] == "ok":
            time.sleep(0.1)
        assert json.loads(server.ask("GET", "/health").body)["status"] == "stale"
        assert b"New Mallory" in server.ask("GET", "/person/mallory.html").body


def test_a_store_that_cannot_be_served_is_told_in_a_sentence(tmp_path: Path) -> None:
    other, empty = tmp_path / "other", tmp_path / "empty"
    with Store.open(other, mode="write") as store:
        store.replace(named("Mallory"))
    with Store.open(empty, mode="write"):
        pass
    damaged = tmp_path / "damaged"
    shutil.copytree(other, damaged)
    next((damaged / "generations").rglob("*.sst")).unlink()
    ledger = json.loads((other / LEDGER).read_text())
    (other / LEDGER).write_text(json.dumps(ledger | {"format": 1}))
    missing = tmp_path / "missing"
    for path, words in ((missing, "kg build"), (empty, "kg build"), (damaged, "kg check"), (other, "has format 1")):
        done = subprocess.run(
            [sys.executable, "-m", "kg", "serve", "--store", str(path), "--port", "0"],
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip
        assert done.returncode == 2 and done.stderr.count("\n") == 1 and "Traceback" not in done.stderr, done.stderr
        assert words in done.stderr, done.stderr


def test_what_keeps_a_server_from_beginning_is_told_in_a_sentence(sample_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for options, words in (
            (("--port", port), "give another --host or --port"),
            (("--host", "203.0.113.9"), "give another --host or --port"),
            (("--host", "no.such.host.invalid"), "give another --host or --port"),
            (("--port", "0", "--memory", "50"), "give more --memory"),
        ):
            done = subprocess.run(
                [sys.executable, "-m", "kg", "serve", "--store", str(sample_path), *options],
                capture_output=True, text=True, timeout=300,
            )  # fmt: skip
            assert done.returncode == 2 and done.stderr.count("\n") == 1 and words in done.stderr, done.stderr


def test_a_server_that_is_told_to_end_answers_first_what_it_was_asked(sample_path: Path) -> None:
    with running_store(sample_path, "--deadline", "2") as (process, server):
        query = f"SELECT (COUNT(*) AS ?n) {{ {CROSS} }}"
        asked = HTTPConnection("127.0.0.1", server.port)
        asked.request("POST", "/sparql", query, {"Content-Type": "application/sparql-query"})
        for _ in range(3):  # who asks later is answered: the query is under way
            assert server.ask("GET", "/health").status == 200
        process.send_signal(signal.SIGTERM)
        assert asked.getresponse().status == 503
        assert process.wait(300) in (0, -signal.SIGTERM)
