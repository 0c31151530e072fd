"""Linking: what a service's answers become, what bad services cannot do, deciding by hand, and giving back."""

import csv
import json
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from kg import linking
from kg.authority import Authority
from kg.cli import main
from kg.engines import build
from kg.errors import KgError, LinkError
from kg.judgements import EXACT_MATCH, NO_TERM, Judgements, load
from kg.linking.service import Manifest, Query, read_manifest, read_result
from kg.linking.unlinked import Fact, Thing, question
from kg.store import Store
from kg.transport import USER_AGENT

ROOT = Path(__file__).parent.parent
PEERS = os.environ.get("KG_PEERS")
TODAY = date(2026, 11, 22)
PEOPLE = "https://w3id.org/diplomacy-kg/id/person/"
ITEMS = "http://www.wikidata.org/entity/"
HELD_BACK = ("xi-jinping", "to-lam", "nguyen-phu-trong", "pham-minh-chinh", "narendra-modi")
ORGANISATION = "organisation/asean"


# ---------------------------------------------------------------------------------------------- a service to order


class Fake:
    """A service on loopback that answers as told; ``script`` holds answers that come first, one a POST."""

    def __init__(self) -> None:
        self.candidates: dict[str, list[Any]] = {}
        self.script: list[Callable[[BaseHTTPRequestHandler], None]] = []
        self.manifest: Any = {"versions": ["0.2"], "name": "Fake", "schemaSpace": "http://localhost/schema"}
        self.manifest |= {"identifierSpace": "http://localhost/ids"}
        self.entities: dict[str, tuple[int, Mapping[str, str], bytes]] = {}
        self.queries: list[dict[str, Any]] = []
        self.agents: set[str] = set()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.rpartition("/")[2]
                reply(self, *fake.entities.get(name, (200, {}, json.dumps(fake.manifest).encode())))

            def do_POST(self) -> None:
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                fake.agents.add(self.headers["User-Agent"])
                (fake.script.pop(0) if fake.script else fake.answer(json.loads(form["queries"][0])))(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/reconcile"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, batch: dict[str, Any]) -> Callable[[BaseHTTPRequestHandler], None]:
        self.queries += batch.values()
        found = {key: {"result": self.candidates.get(query["query"], [])} for key, query in batch.items()}
        return lambda handler: reply(handler, 200, {}, json.dumps(found).encode())


def reply(handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in ({"Content-Type": "application/json", "Content-Length": str(len(body))} | dict(headers)).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def always(status: int, headers: Mapping[str, str], body: bytes) -> list[Callable[[BaseHTTPRequestHandler], None]]:
    return [lambda handler: reply(handler, status, headers, body)] * 9


@pytest.fixture
def fake() -> Iterator[Fake]:
    service = Fake()
    yield service
    service.server.shutdown()
    service.server.server_close()


def candidate(item: str, name: str, score: Any = 100, **more: Any) -> dict[str, Any]:
    return {"id": item, "name": name, "score": score, "match": False, "type": [], **more}


def person(name: str, **more: Any) -> Thing:
    return Thing(PEOPLE + name.lower().replace(" ", "-"), "person", name, (name,), **more)


class Work:
    """A folder with the files of linking, and what a linker told and waited."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.path, self.review = folder / "judgements.sssom.tsv", folder / "judgements.review.tsv"
        self.waits: list[float] = []

    def link(self, *things: Thing, taken: Mapping[str, str] | None = None, deadline: float = 60) -> linking.Report:
        transport = linking.Transport(sleep=self.waits.append, deadline=deadline, timeout=60, jitter=lambda: 0)
        cache = linking.Cache(self.folder / "cache", self.url)
        linker = linking.Linker(
            service=linking.Service.connect(self.url, transport, cache),
            judgements=load(self.path) if self.path.exists() else Judgements(),
            path=self.path,
            review=self.review,
            on=TODAY,
            words=Authority.load().name_words,
            taken=dict(taken or {}),
            tell=lambda message: None,
        )
        return linker.link(things)

    @property
    def links(self) -> dict[str, str]:
        """The items accepted so far, by the label of the thing."""
        rows = load(self.path).rows if self.path.exists() else []
        return {row.slots["subject_label"]: row.object.removeprefix(ITEMS) for row in rows if row.joins}

    @property
    def reasons(self) -> dict[str, str]:
        """Why things wait, by label."""
        return {item.label: item.reason for item in linking.load_items(self.review)}


@pytest.fixture
def work(tmp_path: Path, fake: Fake) -> Work:
    return Work(tmp_path, fake.url)


# ---------------------------------------------------------------------------------------------- what is accepted


def test_a_candidate_beyond_doubt_becomes_a_judgement_with_score_and_service(work: Work, fake: Fake) -> None:
    fake.candidates["Jane Roe"] = [candidate("Q99999999991", "Jane Roe"), candidate("Q99999999992", "Jane Rowe", 94)]
    report = work.link(person("Jane Roe"))
    assert report.accepted == ["Jane Roe is Q99999999991 (Jane Roe, score 100)"]
    (row,) = load(work.path).rows
    assert row.object == f"{ITEMS}Q99999999991"
    assert row.slots["mapping_justification"] == "semapv:LexicalMatching"
    assert row.slots["mapping_provider"] == fake.url
    assert row.slots["confidence"] == "1"
    assert row.slots["mapping_date"] == "2026-11-22"
    assert row.slots["comment"] == "score 100 from Fake"
    assert fake.agents == {USER_AGENT}


@pytest.mark.parametrize(
    ("name", "candidates", "reason"),
    [
        ("Jane Roe", [], "no candidate"),
        ("Jane Roe", [candidate("Q1", "Jane Roe", 94.9)], "the best score, 94.9, is below 95"),
        ("Jane Roe", [candidate("Q1", "Jane Roe", 0.99)], "the best score, 0.99, is below 95"),
        ("Jane Roe", [candidate("Q1", "Jane Roe"), candidate("Q2", "Jane Roe")], "several candidates score 100"),
        ("Jane Roe", [candidate("Q1", "John Doe")], "it is called 'John Doe' there"),
        ("Jane Roe", [candidate("Q1", "Jane R\u043ee")], "it is called"),  # a Cyrillic o
        ("Roe", [candidate("Q1", "Roe")], "one word is no full name"),
        ("Jane Roe", [candidate("Q7", "Jane Roe")], "Q7 is somebody-else already"),
        ("Jane Roe", [candidate("Q7> <x:y", "Jane Roe")], "no candidate"),
    ],
)
def test_what_leaves_a_doubt_waits_with_the_reason(
    name: str, candidates: list[Any], reason: str, work: Work, fake: Fake
) -> None:
    fake.candidates[name] = candidates
    work.link(person(name), taken={f"{ITEMS}Q7": f"{PEOPLE}somebody-else"})
    assert work.links == {}
    assert work.reasons[name].startswith(reason)


def test_a_name_in_dispute_waits(work: Work, fake: Fake) -> None:
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe")]
    work.link(person("Jane Roe", disputed=True))
    assert work.reasons == {"Jane Roe": "an article gives this name where who is who has another"}


def test_spellings_order_and_initials_of_people_agree(work: Work, fake: Fake) -> None:
    fake.candidates |= {
        "Vo Van Thuong": [candidate("Q1", "Võ Văn Thưởng")],
        "Abe Shinzo": [candidate("Q2", "Shinzo Abe")],
    }
    work.link(person("Vo Van Thuong"), person("Abe Shinzo"))
    assert work.links == {"Vo Van Thuong": "Q1", "Abe Shinzo": "Q2"}


def test_two_things_never_get_one_item(work: Work, fake: Fake) -> None:
    fake.candidates |= {name: [candidate("Q1", "Jane Roe")] for name in ("Jane Roe", "Jane A. Roe")}
    work.link(person("Jane Roe"), person("Jane A. Roe"))
    assert work.links == {"Jane Roe": "Q1"}
    assert work.reasons == {"Jane A. Roe": "Q1 is jane-roe already"}


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        ((404, {}, b""), "it is gone"),
        ((410, {}, b""), "it is gone"),
        ((301, {"Location": "/entity/Q12"}, b""), "it redirects to"),
        ((200, {}, b'{"entities": {"Q2": {"id": "Q2"}}}'), "it redirects to Q2"),
        ((403, {}, b""), "looking it up gives status 403"),
        ((503, {}, b""), "it could not be looked up"),
    ],
)
def test_an_item_that_is_gone_or_redirected_is_not_accepted(entity: Any, reason: str, work: Work, fake: Fake) -> None:
    fake.manifest["view"] = {"url": fake.url.replace("reconcile", "entity/{{id}}")}
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe")]
    fake.entities |= {"Q1": entity, "Q12": (200, {}, b"<html>")}
    work.link(person("Jane Roe"))
    assert work.links == {}
    assert reason in work.reasons["Jane Roe"]


@pytest.mark.parametrize("body", [b"<html>", b'{"entities": {"Q1": {}}}', b"[]"])
def test_an_item_that_is_there_is_accepted(body: bytes, work: Work, fake: Fake) -> None:
    fake.manifest["view"] = {"url": fake.url.replace("reconcile", "entity/{{id}}")}
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe")]
    fake.entities["Q1"] = (200, {}, body)
    work.link(person("Jane Roe"))
    assert work.links == {"Jane Roe": "Q1"}


def test_what_is_judged_is_not_asked_again_and_what_is_denied_not_proposed(work: Work, fake: Fake) -> None:
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe"), candidate("Q2", "Jane Roe")]
    judgements = Judgements()
    justified = {"mapping_justification": "semapv:ManualMappingCuration", "subject_label": "x"}
    judgements.add(f"{PEOPLE}jane-roe", EXACT_MATCH, f"{ITEMS}Q1", predicate_modifier="Not", **justified)
    judgements.add(f"{PEOPLE}ann-poe", EXACT_MATCH, NO_TERM, **justified)
    judgements.add(f"{PEOPLE}ben-coe", EXACT_MATCH, f"{ITEMS}Q3", **justified)
    judgements.save(work.path)
    work.link(person("Jane Roe"), person("Ann Poe"), person("Ben Coe"))
    assert [query["query"] for query in fake.queries] == ["Jane Roe"]
    assert work.links["Jane Roe"] == "Q2"


def test_names_of_one_letter_are_not_asked_for(work: Work, fake: Fake) -> None:
    report = work.link(person("X"), person("."), person("7"))
    assert report.nameless == ["X", ".", "7"]
    assert fake.queries == []


# ---------------------------------------------------------------------------------------------- bad services


def half(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Length": "900"}, b'{"q0": {"result": [')
    handler.close_connection = True


def drip(handler: BaseHTTPRequestHandler) -> None:
    reply(handler, 200, {"Content-Length": "900"}, b"")
    for _ in range(40):
        time.sleep(0.05)
        handler.wfile.write(b" ")
        handler.wfile.flush()


def hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)
    handler.close_connection = True


BAD = {
    "busy": (always(429, {}, b""), "status 429"),
    "busy for a day": (always(429, {"Retry-After": "86400"}, b""), " and asks to wait "),
    "broken": (always(500, {}, b"oops"), "status 500"),
    "half an answer": ([half] * 9, "stops half-way"),
    "hangs up": ([hang_up] * 9, "breaks the connection off"),
    "a page": (always(200, {"Content-Type": "text/html"}, b"<html>"), "answered with text/html that is no JSON"),
    "nothing": (always(200, {}, b""), "answered with nothing"),
    "garbled": (always(200, {"Content-Encoding": "gzip"}, b"no gzip"), "garbled"),
    "a list": (always(200, {}, b"[]"), "answered with a list"),
    "nested": (always(200, {}, b"[" * 10**5), "no JSON"),
    "moved": (always(308, {"Location": "http://x.example/"}, b""), "has moved to http://x.example/"),
    "forbidden": (always(403, {}, b""), "status 403"),
    "endless": (always(200, {}, b" " * (17 << 20)), "longer than 16 MB"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_service_costs_one_sentence_and_no_work(case: str, work: Work, fake: Fake) -> None:
    fake.candidates = {f"Jane Roe{n}": [candidate(f"Q{n + 1}", f"Jane Roe{n}")] for n in range(25)}
    script, problem = BAD[case]
    things = [person(name) for name in fake.candidates]
    work.link(*things[:10])
    fake.script = list(script)
    with pytest.raises(KgError) as raised:
        work.link(*things)
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)
    assert len(work.links) == 10
    fake.script = []
    work.link(*things)
    assert len(work.links) == 25


def test_a_server_that_drips_is_left_at_the_deadline(work: Work, fake: Fake) -> None:
    fake.script = [drip] * 9
    with pytest.raises(KgError, match=r"took longer|in time"):  # before it stops half-way
        work.link(person("Jane Roe"), deadline=0.5)


def test_a_service_that_recovers_is_asked_again_when_it_says(work: Work, fake: Fake) -> None:
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe")]
    fake.script = [*always(429, {"Retry-After": "7"}, b"")[:1], *always(503, {}, b"")[:1], half]
    work.link(person("Jane Roe"))
    assert work.links == {"Jane Roe": "Q1"}
    assert work.waits == [7, 1, 2]


@pytest.mark.parametrize(
    ("result", "problem"),
    [
        (None, "there is no result for it"),
        ({}, "there is no result for it"),
        ({"result": {}}, "there is no result for it"),
        ({"result": ["Q1"]}, "a candidate is no object"),
        ({"result": [candidate("Q1", "A"), {"name": "A", "score": 1}]}, "a candidate has no id"),
        ({"result": [candidate("", "A")]}, "a candidate has no id"),
        ({"result": [candidate("Q1", "A", "100")]}, "the score of Q1 is no number"),
        ({"result": [candidate("Q1", "A", True)]}, "the score of Q1 is no number"),
        ({"result": [candidate("Q1", "A", float("nan"))]}, "the score of Q1 is no number"),
        ({"result": [{"id": "Q1", "score": 100}]}, "the candidate Q1 has no name"),
    ],
)
def test_one_broken_candidate_makes_the_whole_answer_useless(result: Any, problem: str) -> None:
    assert read_result(result).problem == problem


def test_an_answer_that_cannot_be_used_is_told_and_not_kept(work: Work, fake: Fake) -> None:
    fake.candidates |= {"Jane Roe": [candidate("Q1", "Jane Roe", "100")], "Ann Poe": [candidate("Q2", "Ann Poe")]}
    report = work.link(person("Jane Roe"), person("Ann Poe"))
    assert report.unusable == ["the answer for Jane Roe cannot be used: the score of Q1 is no number"]
    assert work.links == {"Ann Poe": "Q2"}
    fake.candidates["Jane Roe"] = [candidate("Q1", "Jane Roe")]
    work.link(person("Jane Roe"))
    assert work.links == {"Ann Poe": "Q2", "Jane Roe": "Q1"}


def test_what_was_answered_once_comes_from_the_cache_even_a_torn_one(work: Work, fake: Fake) -> None:
    work.link(person("Jane Roe"))
    (cache,) = (work.folder / "cache").iterdir()
    cache.write_bytes(cache.read_bytes() + b'["torn", {"candi')
    work.link(person("Jane Roe"))
    assert len(fake.queries) == 1


@pytest.mark.parametrize(
    ("manifest", "problem"),
    [
        ([], "no manifest"),
        ({"name": "x"}, "no identifierSpace, schemaSpace"),
        ({"versions": ["1.0"]}, "speaks version"),
        ({"versions": "0.2"}, "speaks version"),
        ({"authentication": {"type": "apiKey"}}, "asks for a key"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(manifest: Any, problem: str) -> None:
    whole = {"name": "x", "identifierSpace": "http://x/", "schemaSpace": "http://x/"}
    given = manifest if not manifest or list(manifest) == ["name"] else whole | manifest
    with pytest.raises(LinkError, match=problem):
        read_manifest(given, "http://x/")


def test_a_manifest_of_0_1_names_no_version() -> None:
    whole = {
        "name": "x",
        "identifierSpace": "http://x/",
        "schemaSpace": "http://x/",
        "view": {"url": "javascript:{{id}}"},
    }
    assert read_manifest(whole, "http://x/").versions == ("0.1",)
    assert read_manifest(whole, "http://x/").view == ""


# ---------------------------------------------------------------------------------------------- what is asked


def manifest(**changes: Any) -> Manifest:
    given: dict[str, Any] = {
        "name": "x",
        "identifier_space": "http://x/",
        "schema_space": "http://x/",
        "versions": ("0.2",),
    }
    return Manifest(**(given | changes))


def test_wikidata_is_asked_with_its_own_types_and_properties() -> None:
    wikidata = manifest(identifier_space=ITEMS, schema_space="http://www.wikidata.org/prop/direct/")
    facts = (Fact("country", "Vietnam", "Q99999999981"), Fact("office", "President of Vietnam", "Q99999999982"))
    asked = question(person("Jane Roe", facts=facts), wikidata, {}).plain()
    assert re.fullmatch(r"Q[1-9]\d*", asked["type"])
    assert asked["properties"] == [
        {"pid": "P27", "v": [{"id": "Q99999999981", "name": "Vietnam"}]},
        {"pid": "P39", "v": [{"id": "Q99999999982", "name": "President of Vietnam"}]},
    ]


def test_other_services_are_asked_with_what_they_offer() -> None:
    fact = Fact("country", "Vietnam", "Q99999999981")
    thing = person("Jane Roe", facts=(fact,))
    assert question(thing, manifest(), {}) == Query("Jane Roe")
    offered = manifest(types=(("t1", "Country"), ("t2", "Person")))
    assert question(thing, offered, {"country": "c0"}) == Query("Jane Roe", "t2", {"c0": ("Vietnam",)})


def test_a_file_of_items_served_on_this_machine_means_wikidatas(fake: Fake) -> None:
    service = linking.Service.connect(fake.url, linking.Transport())
    assert service.iri("Q1") == f"{ITEMS}Q1"
    assert service.iri("xi-jinping") == "http://localhost/ids/xi-jinping"


@pytest.mark.parametrize(
    ("space", "identifier", "iri"),
    [
        (ITEMS, "Q12", f"{ITEMS}Q12"),
        (ITEMS, "q12", None),
        (ITEMS, "P12", None),
        (ITEMS, "", None),
        ("https://viaf.org/viaf/", "12", "https://viaf.org/viaf/12"),
        ("https://viaf.org/viaf", "Q12", "https://viaf.org/viaf/Q12"),
        ("https://viaf.org/viaf/", "1 2", None),
        ("https://viaf.org/viaf/", "1> <x:y", None),
    ],
)
def test_an_identifier_belongs_to_the_space_of_its_service(
    space: str, identifier: str, iri: str | None, fake: Fake
) -> None:
    fake.manifest["identifierSpace"] = space
    assert linking.Service.connect(fake.url, linking.Transport()).iri(identifier) == iri


def test_an_office_is_asked_for_and_compared_without_brackets(work: Work, fake: Fake) -> None:
    labour = Thing("https://w3id.org/x/office/l", "office", "Minister of Labour (Peru)", ("Minister of Labour (Peru)",))
    fake.candidates["Minister of Labour of Peru"] = [candidate("Q1", "minister of labour of Peru")]
    work.link(labour)
    assert work.links == {"Minister of Labour (Peru)": "Q1"}


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a store of the sample articles in which some people and an organisation have lost their item."""
    path = tmp_path_factory.mktemp("seeds") / "store"
    build([ROOT / "seeds" / "articles"], path)
    with Store.open(path) as store:
        lines = [f"{quad} .\n" for quad in store.quads()]
    unlinked = [*(f"{PEOPLE}{name}" for name in HELD_BACK), PEOPLE.replace("person/", ORGANISATION)]
    lost = tuple(f"<{thing}> <http://www.w3.org/2004/02/skos/core#exactMatch>" for thing in unlinked)
    with Store.open(path, mode="write") as store:
        store.replace(sorted(line for line in lines if not line.startswith(lost)), {"articles": 15})
    return path


def test_the_store_tells_what_is_unlinked_and_what_is_known_of_it(seeds: Path) -> None:
    with Store.open(seeds) as store:
        found = {thing.iri.rpartition("/id/")[2]: thing for thing in linking.unlinked(store)}
    assert {ORGANISATION, *(f"person/{name}" for name in HELD_BACK)} < set(found)
    assert found["person/vo-van-thang-vn"].disputed
    assert "President of Vietnam" in found["person/vo-van-thang-vn"].context
    assert found["person/narendra-modi"].label == "Narendra Modi"
    assert {thing.kind for thing in found.values()} == {"person", "office", "organisation"}


# ---------------------------------------------------------------------------------------------- a real service


@pytest.fixture(scope="module")
def csv_reconcile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of csv-reconcile, which knows the people of who is who but for one."""
    if not PEERS:
        pytest.skip("set KG_PEERS to an environment with tests/peers.txt")
    folder = tmp_path_factory.mktemp("csv-reconcile")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    (folder / "config.py").write_text(f'SERVER_NAME = "{address}"\n')
    with (folder / "people.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(("id", "name"))
        people = Authority.load().people.values()
        writer.writerows((p.wikidata, p.label) for p in people if p.wikidata and p.id != "narendra-modi")
    program = f"{Path(PEERS).absolute()}/bin/csv-reconcile"
    init = [program, "init", "--config", "config.py", "people.tsv", "id", "name"]
    subprocess.run(init, cwd=folder, check=True, capture_output=True)
    with subprocess.Popen(
        [program, "serve"], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(address)
            yield f"http://{address}/reconcile"
        finally:
            server.terminate()


def wait_for(address: str) -> None:
    host, _, port = address.partition(":")
    for _ in range(2000):
        try:
            socket.create_connection((host, int(port)), timeout=60).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


def test_a_real_service_links_who_it_knows_and_nobody_else(csv_reconcile: str, seeds: Path, tmp_path: Path) -> None:
    path = tmp_path / "judgements.sssom.tsv"
    arguments = ["link", "--store", str(seeds), "--judgements", str(path), "--service", csv_reconcile]
    done = CliRunner().invoke(main, [*arguments, "--cache", str(tmp_path / "cache")], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    authority = Authority.load()
    links = {row.subject.removeprefix(PEOPLE): row.object.removeprefix(ITEMS) for row in load(path).rows}
    wanted = {name: authority.people[name].wikidata for name in HELD_BACK if name != "narendra-modi"}
    assert wanted.items() <= links.items()
    assert all(name in wanted or authority.name_words.fits(name.replace("-", " "), authority.people[other])
               for name, item in links.items()
               for other in (one.id for one in authority.people.values() if one.wikidata == item))  # fmt: skip
    waiting = {item.subject.removeprefix(PEOPLE) for item in linking.load_items(tmp_path / "judgements.review.tsv")}
    assert {"narendra-modi", "vo-van-thang-vn"} <= waiting
    assert not waiting & set(links)


# ---------------------------------------------------------------------------------------------- the command line


def run(folder: Path, *arguments: str, typed: str | None = None) -> Any:
    files = ["--judgements", str(folder / "judgements.sssom.tsv"), "--cache", str(folder / "cache")]
    return CliRunner().invoke(main, ["link", *files, *arguments], input=typed)


def test_without_a_network_one_sentence_says_so_and_nothing_is_lost(seeds: Path, tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    done = run(tmp_path, "--store", str(seeds), "--service", f"http://127.0.0.1:{port}/")
    assert done.exit_code == 2
    assert done.output.startswith(f"kg: http://127.0.0.1:{port}/ cannot be asked (nothing listens there);")
    assert done.output.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["ftp://x/", "x", "http://", "http://[", "http://a b/"])
def test_an_address_that_is_none_is_refused(url: str, seeds: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "--store", str(seeds), "--service", url)
    assert done.exit_code == 2
    assert done.output.startswith("kg: ")
    assert done.output.count("\n") == 1


def test_findings_of_the_service_give_exit_code_1(seeds: Path, tmp_path: Path, fake: Fake) -> None:
    fake.candidates["Xi Jinping"] = [candidate("Q1", "Xi Jinping", "100")]
    done = run(tmp_path, "--store", str(seeds), "--service", fake.url)
    assert done.exit_code == 1
    assert "kg: the answer for Xi Jinping cannot be used: the score of Q1 is no number\n" in done.output


@pytest.fixture
def waiting(work: Work, fake: Fake) -> Work:
    """Return work in which three people wait for a decision."""
    for name in ("Ann Poe", "Ben Coe", "Jane Roe"):
        fake.candidates[name] = [candidate("Q1", name, 50, description="spy"), candidate("Q2", name, 40)]
    work.link(*map(person, fake.candidates))
    return work


def decisions(work: Work) -> list[tuple[str, str, bool]]:
    rows = load(work.path).rows
    return [(r.slots["subject_label"], r.object.rpartition("/")[2], r.negative) for r in rows]


def test_a_person_decides_item_by_item(waiting: Work) -> None:
    done = run(waiting.folder, "--review", "--author", "0000-0002-1825-0097", typed="2\nn\nt\n")
    assert done.exit_code == 0, done.output
    assert "[1/3] Ann Poe\n" in done.output
    assert "  1  Q1  Ann Poe, spy  [50]\n" in done.output
    assert decisions(waiting) == [
        ("Ann Poe", "Q2", False),
        ("Ben Coe", "Q1", True),
        ("Ben Coe", "Q2", True),
        ("Jane Roe", "NoTermFound", False),
    ]
    assert {row.slots["author_id"] for row in load(waiting.path).rows} == {"orcid:0000-0002-1825-0097"}
    assert waiting.reasons == {}
    assert "nothing to review" in run(waiting.folder, "--review").output


@pytest.mark.parametrize("rest", ["q\n", ""])
def test_quitting_or_the_end_of_input_keeps_what_was_decided(rest: str, waiting: Work) -> None:
    done = run(waiting.folder, "--review", "--author", "Jane Doe", typed=f"s\n3\n0\nx\n1\n{rest}")
    assert done.exit_code == 0, done.output
    assert done.output.count("is no choice; give a number up to 2, n, t, s or q") == 3
    assert decisions(waiting) == [("Ben Coe", "Q1", False)]
    assert load(waiting.path).rows[0].slots["author_label"] == "Jane Doe"
    assert list(waiting.reasons) == ["Ann Poe", "Jane Roe"]


def test_a_decision_that_contradicts_another_is_not_taken(waiting: Work) -> None:
    judgements = Judgements()
    justified = {"mapping_justification": "semapv:ManualMappingCuration", "subject_label": "Ann Poe"}
    judgements.add(f"{PEOPLE}ann-poe", EXACT_MATCH, f"{ITEMS}Q1", predicate_modifier="Not", **justified)
    judgements.save(waiting.path)
    done = run(waiting.folder, "--review", typed="1\nq\n")
    assert "strike one" in done.output
    assert decisions(waiting) == [("Ann Poe", "Q1", True)]


def test_a_review_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "judgements.review.tsv").write_text("thing\tscore\na\tb\n")
    done = run(tmp_path, "--review")
    assert done.exit_code == 2
    assert "is not a review file" in done.output


# ---------------------------------------------------------------------------------------------- giving back


ARTICLES = [
    (
        "c",
        "2024-05-13",
        "Minister sworn in",
        "Vijitha Herath was sworn in as Sri Lanka's Minister of Labour on 12 May 2024.",
    ),
    (
        "b",
        "2024-09-01",
        'Minister "resigns"',
        "Vijitha Herath resigned as Sri Lanka's Minister of Labour on 30 August 2024.",
    ),
]


@pytest.fixture
def told(tmp_path: Path) -> Path:
    """Return a store of articles about somebody whom a judgement gave an item."""
    lines = []
    for name, day, title, text in ARTICLES:
        page = {
            "url": f'https://news.example.org/{name}|"1"',
            "date": day,
            "title": title,
            "text": f"Vijitha Herath {text}",
        }
        lines.append(json.dumps(page))
    (tmp_path / "told.jsonl").write_text("\n".join(lines))
    build([tmp_path / "told.jsonl"], tmp_path / "store")
    with Store.open(tmp_path / "store") as store:
        (herath,) = (thing for thing in linking.unlinked(store) if thing.label == "Vijitha Herath")
    judgements = Judgements()
    judgements.add(
        herath.iri, EXACT_MATCH, f"{ITEMS}Q99999999991", mapping_justification="semapv:ManualMappingCuration"
    )
    build([], tmp_path / "store", judgements=judgements)
    return tmp_path / "store"


def test_tenures_are_given_with_their_dates_and_the_article_that_says_so(told: Path) -> None:
    office = Authority.load().offices["minister-of-labour-lk"].wikidata
    done = CliRunner().invoke(main, ["link", "--store", str(told), "--quickstatements", "-"])
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        f"Q99999999991\tP39\t{office}\tP580\t+2024-05-12T00:00:00Z/11\t"
        'S854\t"https://news.example.org/c%7C%221%22"\tS577\t+2024-05-13T00:00:00Z/11\tS1476\ten:"Minister sworn in"',
        f"Q99999999991\tP39\t{office}\tP582\t+2024-08-30T00:00:00Z/11\t"
        'S854\t"https://news.example.org/b%7C%221%22"\tS577\t+2024-09-01T00:00:00Z/11',
    ]


def test_another_program_reads_the_quickstatements(told: Path, tmp_path: Path) -> None:
    program = Path(PEERS or "/nowhere") / "node_modules" / ".bin" / "quickstatements-to-wikibase-edit"
    if not program.exists():
        pytest.skip("install quickstatements-to-wikibase-edit into KG_PEERS with npm")
    CliRunner().invoke(main, ["link", "--store", str(told), "--quickstatements", str(tmp_path / "given.qs")])
    subprocess.run([program.absolute(), "given.qs"], cwd=tmp_path, check=True, capture_output=True)
    (edits,) = tmp_path.glob("*-edits.ndjson")
    (edit,) = map(json.loads, edits.read_text().splitlines())
    started, ended = edit["claims"]["P39"]
    assert started["qualifiers"] == {"P580": [{"time": "+2024-05-12T00:00:00Z", "precision": 11}]}
    assert ended["qualifiers"] == {"P582": [{"time": "+2024-08-30T00:00:00Z", "precision": 11}]}
    assert started["references"]["P1476"] == [{"text": "Minister sworn in", "language": "en"}]


def test_nothing_is_given_that_is_known_unlinked_or_disputed(seeds: Path) -> None:
    with Store.open(seeds) as store:
        found = linking.tenures(store, Authority.load())
    assert found.given == []
    assert found.doubtful == 1
    assert found.unlinked > 5


@pytest.mark.parametrize(
    ("text", "given", "doubtful", "mismatches"),
    [
        # An office of another country, one without a holder that is known, one that somebody else holds that day.
        ("Sri Lankan Prime Minister Narendra Modi met Xi Jinping in Beijing.", 0, 1, 0),
        ("Philippine National Security Adviser Eduardo Año met Xi Jinping in Beijing.", 1, 0, 0),
        ("Vietnamese President Phạm Minh Chính met Xi Jinping in Beijing.", 0, 1, 1),
        ("Israeli Prime Minister Jonathan Levi met Xi Jinping in Beijing.", 0, 1, 1),
    ],
)
def test_what_was_misread_most_likely_is_not_given(
    text: str, given: int, doubtful: int, mismatches: int, tmp_path: Path
) -> None:
    page = {"url": "https://news.example.org/1", "date": "2023-01-17", "title": "Talks", "text": f"BEIJING - {text}"}
    (tmp_path / "a.jsonl").write_text(json.dumps(page))
    build([tmp_path / "a.jsonl"], tmp_path / "store")
    with Store.open(tmp_path / "store") as store:
        found = linking.tenures(store, Authority.load())
        contradictions = linking.mismatches(store, Authority.load())
    assert (len(found.given), found.doubtful, len(contradictions.rows)) == (given, doubtful, mismatches)


@pytest.mark.parametrize("name", ["Benyamin Netanyahu", "Netanyahu", "B. Netanyahu"])
def test_another_form_of_one_name_is_no_contradiction(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"BEIJING, 2023-01-17 - Israeli Prime Minister {name} met Xi Jinping in Beijing.\n")
    build([tmp_path / "a.txt"], tmp_path / "store")
    with Store.open(tmp_path / "store") as store:
        assert linking.mismatches(store, Authority.load()).rows == []


def test_contradictions_are_a_file_the_mismatch_finder_imports(seeds: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["link", "--store", str(seeds), "--mismatches", str(tmp_path / "m.csv")])
    assert done.exit_code == 0, done.output
    (row,) = csv.DictReader((tmp_path / "m.csv").open(encoding="utf-8", newline=""))
    assert list(row) == [
        "item_id", "statement_guid", "property_id", "wikidata_value", "meta_wikidata_value", "external_value",
        "external_url", "type",
    ]  # fmt: skip
    assert row["item_id"] == Authority.load().offices["president-vn"].wikidata
    assert (row["property_id"], row["external_value"], row["type"]) == ("P1308", "Vo Van Thang", "statement")
    assert row["statement_guid"] == row["wikidata_value"] == ""
