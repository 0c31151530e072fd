"""Processes that answer queries of strangers, and may die of them: ``python -m kg.serving.worker STORE MEMORY``.

That is their nursery: it has read all that they need, holds no store, and for each socket that is passed to it forks a
worker, which opens the store and answers the requests that come by that socket, each a MessagePack document after its
length as four bytes. A worker has no network where the system lets it give that up, and as much memory as it is told.
"""

import ctypes
import gc
import io
import os
import re
import resource
import signal
import socket
import struct
import sys
from contextlib import suppress
from typing import IO, Any, NoReturn

import msgspec
import pyoxigraph as ox

from kg.errors import KgError, QueryError
from kg.namespaces import PREFIXES
from kg.store import Store

_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG = 1


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked: SPARQL with its dataset, or a stored query with its values."""

    query: str = ""
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    stored: str = ""
    values: dict[str, str] = {}
    form: str = "json"
    """Of a SELECT or ASK: json, xml, csv, tsv; of triples: ttl, nt, jsonld, rdf; of a stored query: its formats."""
    graph_form: str = "ttl"
    most: int = 0
    """Bytes an answer may have."""


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What is answered: the body and its form, or why there is none, and whether that is the asker's to mend."""

    body: bytes = b""
    form: str = ""
    error: str = ""
    wrong: bool = False


class TooLargeError(Exception):
    """An answer outgrew what it may have."""


class _Capped(io.BytesIO):
    """A buffer that refuses to grow beyond ``most`` bytes."""

    def __init__(self, most: int):
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self._most and self.tell() + len(data) > self._most:
            raise TooLargeError
        return super().write(data)


RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}


def answer(store: Store, asked: Request) -> Reply:
    """Return what ``store`` answers; errors are told in the reply."""
    output = _Capped(asked.most)
    try:
        form = _stored(store, asked, output) if asked.stored else _sparql(store, asked, output)
    except TooLargeError:
        return Reply(error=f"the answer is larger than {asked.most // 1_000_000} MB; add LIMIT and OFFSET", wrong=True)
    except (KgError, SyntaxError, ValueError) as error:
        return Reply(error=str(error), wrong=True)
    except (OSError, RuntimeError, MemoryError) as error:
        return Reply(error=f"the query could not be answered ({error or 'out of memory'})")
    return Reply(body=output.getvalue(), form=form)


def _sparql(store: Store, asked: Request, output: IO[bytes]) -> str:
    dataset: dict[str, Any] = {}
    if asked.default_graphs or asked.named_graphs:
        dataset = {
            "default_graph": [ox.NamedNode(name) for name in asked.default_graphs],
            "named_graphs": [ox.NamedNode(name) for name in asked.named_graphs],
        }
    results = store.database.query(asked.query, base_iri=store.base, prefixes=PREFIXES, **dataset)
    if isinstance(results, ox.QueryTriples):
        results.serialize(output, GRAPHS[asked.graph_form])
        return asked.graph_form
    results.serialize(output, RESULTS[asked.form])
    return asked.form


def _stored(store: Store, asked: Request, output: IO[bytes]) -> str:
    from kg.queries import WRITERS, load, run

    try:
        found = run(store, load(asked.stored), asked.values)
    except QueryError as error:  # in words of the command line
        raise QueryError(re.sub("(?<!\\S)--(?=[a-z])", "", str(error)).partition("; see")[0]) from None
    if asked.form not in WRITERS:
        raise QueryError(f"there is no format {asked.form!r}; choose one of {', '.join(WRITERS)}")
    text = io.TextIOWrapper(output, "utf-8", newline="\n", write_through=True)
    WRITERS[asked.form](found, text)
    text.detach()
    return asked.form


# ---------------------------------------------------------------------------------------------- the process


def read_frame(source: IO[bytes]) -> bytes | None:
    """Return the next document, None at the end."""
    head = source.read(4)
    return source.read(struct.unpack(">I", head)[0]) if len(head) == 4 else None


def frame(data: bytes) -> bytes:
    """Return a document with its length before it."""
    return struct.pack(">I", len(data)) + data


def nurse(path: str, memory: int, control: socket.socket) -> None:
    """Fork a worker for each socket that comes, and tell its number; kill those whose number comes; end with them all.

    Nobody else waits for the workers, so that no number is ever that of a stranger's process.
    """
    leave_the_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.freeze()
    born: set[int] = set()
    while True:
        data, sockets, _, _ = socket.recv_fds(control, 4, 1)
        if not data:
            break
        if sockets:
            if (worker := os.fork()) == 0:
                control.close()
                _work(path, memory, sockets[0])
            os.close(sockets[0])
            born.add(worker)
            control.sendall(struct.pack(">I", worker))
        elif (worker := struct.unpack(">I", data)[0]) in born:
            os.kill(worker, signal.SIGKILL)
        # One that was killed may take its time to go: it is buried at a later turn.
        born -= {worker for worker in born if os.waitpid(worker, os.WNOHANG)[0]}
    for worker in born:
        os.kill(worker, signal.SIGKILL)


def _work(path: str, memory: int, number: int) -> NoReturn:
    """Be a worker: answer requests until there are no more, or the nursery ends."""
    try:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        with Store.open(path) as store, os.fdopen(number, "rb") as requests, os.fdopen(os.dup(number), "wb") as replies:
            _send(replies, Reply(form="ready"))
            while (data := read_frame(requests)) is not None:
                _send(replies, answer(store, msgspec.msgpack.decode(data, type=Request)))
    finally:
        os._exit(0)


def _send(replies: IO[bytes], reply: Reply) -> None:
    replies.write(frame(msgspec.msgpack.encode(reply)))
    replies.flush()


def leave_the_network() -> None:
    """Move this process to a network of its own, which leads nowhere; does nothing where the system forbids it."""
    with suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.unshare(_CLONE_NEWNET):
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


if __name__ == "__main__":
    nurse(sys.argv[1], int(sys.argv[2]), socket.socket(fileno=0))
