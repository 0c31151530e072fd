"""Reconciliation: names to things of a store, by the Reconciliation Service API 0.2, with clients of others."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7
from servers import Answered, Server, serving_store

from kg.linking.service import Query as Question
from kg.linking.service import Service as Client
from kg.reconciliation import BATCH, PROPERTIES, TYPES, RequestError, Service, SlowError, read_extension, read_queries
from kg.reconciliation.protocol import Condition, Query
from kg.store import Store
from kg.transport import Transport

SUITE = Path(__file__).parent.parent.parent / "shared" / "suites" / "reconciliation" / "0.2"
PEERS = os.environ.get("KG_PEERS")
DIP, SKOS = "https://w3id.org/diplomacy-kg/ontology/", "http://www.w3.org/2004/02/skos/core#"
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


@pytest.fixture(scope="module")
def served(built_path: Path) -> Iterator[Server]:
    with serving_store(built_path, "--deadline", "60", "--rate", "0") as server:
        yield server


@pytest.fixture(scope="module")
def service(built_path: Path) -> Iterator[Service]:
    with Store.open(built_path) as store:
        yield Service(store)


def valid(name: str, document: Any) -> Any:
    """Return a document that is valid against a schema of the suite."""
    if not SUITE.is_dir():
        pytest.skip("../shared/suites is absent: NOTHING WAS VALIDATED AGAINST THE API'S SCHEMAS")
    schemas = [json.loads(file.read_text("utf-8")) for file in sorted((SUITE / "schemas").glob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (schema["$id"], DRAFT7.create_resource(schema)) for schema in schemas if "$id" in schema
    )
    schema = json.loads((SUITE / "schemas" / f"{name}.json").read_text("utf-8"))
    found = [error.message for error in Draft7Validator(schema, registry=registry).iter_errors(document)]
    assert not found
    return document


def reconciled(served: Server, queries: Any, method: str = "POST") -> Answered:
    form = urlencode({"queries": queries if isinstance(queries, str) else json.dumps(queries)})
    if method == "GET":
        return served.ask("GET", f"/reconcile?{form}")
    return served.ask("POST", "/reconcile", form.encode(), Content_Type="application/x-www-form-urlencoded")


def ask(service: Service, text: str = "", type_: str = "", /, **given: Any) -> list[dict[str, Any]]:
    properties = [Condition(pid, value) for pid, value in given.items()]
    found: list[dict[str, Any]] = service.reconcile(
        {"q": Query(query=text, type=type_, properties=properties)}, seconds=30
    )["q"]["result"]
    return found


def matched(found: list[dict[str, Any]]) -> str:
    """Return what is safe to take."""
    assert not any(one["match"] for one in found[1:])
    return found[0]["id"] if found and found[0]["match"] else ""


# ---------------------------------------------------------------------------------------------- matching


@pytest.mark.parametrize(
    ("text", "type_", "given", "expected"),
    [
        ("Xi Jinping", "", {}, "person/xi-jinping"),
        ("XI  JINPING", "person", {}, "person/xi-jinping"),
        ("Jinping Xi", "person", {}, "person/xi-jinping"),
        ("Blinken, Antony", "person", {}, "person/antony-blinken"),
        ("习近平", "", {}, "person/xi-jinping"),
        ("Nguyen Phu Trong", "", {}, "person/nguyen-phu-trong"),
        ("Nguyễn Phú Trọng", "", {}, "person/nguyen-phu-trong"),
        ("Tony Blinken", "", {}, "person/antony-blinken"),
        ("President Joe Biden", "", {}, "person/joe-biden"),
        ("Joe Biden", "person", {"office": "President", "date": "2023-09-10"}, "person/joe-biden"),
        ("Joe Biden", "person", {"country": "United States"}, "person/joe-biden"),
        ("Joe Biden", "person", {"country": {"id": "country/us", "name": "United States"}}, "person/joe-biden"),
        ("person/joe-biden", "", {}, "person/joe-biden"),
        ("President of Vietnam", "", {}, "office/president-vn"),
        ("Vietnamese President", "office", {}, "office/president-vn"),
        ("Foreign Minister of China", "office", {}, "office/minister-of-foreign-affairs-cn"),
        ("President", "office", {"country": "Viet Nam"}, "office/president-vn"),
        ("Viet Nam", "country", {}, "country/vn"),
        ("VN", "", {}, "country/vn"),
        ("ASEAN", "", {}, "organisation/asean"),
        ("United Nations", "organisation", {}, "organisation/un"),
    ],
)  # fmt: skip
def test_what_is_beyond_doubt_is_a_match(
    service: Service, text: str, type_: str, given: dict[str, Any], expected: str
) -> None:
    assert matched(ask(service, text, type_, **given)) == expected


@pytest.mark.parametrize(
    ("text", "type_", "given", "first"),
    [
        ("Xi Jingping", "", {}, "person/xi-jinping"),  # a slip of the pen
        ("Antony Blinkin", "person", {}, "person/antony-blinken"),
        ("Biden", "person", {}, "person/joe-biden"),  # a surname is no full name
        ("Biden", "person", {"office": "President of the United States"}, "person/joe-biden"),
        ("President", "office", {}, "office/president-"),  # of which country?
        ("Joe Biden", "person", {"office": "President of Vietnam"}, "person/joe-biden"),  # he was not
        ("Joe Biden", "person", {"office": "President", "date": "2019"}, "person/joe-biden"),  # not that year
        ("Joe Biden", "person", {"country": "Vietnam"}, "person/joe-biden"),
    ],
)
def test_what_is_doubtful_is_offered_and_no_match(
    service: Service, text: str, type_: str, given: dict[str, Any], first: str
) -> None:
    found = ask(service, text, type_, **given)
    assert matched(found) == "" and found[0]["id"].startswith(first)


def test_what_nothing_is_like_has_no_candidates(service: Service) -> None:
    for text in ("Zqxv Wkjh", "<script>alert(1)</script>", "…", "𓀀𓀁", "a" * 900, "x " * 450):
        assert ask(service, text) == []
    assert ask(service, "Xi Jinping", "country") == []


def test_an_office_and_a_day_lead_to_the_holder(service: Service) -> None:
    found = ask(service, "", "person", office="President of Vietnam", date="2020-01-01")
    assert found[0]["id"] == "person/nguyen-phu-trong"
    features = {one["id"]: one["value"] for one in found[0]["features"]}
    assert features["office"] == features["date"] == 1
    assert matched(ask(service, "", wikidata=service.entities.all["person/joe-biden"].wikidata)) == "person/joe-biden"


def namesakes(*extra: str) -> Service:
    """Return the service of a store of two Jane Roes, foreign ministers of A-Land and B-Land."""
    base = "https://w3id.org/diplomacy-kg/id/"
    lines = []
    for n, (country, code) in enumerate((("A-Land", "QA"), ("B-Land", "QB"))):
        person, office, place = f"{base}person/roe-{n}", f"{base}office/fm-{n}", f"{base}country/{code.lower()}"
        tenure = f"{base}tenure/roe-{n}--fm-{n}"
        lines += [
            f'<{person}> <{RDF_TYPE}> <{DIP}Person>', f'<{person}> <{RDFS_LABEL}> "Jane Roe"@en',
            f'<{place}> <{RDF_TYPE}> <https://schema.org/Country>', f'<{place}> <{RDFS_LABEL}> "{country}"@en',
            f'<{place}> <{SKOS}notation> "{code}"', f"<{office}> <{RDF_TYPE}> <{DIP}Office>",
            f'<{office}> <{RDFS_LABEL}> "Foreign Minister of {country}"@en', f"<{office}> <{DIP}of> <{place}>",
            f'<{office}> <{DIP}title> "Foreign Minister"@en', f"<{tenure}> <{RDF_TYPE}> <{DIP}Tenure>",
            f"<{tenure}> <{DIP}holder> <{person}>", f"<{tenure}> <{DIP}office> <{office}>",
            f'<{tenure}> <{DIP}start> "20{n}1-01"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
            f'<{tenure}> <{DIP}end> "20{n}3-12"^^<http://id.loc.gov/datatypes/edtf/EDTF>',
        ]  # fmt: skip
    store = Store.in_memory("".join(f"{line} .\n" for line in [*lines, *extra]).encode())
    return Service(store)


def test_namesakes_are_no_match_unless_something_tells_them_apart() -> None:
    service = namesakes()
    assert matched(ask(service, "Jane Roe")) == ""
    assert [one["score"] for one in ask(service, "Jane Roe")] == [100, 100]
    assert matched(ask(service, "Jane Roe", country="B-Land")) == "person/roe-1"
    assert matched(ask(service, "Jane Roe", country="QA")) == "person/roe-0"
    assert matched(ask(service, "Jane Roe", office="Foreign Minister of B-Land")) == "person/roe-1"
    assert matched(ask(service, "Jane Roe", office="Foreign Minister")) == ""
    assert matched(ask(service, "Jane Roe", office="Foreign Minister of A-Land", date="2002")) == "person/roe-0"
    assert matched(ask(service, "Jane Roe", date="2012-06-30")) == "person/roe-1"
    assert matched(ask(service, "Jane Roe", office="Foreign Minister of A-Land", date="2012")) == ""
    assert matched(ask(service, "Jane Roe", wikidata="Q1")) == ""


def test_a_third_of_whom_nothing_is_known_stays_a_rival() -> None:
    third = "https://w3id.org/diplomacy-kg/id/person/roe-2"
    service = namesakes(f"<{third}> <{RDF_TYPE}> <{DIP}Person>", f'<{third}> <{RDFS_LABEL}> "Jane Roe"@en')
    assert matched(ask(service, "Jane Roe", country="B-Land")) == ""


def test_a_name_that_was_replaced_stands_for_its_successor() -> None:
    base = "https://w3id.org/diplomacy-kg/id/"
    service = namesakes(f"<{base}person/old> <http://purl.org/dc/terms/isReplacedBy> <{base}person/roe-1>")
    assert service.entities.find("person/old") == service.entities.find(f"{base}person/roe-1")
    assert service.extend(read_extension('{"ids":["person/old"],"properties":[{"id":"office"}]}'), 5)["rows"] == {
        "person/old": {"office": [{"id": "office/fm-1", "name": "Foreign Minister of B-Land"}]}
    }


def test_a_batch_that_takes_too_long_is_given_up(service: Service) -> None:
    with pytest.raises(SlowError):
        service.reconcile({"a": Query(query="Xi Jinping")}, seconds=-1)


# ---------------------------------------------------------------------------------------------- the protocol


def test_the_manifest_is_valid_and_its_addresses_answer(served: Server) -> None:
    reply = served.ask("GET", "/reconcile", Origin="https://example.org")
    manifest = valid("manifest", json.loads(reply.body))
    assert reply.headers["access-control-allow-origin"] == "*" and "callback" not in reply.body.decode()
    assert {one["id"] for one in manifest["defaultTypes"]} == set(TYPES)
    here = f"http://127.0.0.1:{served.port}"
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert template.startswith(here)
        target = template.removeprefix(here).replace("{{id}}", quote("person/xi-jinping", safe=""))
        assert served.ask("GET", target).status in (200, 303)
    for kind, prefix, id_ in (("entity", "xi", "person/xi-jinping"), ("property", "off", "office"),
                              ("type", "per", "person")):  # fmt: skip
        where = manifest["suggest"][kind]
        target = f"{where['service_url']}{where['service_path']}".removeprefix(here)
        name = {"entity": "suggest-entities-response", "property": "suggest-properties-response",
                "type": "suggest-types-response"}[kind]  # fmt: skip
        found = valid(name, json.loads(served.ask("GET", f"{target}?prefix={prefix}").body))
        assert found["result"][0]["id"] == id_
        target = f"{where['flyout_service_url']}{where['flyout_service_path']}".removeprefix(here)
        shown = json.loads(served.ask("GET", target.replace("${id}", quote(id_, safe=""))).body)
        assert shown["id"] == id_ and shown["html"].startswith("<p>")
    where = manifest["extend"]["propose_properties"]
    target = f"{where['service_url']}{where['service_path']}?type=person".removeprefix(here)
    found = valid("data-extension-property-proposal", json.loads(served.ask("GET", target).body))
    assert {one["id"] for one in found["properties"]} >= {"office", "country", "wikidata"}


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_batch_is_answered_query_by_query(served: Server, method: str) -> None:
    queries = {
        "q0": {"query": "Xi Jinping", "type": "person", "type_strict": "should", "limit": 3,
               "properties": [{"pid": "country", "v": ["China", {"id": "country/cn"}]}, {"pid": "date", "v": 2023}]},
        "q1": {"query": "Viet Nam", "type": ["country", "place"]},
        "nobody": {"query": "Zqxv Wkjh"},
        "both": {"query": "Viet Nam", "type": ["country", "place"], "type_strict": "all"},
    }  # fmt: skip
    reply = reconciled(served, queries, method)
    found = valid("reconciliation-result-batch", json.loads(reply.body))
    assert list(found) == list(queries) and reply.headers["content-type"].startswith("application/json")
    assert [found[name]["result"][:1] != [] for name in queries] == [True, True, False, False]
    best = found["q0"]["result"][0]
    assert best["match"] is True and best["type"] == [{"id": "person", "name": "Person"}]
    assert "President of China" in best["description"]


def test_data_extension_gives_values_of_entities(served: Server) -> None:
    asked = {
        "ids": ["person/xi-jinping", "country/vn", "person/nobody"],
        "properties": [{"id": "office", "settings": {"limit": "1"}}, {"id": "wikidata"}, {"id": "code"},
                       {"id": "articles"}, {"id": "name"}],
    }  # fmt: skip
    form = urlencode({"extend": json.dumps(asked)}).encode()
    kind = "application/x-www-form-urlencoded"
    found = valid("data-extension-response", json.loads(served.ask("POST", "/reconcile", form, Content_Type=kind).body))
    assert list(found["rows"]) == asked["ids"]
    assert found["rows"]["person/xi-jinping"]["office"] == [{"id": "office/president-cn", "name": "President of China"}]
    assert found["rows"]["country/vn"]["code"] == [{"str": "VN"}] and found["rows"]["country/vn"]["office"] == []
    assert found["rows"]["person/nobody"] == {one["id"]: [] for one in asked["properties"]}  # type: ignore[index]
    assert found["meta"][0] == {"id": "office", "name": "office held", "type": {"id": "office", "name": "Office"}}


def test_every_property_of_every_entity_can_be_had(service: Service) -> None:
    asked = {"ids": list(service.entities.all), "properties": [{"id": pid} for pid in PROPERTIES]}
    found = valid("data-extension-response", service.extend(read_extension(json.dumps(asked)), 30))
    assert {pid for row in found["rows"].values() for pid, values in row.items() if values} == set(PROPERTIES)


def test_a_preview_can_be_framed_and_has_no_script(served: Server) -> None:
    reply = served.ask("GET", "/reconcile/preview?id=person%2Fxi-jinping")
    assert (
        reply.status == 200 and b"<h1>" in reply.body and b"<script" not in reply.body and b"style=" not in reply.body
    )
    policy = reply.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "script-src" not in policy and "default-src 'none'" in policy
    assert b'href="../person/xi-jinping.html"' in reply.body and b'href="../assets/site.css"' in reply.body
    assert "frame-ancestors 'none'" in served.ask("GET", "/").headers["content-security-policy"]


def test_queries_of_the_suite_are_taken_and_refused_as_it_has_them() -> None:
    if not SUITE.is_dir():
        pytest.skip("../shared/suites is absent: ITS EXAMPLES WERE NOT READ")
    examples = SUITE / "examples" / "reconciliation-query-batch"
    for file in sorted((examples / "invalid").iterdir()):
        with pytest.raises(RequestError):
            read_queries(file.read_text("utf-8"))
    for file in sorted((examples / "valid").iterdir()):
        try:
            assert read_queries(file.read_text("utf-8"))
        except RequestError as error:  # types and properties of other services
            assert "there is no" in str(error)


BROKEN = (
    ("queries", "", "not JSON"), ("queries", "{", "not JSON"), ("queries", "[]", "not JSON"),
    ("queries", '{"q":{"query":1}}', "not JSON"), ("queries", '{"q":{"qeury":"x"}}', "not JSON"),
    ("queries", '{"q":{"query":" "}}', "neither"), ("queries", '{"q":{"query":"x","type":"Q5"}}', "no type"),
    ("queries", '{"q":{"query":"x","properties":[{"pid":"P39","v":"x"}]}}', "no property"),
    ("queries", '{"q":{"query":"x","limit":0}}', "1 or more"),
    ("queries", '{"q":{"query":"x","limit":-1e9}}', "1 or more"),
    ("queries", '{"q":{"query":"x","type_strict":"maybe"}}', "not JSON"),
    ("queries", json.dumps({"q": {"query": "x" * 1001}}), "longer than"),
    ("queries", json.dumps({str(n): {"query": "x"} for n in range(BATCH + 1)}), f"{BATCH} queries"),
    ("queries", '{"q":{"query":"x","properties":' + "[" * 5000, "not JSON"),
    ("queries", '{"q":{"query":"\\ud800"}}', "not JSON"),
    ("extend", "{}", "not JSON"), ("extend", '{"ids":["a"],"properties":[{"id":"P39"}]}', "no property"),
    ("extend", json.dumps({"ids": ["a"] * 1001, "properties": []}), "1,000 ids"),
    ("extend", '{"ids":[1],"properties":[]}', "not JSON"), ("other", "x", "send the parameter"),
)  # fmt: skip


@pytest.mark.parametrize(("name", "value", "words"), BROKEN)
def test_what_is_broken_is_refused_in_one_sentence(served: Server, name: str, value: str, words: str) -> None:
    form = urlencode({name: value}).encode()
    reply = served.ask("POST", "/reconcile", form, Content_Type="application/x-www-form-urlencoded")
    assert reply.status == 400 and words in reply.body.decode() and reply.body.count(b"\n") == 1
    assert reply.headers["content-type"].startswith("text/plain") and len(reply.body) < 400


def test_requests_that_are_none_are_refused(served: Server) -> None:
    for method, target, body, kind, status in (
        ("POST", "/reconcile", b"{}", "application/json", 415),
        ("POST", "/reconcile", b"queries=%7B%7D&queries=%7B%7D", "application/x-www-form-urlencoded", 400),
        ("POST", "/reconcile", b"queries=%7B%7D&extend=%7B%7D", "application/x-www-form-urlencoded", 400),
        ("POST", "/reconcile", b"queries=%FF", "application/x-www-form-urlencoded", 400),
        ("POST", "/reconcile", b"queries=" + b"x" * 1_100_000, "application/x-www-form-urlencoded", 413),
        ("PUT", "/reconcile", b"", "text/plain", 405),
        ("GET", "/reconcile/suggest/entity", None, "", 400),
        ("GET", "/reconcile/suggest/entity?prefix=x&cursor=-1", None, "", 400),
        ("GET", "/reconcile/suggest/entity?prefix=x&type=none", None, "", 400),
        ("GET", "/reconcile/suggest/thing?prefix=x", None, "", 404),
        ("GET", "/reconcile/flyout/entity?id=person%2Fnobody", None, "", 404),
        ("GET", "/reconcile/preview?id=%3Cscript%3E", None, "", 404),
        ("GET", "/reconcile/preview?idd=x", None, "", 400),
        ("GET", "/reconcile/properties?limit=x", None, "", 400),
        ("GET", "/reconcile/properties?type=x", None, "", 400),
    ):
        reply = served.ask(method, target, body, Content_Type=kind)
        assert reply.status == status and reply.body.count(b"\n") <= 1 and b"Traceback" not in reply.body, target


# ---------------------------------------------------------------------------------------------- clients


def test_our_own_client_matches_through_the_server(served: Server) -> None:
    client = Client.connect(f"http://127.0.0.1:{served.port}/reconcile", Transport())
    answers = client.ask([Question("Xi Jinping", type="person"), Question("Zqxv Wkjh")])
    assert answers[0].candidates[0].id == "person/xi-jinping" and not answers[1].candidates
    assert client.iri("person/xi-jinping") == "https://w3id.org/diplomacy-kg/id/person/xi-jinping"
    assert client.look_up("person/xi-jinping") == ""


RECONCILER = """
import json, sys
import pandas
import reconciler
names = json.load(sys.stdin)
found = reconciler.reconcile(pandas.Series(names), type_id="person", reconciliation_endpoint=sys.argv[1])
json.dump({row["input_value"]: [row["id"], bool(row["match"])] for _, row in found.iterrows()}, sys.stdout)
"""


def test_a_client_of_others_matches_all_people_of_the_samples(served: Server, service: Service) -> None:
    if not PEERS:
        pytest.skip("set KG_PEERS to an environment with tests/peers.txt")
    people = {one.name: one.id for one in service.entities.all.values() if one.type == "person"}
    done = subprocess.run(
        [f"{Path(PEERS).absolute()}/bin/python", "-c", RECONCILER, f"http://127.0.0.1:{served.port}/reconcile"],
        input=json.dumps(list(people)), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: [id_, True] for name, id_ in people.items()}
