"""Triple stores on loopback: the real Oxigraph, and one of our own that misbehaves as told."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryFile
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox

Fault = Callable[["Handler", Callable[[], None]], None]
"""Answers a request that writes; the second argument does what was asked."""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def oxigraph() -> str | None:
    """Return the program ``oxigraph``, that of this environment first."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.exists() else shutil.which("oxigraph")


@contextmanager
def serving(command: Sequence[str], url: str, *, seconds: float = 30) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends; it answers at ``url`` by then, whatever it says."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + seconds
        while time.monotonic() < end and process.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(url, timeout=2)  # noqa: S310
                break
            if isinstance(sys.exc_info()[1], urllib.error.HTTPError):
                break
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving_oxigraph(location: Path, *options: str) -> Iterator[str]:
    """Yield the address of an Oxigraph server that keeps what it holds in ``location``."""
    port = free_port()
    program = oxigraph()
    assert program, "install the extra dev: pip install '.[dev]'"
    command = [program, "serve", "--location", str(location), "--bind", f"127.0.0.1:{port}", *options]
    with serving(command, f"http://127.0.0.1:{port}/query?query=ASK%7B%7D"):
        yield f"http://127.0.0.1:{port}"


class Answered(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


class Server(NamedTuple):
    """``kg serve`` of a store, as process ``process``."""

    port: int
    process: int = 0

    def ask(self, method: str, target: str, body: bytes | None = None, **headers: str) -> Answered:
        start = time.monotonic()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(method, target, body, {k.replace("_", "-"): v for k, v in headers.items()})
        reply = connection.getresponse()
        data = reply.read()
        connection.close()
        return Answered(reply.status, {k.lower(): v for k, v in reply.getheaders()}, data, time.monotonic() - start)

    def sparql(self, query: str, **headers: str) -> Answered:
        return self.ask("POST", "/sparql", query.encode(), Content_Type="application/sparql-query", **headers)


@contextmanager
def running_store(store: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], Server]]:
    """Run ``kg serve`` of a store until the block ends, at a port that the system chooses and the server tells."""
    command = [sys.executable, "-m", "kg", "serve", "--store", str(store), "--port", "0", *options]
    with TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        try:
            end = time.monotonic() + 300
            while not (told := re.search(rb"at http://[^/]*:(\d+)", os.pread(said.fileno(), 10_000, 0))):
                assert process.poll() is None and time.monotonic() < end, os.pread(said.fileno(), 10_000, 0)
                time.sleep(0.02)
            yield process, Server(int(told[1]), process.pid)
        finally:
            process.kill()
            process.wait()


@contextmanager
def serving_store(store: Path, *options: str) -> Iterator[Server]:
    """Serve a store with ``kg serve`` until the block ends; it must live as long."""
    with running_store(store, *options) as (process, server):
        yield server
        assert process.poll() is None, "the server died"


class Handler(BaseHTTPRequestHandler):
    """Graph Store Protocol, Update and queries over a store in memory."""

    protocol_version = "HTTP/1.1"
    rogue: "Rogue"
    body: bytes = b""

    def do_GET(self) -> None:
        self.ask(parse_qs(urlsplit(self.path).query)["query"][0])

    def do_POST(self) -> None:
        self.receive()
        path, kind = urlsplit(self.path).path, self.headers["Content-Type"].partition(";")[0]
        if path == "/query" or kind == "application/sparql-query":
            self.ask(self.body.decode())
        elif path == "/update":
            self.write(lambda: self.rogue.store.update(self.body.decode()))
        elif kind == "application/n-quads":
            self.write(lambda: self.rogue.store.load(self.body, format=ox.RdfFormat.N_QUADS))
        else:
            self.write(self.add)

    def do_PUT(self) -> None:
        self.receive()
        self.write(self.put)

    def do_DELETE(self) -> None:
        self.write(lambda: self.rogue.store.clear_graph(self.graph))

    @property
    def graph(self) -> ox.NamedNode | ox.DefaultGraph:
        names = parse_qs(urlsplit(self.path).query).get("graph")
        return ox.NamedNode(names[0]) if names else ox.DefaultGraph()

    def put(self) -> None:
        self.rogue.store.clear_graph(self.graph)
        self.add()

    def add(self) -> None:
        self.rogue.store.load(self.body, format=ox.RdfFormat.TURTLE, to_graph=self.graph)

    def receive(self) -> None:
        self.body = self.rfile.read(int(self.headers["Content-Length"]))

    def write(self, work: Callable[[], None]) -> None:
        self.rogue.writes.append((self.command, self.path, len(self.body), dict(self.headers)))
        fault = self.rogue.faults.pop(0) if self.rogue.faults else self.rogue.always
        fault(self, work)

    def ask(self, text: str) -> None:
        self.rogue.asked.append((self.command, text, dict(self.headers)))
        if self.rogue.answer:
            self.reply(*self.rogue.answer)
            return
        found = self.rogue.store.query(text)
        if isinstance(found, ox.QueryTriples):
            self.reply(200, ox.serialize(found, format=ox.RdfFormat.N_TRIPLES), "application/n-triples")
        else:
            assert found is not None
            self.reply(200, found.serialize(format=ox.QueryResultsFormat.JSON), "application/sparql-results+json")

    def reply(self, status: int, body: bytes = b"", kind: str = "text/plain", **headers: str) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Rogue:
    """A triple store that misbehaves: ``faults`` answer the first writes, ``always`` the others, ``answer`` queries."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.answer: tuple[int, bytes, str] | None = None
        self.faults: list[Fault] = []
        self.always: Fault = well
        self.writes: list[tuple[str, str, int, dict[str, str]]] = []
        handler = type("RogueHandler", (Handler,), {"rogue": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


# ---------------------------------------------------------------------------------------------- faults


def status(number: int, body: bytes = b"", kind: str = "text/plain", *, done: bool = False, **headers: str) -> Fault:
    """Return a fault that gives an answer, the work done or not."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if done:
            work()
        handler.reply(number, body, kind, **headers)

    return fault


def reset(*, done: bool) -> Fault:
    """Return a fault that breaks the connection off, the work done or not."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if done:
            work()
        handler.hang_up()

    return fault


def half_an_answer(*, done: bool) -> Fault:
    """Return a fault that promises more bytes than it sends."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if done:
            work()
        handler.send_response(200)
        handler.send_header("Content-Length", "900")
        handler.end_headers()
        handler.wfile.write(b"done, that is to s")
        handler.wfile.flush()
        handler.hang_up()

    return fault


def stall(seconds: float, *, done: bool) -> Fault:
    """Return a fault that says nothing for so long."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if done:
            work()
        time.sleep(seconds)
        with suppress(OSError):
            handler.reply(204)

    return fault


def well(handler: Handler, work: Callable[[], None]) -> None:
    """Do what is asked."""
    work()
    handler.reply(204)


def later(seconds: float) -> Fault:
    """Return a fault that answers 202 and does the work after so long."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        handler.reply(202)
        threading.Timer(seconds, work).start()

    return fault


def only_half_of_it(handler: Handler, work: Callable[[], None]) -> None:
    """Lose the second half of what came, and say that all is well."""
    lines = handler.body.splitlines(keepends=True)
    handler.body = b"".join(lines[: max(1, len(lines) // 2)])
    with suppress(SyntaxError):
        work()
    handler.reply(200)


def no_more_than(most: int) -> Fault:
    """Return a fault that takes requests up to ``most`` bytes."""

    def fault(handler: Handler, work: Callable[[], None]) -> None:
        if len(handler.body) > most:
            handler.reply(413, b"too large")
        else:
            work()
            handler.reply(201)

    return fault


_RDFLIB_ENDPOINT = """
import sys, uvicorn
from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint
app = SparqlEndpoint(graph=Dataset(default_union=False), enable_update=True, path="/")
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
"""


@contextmanager
def serving_rdflib_endpoint(peers: str) -> Iterator[str]:
    """Yield the address of rdflib-endpoint, empty, which takes SPARQL Update and has no Graph Store Protocol."""
    url = f"http://127.0.0.1:{(port := free_port())}/"
    with serving([f"{peers}/bin/python", "-c", _RDFLIB_ENDPOINT, str(port)], f"{url}?query=ASK%7B%7D", seconds=60):
        yield url
