"""Loading: into a real server, into one that misbehaves, killed anywhere; nothing counts before it is there."""

import atexit
import base64
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from servers import (
    Fault,
    Handler,
    Rogue,
    free_port,
    half_an_answer,
    later,
    no_more_than,
    only_half_of_it,
    reset,
    serving_oxigraph,
    serving_rdflib_endpoint,
    stall,
    status,
    well,
)

from kg.cli import main
from kg.endpoint import Endpoint, addresses
from kg.errors import KgError, LoadError, StoreError, TransportError
from kg.loading import DEFAULT, Loader
from kg.loading.journal import Journal
from kg.store import Store
from kg.transport import AGAIN, Transport, authorization

BASE = "https://w3id.org/diplomacy-kg/id/"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
PEERS = os.environ.get("KG_PEERS", "")
OTHERS = ox.NamedNode("https://example.org/others")


def articles(count: int, *, edition: str = "", extra: Iterable[str] = ()) -> bytes:
    """Return N-Quads: a default graph, and a graph an article with three triples; letters that are easily misspelt."""
    lines = [f'<{BASE}event/{n}> <{RDFS}label> "Event {n}"@en .\n' for n in range(count)]
    for n in range(count):
        subject, graph = f"<{BASE}event/{n}>", f"<{BASE}article/{n:04}>"
        told = f'{edition or "a"} \\\\u0022 \\\\\\\\U \\t %41 \u8d8a\u5357 \\"q\\" \\\\'
        lines.append(f'{subject} <{RDFS}comment> "{told}" {graph} .\n')
        lines.append(f"{subject} <{RDFS}seeAlso> <https://example.org/a%20b?c=d&e#f> {graph} .\n")
        lines.append(f'{subject} <{RDFS}isDefinedBy> "{n}"^^<http://www.w3.org/2001/XMLSchema#integer> {graph} .\n')
    return "".join([*lines, *extra]).encode()


@cache
def built(nquads: bytes) -> Path:
    """Return the folder of a store that holds ``nquads``, made once: writing through to disk takes its time."""
    path = Path(tempfile.mkdtemp(prefix="kg-"))
    atexit.register(shutil.rmtree, path)
    with Store.open(path / "store", mode="write") as store:
        store.replace(nquads)
    return path / "store"


def fill(path: Path, nquads: bytes) -> None:
    """Make ``nquads`` the content of the store in ``path``; what else is in the folder stays."""
    shutil.rmtree(path / "generations", ignore_errors=True)
    shutil.copytree(built(nquads), path, dirs_exist_ok=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    fill(tmp_path / "store", articles(12))
    return tmp_path / "store"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving_oxigraph(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture
def oxigraph(server: str) -> str:
    Transport().request(
        "POST", f"{server}/update", body=b"DROP ALL", headers={"Content-Type": "application/sparql-update"}
    )
    return server


@pytest.fixture
def rogue() -> Iterator[Rogue]:
    found = Rogue()
    yield found
    found.close()


def load(path: Path, url: str, *, patience: float = 60, **options: Any) -> Any:
    """Load without waiting between tries; return the report."""
    options.setdefault("transport", Transport(sleep=lambda seconds: None, timeout=patience, again=AGAIN - {500}))
    options.setdefault("sleep", lambda seconds: None)
    with Store.open(path) as store:
        loader = Loader(store, url, **options)
        try:
            return loader.load()
        finally:
            loader.close()


def own(path: Path, renamed: str = DEFAULT) -> dict[str, frozenset[str]]:
    """Return the triples of each graph of a store."""
    with Store.open(path) as store:
        return graphs_of(store.quads(), renamed)


def graphs_of(quads: Iterable[ox.Quad], renamed: str = DEFAULT) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for quad in quads:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else renamed
        found.setdefault(name, set()).add(str(quad.triple))
    return {name: frozenset(triples) for name, triples in found.items()}


def remote(url: str) -> dict[str, frozenset[str]]:
    """Return the triples of each graph of an Oxigraph server."""
    dump = Transport(most=1 << 30).request("GET", f"{url}/store", headers={"Accept": "application/n-quads"})
    return graphs_of(ox.parse(dump.body, format=ox.RdfFormat.N_QUADS))


def believed(path: Path, url: str) -> dict[str, str | None]:
    with Store.open(path) as store:
        journal = Journal(store, addresses(url).query)
        journal.close()
        return journal.graphs


def wrongly_counted(path: Path, url: str, held: dict[str, frozenset[str]], *before: Path) -> list[str]:
    """Return the graphs that count as loaded although the target holds them otherwise than each store."""
    true = [own(path), *map(own, before)]
    counted = [name for name, value in believed(path, url).items() if value is not None]
    return [name for name in counted if held.get(name) not in [graphs.get(name, frozenset()) for graphs in true]]


# ---------------------------------------------------------------------------------------------- real servers


@pytest.mark.parametrize("protocol", ["auto", "gsp", "update"])
def test_a_real_server_holds_what_was_loaded(protocol: str, path: Path, oxigraph: str) -> None:
    report = load(path, f"{oxigraph}/store", protocol=protocol)
    assert (report.sent, report.triples) == (13, 48)
    assert remote(oxigraph) == own(path)


@pytest.mark.skipif(not PEERS, reason="set KG_PEERS to an environment with tests/peers.txt")
def test_a_server_of_another_make_holds_what_was_loaded(path: Path) -> None:
    # Of a dataset, rdflib inserts nothing into the default graph.
    resolved = "https://example.org/resolved"
    options: dict[str, Any] = {"default_as": resolved, "transport": Transport()}
    with serving_rdflib_endpoint(PEERS) as url:
        assert load(path, url, **options)[1:] == ("SPARQL Update", 13, 48, 0, 0)
        assert asked(url) == own(path, resolved)
        fill(path, articles(10).replace(b'"a ', b'"b ', 3))
        assert load(path, url, **options)[1:] == ("SPARQL Update", 4, 19, 2, 7)
        assert asked(url) == own(path, resolved)


def asked(url: str) -> dict[str, frozenset[str]]:
    """Return the triples of each graph of an endpoint, by asking it for all of them."""
    found: dict[str, set[str]] = {}
    everything = "SELECT ?s ?p ?o ?g { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for s, p, o, graph in Endpoint(url).query(everything):  # type: ignore[union-attr, misc]
        found.setdefault(graph.value if graph else DEFAULT, set()).add(str(ox.Triple(s, p, o)))
    return {name: frozenset(triples) for name, triples in found.items()}


@pytest.mark.parametrize("protocol", ["gsp", "update"])
def test_only_what_changed_is_sent_and_what_is_gone_is_dropped(protocol: str, path: Path, oxigraph: str) -> None:
    load(path, oxigraph + "/store", protocol=protocol)
    assert load(path, oxigraph + "/store", protocol=protocol).sent == 0
    Transport().request("PUT", f"{oxigraph}/store?graph={OTHERS.value}", body=b"<a:a> <a:b> <a:c> .",
                        headers={"Content-Type": "text/turtle"})  # fmt: skip
    changed = articles(10).replace(b'"a ', b'"b ', 3)
    fill(path, changed)
    report = load(path, oxigraph + "/store", protocol=protocol)
    assert (report.sent, report.dropped, report.unchanged) == (4, 2, 7)  # three articles, and the default graph
    held = remote(oxigraph)
    assert held.pop(OTHERS.value) == frozenset({"<a:a> <a:b> <a:c>"})
    assert held == own(path)


def test_all_addresses_of_a_store_share_what_is_known_of_it(path: Path, oxigraph: str) -> None:
    load(path, f"{oxigraph}/store")
    assert load(path, f"{oxigraph}/update").sent == 0
    assert load(path, f"{oxigraph}/query", again=True).sent == 13


def test_the_default_graph_may_have_a_name_there(path: Path, oxigraph: str) -> None:
    name = "https://example.org/resolved"
    load(path, f"{oxigraph}/store")
    report = load(path, f"{oxigraph}/store", default_as=name)
    assert (report.sent, report.dropped) == (1, 1)
    assert remote(oxigraph) == own(path, renamed=name)


def test_a_default_graph_of_others_is_not_replaced_unasked(path: Path, oxigraph: str) -> None:
    headers = {"Content-Type": "text/turtle"}
    Transport().request("PUT", f"{oxigraph}/store?default", body=b"<a:a> <a:b> <a:c> .", headers=headers)
    with pytest.raises(LoadError, match="holds 1 triples that were not loaded from here"):
        load(path, f"{oxigraph}/store")
    assert remote(oxigraph) == {DEFAULT: frozenset({"<a:a> <a:b> <a:c>"})}
    load(path, f"{oxigraph}/store", replace=True)
    assert remote(oxigraph) == own(path)


def test_a_graph_larger_than_a_request_goes_in_parts(path: Path, oxigraph: str) -> None:
    fill(path, articles(0) + b"".join(f'<a:{n}> <a:b> "{n}" .\n'.encode() for n in range(500)))
    load(path, f"{oxigraph}/store", batch=2000)
    assert remote(oxigraph) == own(path)


def test_show_sends_nothing(path: Path, rogue: Rogue) -> None:
    done = CliRunner().invoke(main, ["load", "--store", str(path), "--to", rogue.url + "/store", "--show"])
    assert done.exit_code == 0
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert lines[0] == ["send", f"{BASE}article/0000", "3"]
    assert lines[-1] == ["send", "DEFAULT", "12"]
    assert rogue.writes == []
    assert not believed(path, rogue.url + "/store")


def test_the_command_tells_what_it_did(path: Path, oxigraph: str) -> None:
    command = ["load", "--store", str(path), "--to", f"{oxigraph}/store"]
    done = CliRunner().invoke(main, command)
    assert done.stdout.splitlines() == [
        "graphs  13 sent (48 triples), 0 dropped, 0 unchanged",
        f"target  {oxigraph}/query, by Graph Store Protocol",
    ]
    assert CliRunner().invoke(main, command).stdout.startswith("graphs  0 sent (0 triples), 0 dropped, 13 unchanged")


@pytest.mark.parametrize(
    "url", ["localhost:7878", "ftp://localhost/", "http://", "http://a/#b", "http://u:p@localhost/store", "http://a/\n"]
)
def test_what_is_no_address_is_told_in_a_sentence(url: str, path: Path) -> None:
    done = CliRunner().invoke(main, ["load", "--store", str(path), "--to", url])
    assert done.exit_code == 2
    assert done.stderr.count("\n") == 1


def test_a_server_that_is_not_there_is_told_in_a_sentence(path: Path) -> None:
    with pytest.raises(TransportError, match="nothing listens there"):
        load(path, f"http://127.0.0.1:{free_port()}/store")


def test_one_process_at_a_time_loads_into_a_target(path: Path, rogue: Rogue) -> None:
    with Store.open(path) as store:
        first = Loader(store, rogue.url + "/store")
        with pytest.raises(StoreError, match="another process is loading"):
            Loader(store, rogue.url + "/query")
        first.close()


# ---------------------------------------------------------------------------------------------- a rogue server


ERROR_PAGE = b"<html><title>Error</title>Virtuoso 22023 Error</html>"
FAULTS: dict[str, Fault] = {
    "busy": status(503),
    "too many": status(429, Retry_After="0"),
    "broken": status(500, b"oops"),
    "a gateway": status(502, ERROR_PAGE, "text/html"),
    "reset before": reset(done=False),
    "reset after": reset(done=True),
    "half an answer before": half_an_answer(done=False),
    "half an answer after": half_an_answer(done=True),
    "stall before": stall(1, done=False),
    "stall after": stall(1, done=True),
    "unauthorized": status(401),
    "forbidden": status(403, b"read-only"),
    "not found": status(404),
    "not allowed": status(405),
    "wrong content type": status(415),
    "moved": status(307, Location="http://127.0.0.1:9/store"),
    "too large": status(413),
    "an error as 200": status(200, ERROR_PAGE, "text/html"),
    "a lie": status(204),
    "a promise not kept": status(202),
    "a part of it": only_half_of_it,
}


def patience(case: str) -> float:
    """Return for how many seconds an answer is waited for: long, for a machine may be busy, but where none comes."""
    return 0.5 if case.startswith("stall") else 60


@pytest.mark.parametrize("case", FAULTS)
@pytest.mark.parametrize("when", ["at once", "after one batch", "when changed"])
def test_no_graph_counts_that_a_rogue_server_does_not_hold(case: str, when: str, path: Path, rogue: Rogue) -> None:
    url, before = rogue.url + "/store", path.with_name("before")
    fill(before, articles(12))
    if when == "when changed":  # as many triples as before, so that counting them would not tell
        load(path, url)
        fill(path, articles(12, edition="b"))
        believed(path, url)
    if when == "after one batch":
        rogue.faults = [well]
    rogue.always = FAULTS[case]
    with pytest.raises(KgError) as raised:
        load(path, url, batch=1000, patience=patience(case))
    assert "\n" not in str(raised.value)
    assert wrongly_counted(path, url, graphs_of(rogue.store), before) == []
    rogue.always = well
    load(path, url)
    assert graphs_of(rogue.store) == own(path)


@pytest.mark.parametrize("case", ["busy", "too many", "a gateway", "reset before", "reset after",
                                  "half an answer before", "half an answer after", "stall after"])  # fmt: skip
def test_what_passes_is_waited_for(case: str, path: Path, rogue: Rogue) -> None:
    rogue.faults = [FAULTS[case]] * 2
    assert load(path, rogue.url + "/store", batch=1000, patience=patience(case)).sent == 13
    assert graphs_of(rogue.store) == own(path)


def test_a_server_says_how_long_to_wait(path: Path, rogue: Rogue) -> None:
    waits: list[float] = []
    rogue.faults = [status(503, Retry_After="7")]
    load(path, rogue.url + "/store", transport=Transport(sleep=waits.append))
    assert waits == [7]


def test_waits_grow_and_differ() -> None:
    waits: list[float] = []
    rogue = Rogue()
    rogue.always = status(503)
    for _ in range(2):
        with pytest.raises(TransportError, match="503"):
            Transport(sleep=waits.append).request("DELETE", rogue.url + "/store?default")
    rogue.close()
    assert [0.5, 1, 2] < waits[:3] < [0.75, 1.5, 3]
    assert waits[:3] != waits[3:]


def test_what_is_done_later_counts_when_it_is_done(path: Path, rogue: Rogue) -> None:
    rogue.always = later(0.2)
    assert load(path, rogue.url + "/store", sleep=time.sleep).sent == 13
    assert graphs_of(rogue.store) == own(path)


@pytest.mark.parametrize("protocol", ["gsp", "update"])
@pytest.mark.parametrize("most", [600, 2500])
def test_what_is_too_large_is_sent_in_smaller_batches(protocol: str, most: int, path: Path, rogue: Rogue) -> None:
    rogue.always = no_more_than(most)
    load(path, rogue.url + "/store", protocol=protocol)
    assert graphs_of(rogue.store) == own(path)


def test_update_is_used_where_the_graph_store_protocol_is_missing(path: Path, rogue: Rogue) -> None:
    def only_update(handler: Handler, work: Any) -> None:
        if handler.path != "/update":
            handler.reply(405)
            return
        work()
        handler.reply(200, b"<html>Update succeeded", "text/html")

    rogue.always = only_update
    assert load(path, rogue.url + "/store").protocol == "SPARQL Update"
    assert graphs_of(rogue.store) == own(path)
    assert [command for command, *_ in rogue.writes[:3]] == ["POST", "POST", "POST"]
    with pytest.raises(LoadError, match="405"):
        load(path, rogue.url + "/store", protocol="gsp", again=True)


def test_a_server_taken_at_its_word_is_asked_nothing(path: Path, rogue: Rogue) -> None:
    rogue.always = status(200, ERROR_PAGE, "text/html")
    assert load(path, rogue.url + "/store", trust=True).sent == 13
    assert graphs_of(rogue.store) == {}
    rogue.always = status(202)
    with pytest.raises(LoadError, match="will write later"):
        load(path, rogue.url + "/store", trust=True, again=True)


# ---------------------------------------------------------------------------------------------- credentials


@pytest.mark.parametrize(
    ("environment", "header"),
    [
        ({"KG_USER": "a", "KG_PASSWORD": "b:c"}, "Basic " + base64.b64encode(b"a:b:c").decode()),
        ({"KG_USER": "\u00e9", "KG_PASSWORD": ""}, "Basic " + base64.b64encode("\u00e9:".encode()).decode()),
        ({"KG_TOKEN": "abc.def", "KG_USER": "a"}, "Bearer abc.def"),
        ({}, None),
    ],
)
def test_credentials_come_from_the_environment(
    environment: dict[str, str], header: str | None, path: Path, rogue: Rogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("KG_USER", "KG_PASSWORD", "KG_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert CliRunner().invoke(main, ["load", "--store", str(path), "--to", rogue.url + "/store"]).exit_code == 0
    assert {headers.get("Authorization") for *_, headers in rogue.writes} == {header}


@pytest.mark.parametrize("environment", [{"KG_TOKEN": "a\nb: c"}, {"KG_TOKEN": "a b"}, {"KG_USER": "a:b"}])
def test_credentials_that_cannot_be_sent_are_told(environment: dict[str, str]) -> None:
    with pytest.raises(TransportError, match="set it anew"):
        authorization(environment)


def test_a_redirection_takes_no_credentials_along(path: Path, rogue: Rogue) -> None:
    other = Rogue()
    rogue.always = status(307, Location=f"{other.url}/store")
    with pytest.raises(LoadError, match="has moved to"):
        load(path, rogue.url + "/store", headers=authorization({"KG_TOKEN": "secret"}))
    other.close()
    assert other.writes == []


def test_who_is_not_let_in_is_told_what_to_set(path: Path, rogue: Rogue) -> None:
    rogue.always = status(401)
    with pytest.raises(LoadError, match="set KG_USER and KG_PASSWORD, or KG_TOKEN"):
        load(path, rogue.url + "/store")
    assert len(rogue.writes) == 1  # neither tried again nor by another protocol


# ---------------------------------------------------------------------------------------------- killed


def test_a_load_killed_anywhere_goes_on(tmp_path: Path, oxigraph: str) -> None:
    rng = random.Random(7)  # noqa: S311
    path, url = tmp_path / "store", f"{oxigraph}/store"
    for number in range(6):
        fill(path, articles(150 - number, edition=str(number)))
        command = [sys.executable, "-m", "kg", "load", "--store", str(path), "--to", url, "--batch", "0.01"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.25 + rng.random() * 0.6)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert wrongly_counted(path, url, remote(oxigraph)) == [] or number
        held, true = remote(oxigraph), own(path)
        with Store.open(path) as store:
            loader = Loader(store, url)
            fresh = loader.plan().send
            loader.close()
        assert [name for name in true.keys() - fresh.keys() if held.get(name) != true[name]] == []
    load(path, url)
    assert remote(oxigraph) == own(path)


def test_a_journal_cut_off_anywhere_is_read(path: Path, rogue: Rogue) -> None:
    url = rogue.url + "/store"
    load(path, url, batch=1000)
    (file,) = path.glob("loaded-*.jsonl")
    whole = file.read_bytes()
    for length in range(0, len(whole), 97):
        file.write_bytes(whole[:length])
        assert wrongly_counted(path, url, graphs_of(rogue.store)) == []
